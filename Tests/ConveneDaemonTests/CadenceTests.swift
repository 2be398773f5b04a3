import ConveneAPI
import ConveneCore
import Testing
import ZonedTime

@testable import ConveneDaemon

@Suite("Talks that are held more or less often from now on")
struct CadenceTests {
    /// On 11 September 2019, in Seoul.
    private func scene(_ cadence: String) async throws -> BookScene {
        let scene = try BookScene()
        let talks = NewMeeting(summary: "DG talks", rounds: cadence, hosts: ["Tokyo", "Seoul"])
        _ = try await scene.book.add(talks, try scene.desk())
        return scene
    }

    private func edit(_ cadence: String, from: String? = nil, _ scene: BookScene) async throws -> Change {
        try await scene.book.edit(
            Edit.Parameters(reference: "dg", rounds: cadence, from: from), try scene.desk())
    }

    /// The rounds that are owed: how each is called, and who hosts it.
    private func owed(_ change: Change) -> [String] {
        (change.ties?.rounds ?? []).compactMap(\.round).map { "\($0.name) \($0.host ?? "")" }
    }

    private func rounds(_ scene: BookScene) async throws -> [String] {
        try await scene.book.rounds(GetRounds.Parameters(reference: "dg"), try scene.desk())
            .rounds.compactMap(\.round).map { "\($0.name) \($0.standing.rawValue)" }
    }

    @Test("Where nothing was said of the present round yet, the new periods begin with the one that holds today")
    func atOnce() async throws {
        let scene = try await scene("monthly")
        #expect(
            owed(try await edit("weekly", scene)) == [
                "week of 9 Sep Tokyo", "week of 16 Sep Seoul", "week of 23 Sep Tokyo",
            ])
        #expect(try await scene.meeting(1)?.segments.count == 1)
        #expect(
            owed(try await edit("monthly", scene)) == [
                "week of 9 Sep Tokyo", "week of 16 Sep Seoul", "week of 23 Sep Tokyo",
            ])
    }

    @Test("A round of which something was said keeps its period, and the new ones begin behind it")
    func behind() async throws {
        let scene = try await scene("monthly")
        _ = try await scene.book.fix(Fix.Parameters(reference: "dg", when: "20 sep"), try scene.desk())
        let change = try await edit("quarterly", scene)
        #expect(owed(change) == ["September Tokyo", "4th quarter Seoul", "1st quarter 2020 Tokyo"])
        #expect(
            change.remarks == ["From 4th quarter on. What was said of a round before stays, and so does its period."])
        try scene.wait(days: 20)
        _ = try await scene.book.held(Held.Parameters(reference: "dg"), try scene.desk())
        #expect(try await rounds(scene) == ["September held", "4th quarter open"])
        // Names of both kinds of period are understood.
        for name in ["dg#sep", "dg#q4", "dg#1", "dg#2"] {
            #expect(try await scene.book.show(Show.Parameters(reference: name), try scene.desk()).occurrence != nil)
        }
    }

    @Test("What something else hangs on keeps its period")
    func named() async throws {
        let scene = try await scene("monthly")
        _ = try await scene.book.add(
            NewMeeting(summary: "FM meeting", when: "november", dependsOn: "dg#oct"), try scene.desk())
        #expect(owed(try await edit("weekly", scene)) == ["September Tokyo", "October Seoul", "week of 4 Nov Tokyo"])
    }

    @Test("From a later date on, if that is said")
    func later() async throws {
        let scene = try await scene("monthly")
        #expect(owed(try await edit("half-yearly", from: "1 jan", scene)).first == "September Tokyo")
        let meeting = try #require(try await scene.meeting(1))
        #expect(meeting.segments.map(\.timing.start.date.iso8601) == ["2019-09-01", "2020-01-01"])
    }

    @Test("A second change revives no period that the first one let go")
    func twice() async throws {
        let scene = try await scene("monthly")
        _ = try await scene.book.fix(Fix.Parameters(reference: "dg", when: "20 sep 10:00"), try scene.desk())
        _ = try await edit("weekly", scene)
        #expect(
            owed(try await edit("fortnightly", scene)) == [
                "September Tokyo", "week of 7 Oct Seoul", "week of 21 Oct Tokyo",
            ])
    }

    @Test("What was planned for later can be had at once, and until then the talks are called as they are held")
    func sooner() async throws {
        let scene = try await scene("monthly")
        #expect(try await edit("quarterly", from: "1 apr 2020", scene).meeting.rounds?.cadence == "monthly")
        #expect(owed(try await edit("quarterly", scene)).prefix(2) == ["September Tokyo", "4th quarter Seoul"])
    }

    @Test("A longer period that is owed now stays, where the change is to come later")
    func present() async throws {
        let scene = try await scene("yearly")
        #expect(owed(try await edit("monthly", from: "1 nov", scene)).first == "2019 Tokyo")
    }

    @Test("A round that is named says from when on")
    func fromRound() async throws {
        let scene = try await scene("monthly")
        let change = try await scene.book.edit(
            Edit.Parameters(reference: "dg#nov", rounds: "weekly"), try scene.desk())
        #expect(owed(change) == ["September Tokyo", "October Seoul", "week of 4 Nov Tokyo"])
        // And the rounds of both kinds can be named by what lists call them.
        for name in ["dg#oct", "dg#4nov"] {
            #expect(try await scene.book.show(Show.Parameters(reference: name), try scene.desk()).occurrence != nil)
        }
    }

    @Test("One undo brings the old periods back")
    func undone() async throws {
        let scene = try await scene("monthly")
        let before = try await scene.snapshot()
        _ = try await edit("quarterly", scene)
        #expect(try await scene.snapshot() != before)
        _ = try await scene.book.undo(Undo.Parameters(), try scene.desk())
        #expect(try await scene.snapshot() == before)
    }

    @Test("The same again changes nothing; a meeting that is held in no rounds has none")
    func refused() async throws {
        let scene = try await scene("monthly")
        let change = try await edit("every month", scene)
        #expect(change.remarks == ["It was so already: nothing was changed."])
        _ = try await scene.book.add(NewMeeting(summary: "Lunch", when: "fri 12:30"), try scene.desk())
        await #expect(throws: (any Error).self) {
            try await scene.book.edit(Edit.Parameters(reference: "lunch", rounds: "weekly"), try scene.desk())
        }
    }

    @Test(
        "The page for the morning shows the round that is owed by the new periods, and not those that went with the old"
    )
    func listed() async throws {
        let scene = try await scene("weekly")
        _ = try await edit("monthly", scene)
        // The week of 9 September was owed already, and that of 30 September would reach into October.
        #expect(try await coming(scene) == ["week of 9 Sep"])
        try scene.wait(days: 19)
        #expect(try await coming(scene) == ["October"])
        try scene.wait(days: 7)
        #expect(try await coming(scene) == ["October"])
    }

    private func coming(_ scene: BookScene) async throws -> [String] {
        try await scene.book.overview(try scene.desk()).coming.compactMap(\.round?.name)
    }
}
