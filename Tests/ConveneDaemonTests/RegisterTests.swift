import ConveneAPI
import GRDB
import Testing

@testable import ConveneDaemon
@testable import ConveneStore

@Suite("Who holds an office, and where parties have their seats")
struct RegisterTests {
    /// On 11 September 2019, in Seoul.
    let scene: BookScene

    init() throws { scene = try BookScene() }

    private func hold(_ person: String, since: String? = nil) async throws {
        let holder = SetHolder.Parameters(office: "Japan DG", person: person, since: since)
        _ = try await scene.book.setHolder(holder, try scene.desk())
    }

    private func tenures() async throws -> [String] {
        try await scene.book.tenures(GetTenures.Parameters(office: "Japan DG"), try scene.desk()).tenures.map {
            $0.person + ($0.since.map { ", since \($0)" } ?? "") + ($0.until.map { ", until \($0)" } ?? "")
        }
    }

    @Test("Another name with the same beginning is a correction, and undo takes it back")
    func correction() async throws {
        try await hold("Shigeki Takisaki", since: "sep")
        try await hold("Shigeki Takizaki", since: "sep")
        #expect(try await tenures() == ["Shigeki Takizaki, since September 2019"])
        _ = try await scene.book.undo(Undo.Parameters(), try scene.desk())
        #expect(try await tenures() == ["Shigeki Takisaki, since September 2019"])
    }

    @Test(
        "Who is named without a date has an office from today on, if somebody else holds it, and before it if nobody does"
    )
    func withoutDate() async throws {
        try await hold("Kenji Kanasugi")
        try await hold("Shigeki Takizaki")
        let both = ["Shigeki Takizaki, since 11 September 2019", "Kenji Kanasugi, until 2019-09-10"]
        #expect(try await tenures() == both)
        // Who is known to have held it is not in office again because a meeting names him, but if that is said.
        let talks = NewMeeting(summary: "Talks", when: "fri 10:00", between: "Kenji Kanasugi (Japan DG), ROK")
        _ = try await scene.book.add(talks, try scene.desk())
        #expect(try await tenures() == both)
        try scene.wait(days: 5)
        try await hold("Kenji Kanasugi")
        #expect(try await tenures().first == "Kenji Kanasugi, since 16 September 2019")
    }

    @Test(
        "Each tenure ends the day before the next begins, however late it is said, and an undo of an undo knows it too")
    func sequence() async throws {
        try await hold("Abe")
        try await hold("Baba", since: "1 nov")
        try await hold("Abe", since: "1 dec")
        #expect(
            try await tenures() == [
                "Abe, since 1 December 2019", "Baba, since 1 November 2019, until 2019-11-30", "Abe, until 2019-10-31",
            ])
        try await hold("Caba", since: "15 nov")
        let all = try await tenures()
        #expect(all.count == 4 && all[2] == "Baba, since 1 November 2019, until 2019-11-14")
        _ = try await scene.book.undo(Undo.Parameters(), try scene.desk())
        #expect(try await tenures().count == 3)
        _ = try await scene.book.undo(Undo.Parameters(record: "5"), try scene.desk())
        #expect(try await tenures() == all)
        // The month and its first day are one beginning, and the same person's is corrected.
        try await hold("Dora", since: "nov")
        try await hold("Dora", since: "20 oct")
        #expect(try await tenures().map { String($0.prefix(4)) } == ["Abe,", "Caba", "Dora", "Abe,"])
    }

    @Test("Each undo of a change of holders is news of its own")
    func newsOfUndo() async throws {
        try await hold("Abe")
        let talks = NewMeeting(summary: "Talks", when: "20 sep 10:00", between: "Japan DG, ROK")
        _ = try await scene.book.add(talks, try scene.desk())
        try await hold("Baba", since: "12 sep")
        var identities: [String] = []
        for record in [3, 4, 3] {
            identities += try await scene.store.record { db in
                let pending = try String.fetchAll(db, sql: "SELECT identity FROM outbox")
                // As if it had been said.
                try db.execute(sql: "DELETE FROM outbox")
                return pending
            }
            _ = try await scene.book.undo(Undo.Parameters(record: "\(record)"), try scene.desk())
        }
        identities += try await scene.store.fetch { try String.fetchAll($0, sql: "SELECT identity FROM outbox") }
        #expect(identities.count == 4 && Set(identities).count == 4)
    }

    @Test("What was said otherwise since is not undone")
    func undoneLater() async throws {
        try await hold("Xx", since: "1 sep")
        try await hold("Yy", since: "1 oct")
        let error = await #expect(throws: ScheduleError.self) {
            try await scene.book.undo(Undo.Parameters(record: "1"), try scene.desk())
        }
        guard case .undoConflict = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await tenures().count == 2)
    }

    @Test("The head of a meeting follows from its date")
    func heads() async throws {
        try await hold("Kenji Kanasugi")
        for (summary, when) in [("Before", "tomorrow 10:00"), ("After", "2 oct 10:00")] {
            _ = try await scene.book.add(
                NewMeeting(summary: summary, when: when, between: "Japan DG, ROK"), try scene.desk())
        }
        try await hold("Shigeki Takizaki", since: "1 oct")
        for (name, head) in [("before", "Kenji Kanasugi"), ("after", "Shigeki Takizaki")] {
            let shown = try await scene.book.show(Show.Parameters(reference: name), try scene.desk())
            #expect(shown.ties?.heads.first?.person == head)
        }
    }

    @Test("Parties are listed with their seats, one of them with those who hold its offices")
    func parties() async throws {
        try await hold("Shigeki Takizaki", since: "sep")
        let asked = SetParty.Parameters(name: "Secretariat", city: "New York")
        _ = try await scene.book.setParty(asked, try scene.desk())
        let all = try await scene.book.parties(GetParties.Parameters(), try scene.desk())
        #expect(all.parties.map { "\($0.name) \($0.city ?? "")" } == ["Japan Tokyo", "Secretariat New York"])
        #expect(all.tenures == [])
        let one = try await scene.book.parties(GetParties.Parameters(name: "japan"), try scene.desk())
        #expect(one.parties.map(\.name) == ["Japan"])
        #expect(one.tenures.map(\.person) == ["Shigeki Takizaki"])
        await #expect(throws: ScheduleError.self) {
            try await scene.book.parties(GetParties.Parameters(name: "Japn"), try scene.desk())
        }
    }
}
