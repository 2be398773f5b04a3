import ConveneAPI
import ConveneCore
import Testing
import ZonedTime

@testable import ConveneDaemon

@Suite("What is over and was not marked as held")
struct OverdueTests {
    /// On Wed 11 September 2019, in Seoul.
    private func scene(_ meetings: Int, on when: String = "fri 12:00") async throws -> BookScene {
        let scene = try BookScene()
        for number in 0..<meetings {
            _ = try await scene.book.add(NewMeeting(summary: "Lunch \(number)", when: when), try scene.desk())
        }
        return scene
    }

    private func overdue(_ scene: BookScene) async throws -> (shown: [String], count: Int?) {
        let page = try await scene.book.overview(try scene.desk())
        return (page.overdue.map(\.summary), page.overdueCount)
    }

    @Test("It is remembered for 31 days, not for one week")
    func remembered() async throws {
        let scene = try await scene(1)
        try scene.wait(days: 30)
        #expect(try await overdue(scene).shown == ["Lunch 0"])
        try scene.wait(days: 4)
        #expect(try await overdue(scene).shown == [])
    }

    @Test("Five are shown and all are counted; of very many it is only said that there are more")
    func counted() async throws {
        let few = try await scene(7)
        try few.wait(days: 3)
        #expect(try await overdue(few) == ((0..<5).map { "Lunch \($0)" }, 7))
        let many = try await scene(26)
        try many.wait(days: 3)
        #expect(try await overdue(many) == ((0..<5).map { "Lunch \($0)" }, nil))
    }

    @Test("The dates of many series, and what comes after another, hide nothing that is overdue")
    func hidden() async throws {
        let scene = try await scene(1)
        for number in 0..<3 {
            _ = try await scene.book.add(
                NewMeeting(summary: "Call \(number)", when: "every day at 10:00"), try scene.desk())
        }
        for number in 0..<5 {
            _ = try await scene.book.add(
                NewMeeting(summary: "Walk \(number)", duration: "30m", after: "lunch"), try scene.desk())
        }
        _ = try await scene.book.add(NewMeeting(summary: "Visit", when: "30 sep 10:00"), try scene.desk())
        try scene.wait(days: 25)
        #expect(try await overdue(scene) == (["Lunch 0", "Visit"], 2))
    }

    @Test("A round that was held leaves it; a round without a date never was in it")
    func rounds() async throws {
        let scene = try BookScene()
        _ = try await scene.book.add(NewMeeting(summary: "DG talks", rounds: "monthly"), try scene.desk())
        _ = try await scene.book.fix(Fix.Parameters(reference: "dg", when: "20 sep 11:00"), try scene.desk())
        try scene.wait(days: 24)
        #expect(try await overdue(scene) == (["DG talks"], 1))
        _ = try await scene.book.held(Held.Parameters(reference: "dg#sep"), try scene.desk())
        #expect(try await overdue(scene) == ([], 0))
    }
}

@Suite("What comes next, and what reminds of talks")
struct NextTests {
    private func talks() async throws -> BookScene {
        let scene = try BookScene()
        _ = try await scene.book.add(
            NewMeeting(summary: "DG talks", rounds: "monthly", hosts: ["Tokyo", "Seoul"]), try scene.desk())
        return scene
    }

    private func next(_ count: Int, _ scene: BookScene, datedFirst: Bool = true) async throws -> [[String]] {
        let desk = try scene.desk()
        let query = try scene.book.query(
            ConveneAPI.List.Parameters(
                limit: count, statuses: [.proposed, .possible, .confirmed], datedFirst: datedFirst), streams: true, desk
        )
        let parts = Parts()
        try await scene.book.list(query, desk) { reply, continues in
            await parts.add(reply.occurrences.map { "\($0.summary) \($0.form)" }, continues)
        }
        #expect(await parts.areEnded)
        return await parts.parts
    }

    @Test("What has a date comes first, then what has none")
    func datedFirst() async throws {
        let scene = try await talks()
        _ = try await scene.book.add(NewMeeting(summary: "Lunch", when: "27 sep 12:00"), try scene.desk())
        #expect(try await next(1, scene, datedFirst: false) == [["DG talks window"]])
        #expect(try await next(1, scene) == [["Lunch timed"]])
        #expect(try await next(2, scene) == [["Lunch timed"], ["DG talks window"]])
        #expect(try await next(3, scene) == [["Lunch timed"], ["DG talks window"]])
    }

    @Test("After a round was put off, what is to come is that of the next one")
    func postponed() async throws {
        let scene = try await talks()
        _ = try await scene.book.postpone(
            Postpone.Parameters(reference: "dg", into: "october"), try scene.desk())
        let shown = try await scene.book.show(Show.Parameters(reference: "dg"), try scene.desk())
        #expect(shown.occurrence?.round?.standing == .postponed)
        #expect(shown.reminders.first.map { $0.recurrenceId?.prefix(10) } == "2019-10-01")
        let october = try await scene.book.show(Show.Parameters(reference: "dg#sep"), try scene.desk())
        #expect(october.reminders.isEmpty)
    }
}

/// The parts of a list as they came.
private actor Parts {
    private(set) var parts: [[String]] = []
    private(set) var areEnded = false

    func add(_ part: [String], _ continues: Bool) {
        parts.append(part)
        areEnded = !continues
    }
}
