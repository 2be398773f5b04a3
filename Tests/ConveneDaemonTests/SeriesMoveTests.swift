import ConveneAPI
import ConveneCore
import ConveneStore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

@testable import ConveneDaemon
@testable import Simulation

/// A series that is moved gives its dates other names: what was said, put off and tied to one of them is not lost.
@Suite("A series that is moved")
struct SeriesMoveTests {
    /// On Thu 26 March, an hour before a date of a weekly series, of which that was just said.
    private func scene() async throws -> ReminderScene {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Weekly", at: "2026-03-26T15:00:00", rule: "FREQ=WEEKLY", alarms: [.before(3_600)])
        try await scene.run(until: "2026-03-26T14:00:30")
        #expect(scene.said == ["reminder: Weekly in 1 h, 15:00 UTC"])
        return scene
    }

    @Test(
        "Who was told of a date is told where it went, and where it went back to; and that once",
        arguments: [
            (7_200, "17:00 UTC"), (26 * 3_600, "Fri 27 Mar, 17:00 UTC"), (-300, "14:55 UTC"),
            // By a week: a date gets the name that another one had.
            (7 * 86_400, "Thu 2 Apr, 15:00 UTC"),
        ] as [(Int64, String)])
    func isTold(_ shift: Int64, _ words: String) async throws {
        let scene = try await scene()
        let before = try #require(try await scene.store.read { try $0.meeting(1) })
        try await scene.moveSeries(1, bySeconds: shift)
        try await scene.run(until: "2026-03-26T14:10:00")
        #expect(scene.said.dropFirst() == ["change: Weekly moved: \(words)"])
        try await scene.undo(1, to: before)
        try await scene.run(until: "2026-03-26T14:20:00")
        let back = shift > 86_400 ? "Thu 26 Mar, 15:00 UTC" : "15:00 UTC"
        #expect(scene.said.dropFirst(2) == ["change: Weekly moved: \(back)"])
        try await scene.run(until: "2026-03-26T16:00:00")
        #expect(scene.said.count == 3)
        #expect(try scene.store.check(behind: 0, limit: 9, at: scene.time.now).faults.isEmpty)
    }

    @Test("Moved by a day, each date that was told is told where it went, by hand and back")
    func byOneDay() async throws {
        let scene = try await ReminderScene(at: "2026-03-25T12:00:00")
        try await scene.add("Daily", at: "2026-03-26T15:00:00", rule: "FREQ=DAILY", alarms: [.before(86_400)])
        try await scene.run(until: "2026-03-26T15:00:00")
        #expect(scene.said == (0...1).map { _ in "reminder: Daily tomorrow, 15:00 UTC" })
        try await scene.run(until: "2026-03-26T16:00:00")
        try await scene.moveSeries(1, bySeconds: 86_400)
        try await scene.run(until: "2026-03-26T16:10:00")
        #expect(scene.said.dropFirst(2) == ["change: Daily moved: Sat 28 Mar, 15:00 UTC"])
        try await scene.moveSeries(1, bySeconds: -86_400)
        try await scene.run(until: "2026-03-26T16:20:00")
        #expect(scene.said.dropFirst(3) == ["change: Daily moved: Fri 27 Mar, 15:00 UTC"])
    }

    @Test("A move by a whole step of the rule that was undone says nothing again, and means no other date later")
    func undoneStep() async throws {
        let scene = try await ReminderScene(at: "2026-03-25T12:00:00")
        try await scene.add("Daily", at: "2026-03-26T15:00:00", rule: "FREQ=DAILY", alarms: [.before(86_400)])
        try await scene.run(until: "2026-03-25T16:00:00")
        let before = try #require(try await scene.store.read { try $0.meeting(1) })
        try await scene.moveSeries(1, bySeconds: 86_400)
        try await scene.run(until: "2026-03-25T16:10:00")
        try await scene.undo(1, to: before)
        try await scene.run(until: "2026-03-26T14:50:00")
        #expect(
            scene.said.dropFirst() == [
                "change: Daily moved: Fri 27 Mar, 15:00 UTC", "change: Daily moved: Thu 26 Mar, 15:00 UTC",
            ])
        try await scene.run(until: "2026-03-26T16:00:00")
        try await scene.change(1) { meeting in
            try meeting.setStatus(
                .cancelled, of: .at("2026-03-27T15:00:00"), at: .at("2026-03-26T16:00:00"), in: SampleZones.shared)
        }
        try await scene.run(until: "2026-03-26T16:10:00")
        #expect(
            scene.said.dropFirst(3) == ["reminder: Daily tomorrow, 15:00 UTC", "change: Daily cancelled: Fri 27 Mar"])
    }

    @Test("Moves whose hours come to a whole step of the rule are told each of its date, and so is each undo")
    func inSteps() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Weekly", at: "2026-03-27T15:00:00", rule: "FREQ=WEEKLY", alarms: [.before(8 * 86_400)])
        let first = try #require(try await scene.store.read { try $0.meeting(1) })
        try await scene.run(until: "2026-03-26T16:00:00")
        #expect(scene.said == ["reminder: Weekly: Fri 3 Apr, 15:00 UTC"])
        try await scene.moveSeries(1, bySeconds: 3_600)
        let second = try #require(try await scene.store.read { try $0.meeting(1) })
        try await scene.moveSeries(1, bySeconds: 7 * 86_400 - 3_600)
        try await scene.run(until: "2026-03-26T16:10:00")
        #expect(scene.said.dropFirst() == ["change: Weekly moved: Fri 10 Apr, 15:00 UTC"])
        try await scene.undo(1, to: second)
        try await scene.run(until: "2026-03-26T16:20:00")
        #expect(scene.said.dropFirst(2) == ["change: Weekly moved: Fri 3 Apr, 16:00 UTC"])
        try await scene.undo(1, to: first)
        try await scene.run(until: "2026-03-26T16:30:00")
        #expect(scene.said.dropFirst(3) == ["change: Weekly moved: Fri 3 Apr, 15:00 UTC"])
    }

    @Test("Moved and back within the pause, nothing is said")
    func slip() async throws {
        let scene = try await scene()
        let before = try #require(try await scene.store.read { try $0.meeting(1) })
        try await scene.moveSeries(1, bySeconds: 7_200)
        try await scene.undo(1, to: before)
        try await scene.run(until: "2026-03-26T14:50:00")
        #expect(scene.said.count == 1)
    }

    @Test("What was on its way under a name that was taken back is known as said of its date")
    func inFlight() async throws {
        let scene = try await scene()
        try await scene.moveSeries(1, bySeconds: 7_200)
        let moved = try #require(try await scene.store.read { try $0.meeting(1) })
        try await scene.run(until: "2026-03-26T14:10:00")
        try await scene.moveSeries(1, bySeconds: -1_800)
        try await scene.run(until: "2026-03-26T14:20:00")
        scene.sleep(until: "2026-03-26T15:30:00")
        // 'in 1 h, 16:30' is sent, and not yet seen.
        try await scene.settle(journald: false)
        try await scene.undo(1, to: moved)
        try await scene.run(until: "2026-03-26T15:40:00")
        #expect(
            scene.said.dropFirst(2) == [
                "change: Weekly moved: 16:30 UTC", "reminder: Weekly in 1 h, 16:30 UTC",
                "change: Weekly moved: 17:00 UTC",
            ])
    }

    @Test("What was on its way while another rule gave its day another hour is known as said of that day")
    func inFlightOfRule() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Weekly", at: "2026-03-26T15:00:00", rule: "FREQ=WEEKLY", alarms: [.before(3_600)])
        try await scene.run(until: "2026-03-26T13:00:00")
        scene.sleep(until: "2026-03-26T14:00:00")
        try await scene.settle(journald: false)
        let before = try #require(try await scene.store.read { try $0.meeting(1) })
        try await scene.change(1) { meeting in
            meeting.segments[0].timing = meeting.timing.starting(at: .at("2026-03-26T17:00:00"))
            meeting.segments[0].rule = try RecurrenceRule("FREQ=WEEKLY;INTERVAL=2")
        }
        try await scene.run(until: "2026-03-26T14:10:00")
        try await scene.undo(1, to: before)
        try await scene.run(until: "2026-03-26T14:20:00")
        #expect(
            scene.said == [
                "reminder: Weekly in 1 h, 15:00 UTC", "change: Weekly moved: 17:00 UTC",
                "change: Weekly moved: 15:00 UTC",
            ])
    }

    @Test("Moved twice and called off, the news is of the date, and said once")
    func twice() async throws {
        let scene = try await scene()
        try await scene.moveSeries(1, bySeconds: 7_200)
        try await scene.moveSeries(1, bySeconds: 86_400)
        try await scene.run(until: "2026-03-26T14:10:00")
        try await scene.change(1) { meeting in
            try meeting.setStatus(
                .cancelled, of: .at("2026-03-27T17:00:00"), at: .at("2026-03-26T14:10:00"), in: SampleZones.shared)
        }
        try await scene.run(until: "2026-03-26T14:20:00")
        #expect(
            scene.said.dropFirst() == [
                "change: Weekly moved: Fri 27 Mar, 17:00 UTC", "change: Weekly cancelled: Fri 27 Mar",
            ])
    }

    @Test("A date that is taken out after a move is called off, and no other is taken for it")
    func takenOut() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Daily", at: "2026-03-26T15:00:00", rule: "FREQ=DAILY", alarms: [.before(3_600)])
        try await scene.moveSeries(1, bySeconds: 86_400)
        try await scene.run(until: "2026-03-28T14:10:00")
        try await scene.change(1) { try $0.exclude(.at("2026-03-28T15:00:00"), in: SampleZones.shared) }
        try await scene.run(until: "2026-03-28T14:20:00")
        #expect(
            scene.said == [
                "reminder: Daily in 1 h, 15:00 UTC", "reminder: Daily in 1 h, 15:00 UTC",
                "change: Daily does not take place: Sat 28 Mar",
            ])
    }

    @Test("A date that its rule gives no more after a move, and back, is called off, and no other is taken for it")
    func ruleChanged() async throws {
        for undone in [true, false] {
            let scene = try await ReminderScene(at: "2026-03-25T12:00:00")
            try await scene.add("Daily", at: "2026-03-26T15:00:00", rule: "FREQ=DAILY", alarms: [.before(3_600)])
            let before = try #require(try await scene.store.read { try $0.meeting(1) })
            try await scene.moveSeries(1, bySeconds: 3_600)
            if undone { try await scene.undo(1, to: before) }
            try await scene.run(until: "2026-03-27T15:10:00")
            #expect(scene.said.count == 2)
            try await scene.change(1) { $0.segments[0].rule = try RecurrenceRule("FREQ=DAILY;INTERVAL=2") }
            try await scene.run(until: "2026-03-27T15:20:00")
            #expect(scene.said.dropFirst(2) == ["change: Daily does not take place: Fri 27 Mar"])
        }
    }

    @Test("A date, or the series, that is deleted after a move is told once, whatever names it had")
    func deleted() async throws {
        for whole in [true, false] {
            let scene = try await scene()
            try await scene.moveSeries(1, bySeconds: 7_200)
            try await scene.run(until: "2026-03-26T14:10:00")
            if whole {
                try await scene.delete(1)
            } else {
                try await scene.change(1) { try $0.exclude(.at("2026-03-26T17:00:00"), in: SampleZones.shared) }
            }
            try await scene.run(until: "2026-03-26T14:20:00")
            #expect(scene.said.dropFirst(2) == ["change: Weekly does not take place: Thu 26 Mar"])
        }
    }

    @Test("Moved again once dates are past, it has none at the hours between")
    func phantom() async throws {
        let scene = try await scene()
        try await scene.run(until: "2026-03-27T12:00:00")
        for _ in 1...3 { try await scene.moveSeries(1, bySeconds: 3_600) }
        let meeting = try #require(try await scene.store.read { try $0.meeting(1) })
        let starts = try meeting.occurrences(
            endingAfter: .at("2026-03-20T00:00:00"), limit: 3, in: SampleZones.shared
        ).map(\.timing.start)
        #expect(starts == [.at("2026-03-26T15:00:00"), .at("2026-04-02T18:00:00"), .at("2026-04-09T18:00:00")])
    }

    @Test("What was put off goes with its date, and note is taken of what was said under either name")
    func snoozed() async throws {
        let scene = try await scene()
        try await scene.change(1) { meeting in
            meeting.snoozes = [
                Snooze(id: "s", recurrenceID: .at("2026-03-26T15:00:00"), trigger: .beforeStart(.seconds(300)))
            ]
        }
        try await scene.moveSeries(1, bySeconds: 7_200)
        try await scene.run(until: "2026-03-26T16:56:00")
        #expect(
            scene.said.dropFirst() == [
                "change: Weekly moved: 17:00 UTC", "reminder: Weekly in 1 h, 17:00 UTC",
                "reminder: Weekly in 5 min, 17:00 UTC",
            ])
        let uid = try #require(try await scene.store.read { try $0.meeting(1) }).uid
        let count = try await scene.store.read {
            try $0.countUnacknowledged(.ofMeeting(uid, .at("2026-03-26T17:00:00")))
        }
        #expect(count == 4)
    }

    @Test("What comes after a date of it, and what depends on that, goes on to do so; undo brings all of it back")
    func followed() async throws {
        let scene = try BookScene()
        let book = scene.book
        _ = try await book.add(NewMeeting(summary: "Weekly", when: "every friday 10:00", duration: "1h"), scene.desk())
        _ = try await book.add(NewMeeting(summary: "Lunch", duration: "1h", after: "weekly@20 sep"), scene.desk())
        _ = try await book.add(
            NewMeeting(summary: "Maybe", when: "23 sep 10:00", dependsOn: "weekly@20 sep"), scene.desk())
        let before = try await scene.snapshot()
        _ = try await book.move(
            Move.Parameters(reference: "weekly", when: "12:00", all: true, from: "20 sep"), scene.desk())
        #expect(try await scene.meeting(2)?.timing.start == .at("2019-09-20T13:00:00"))
        for number in [2, 3] {
            #expect(try await scene.meeting(number)?.relations.map(\.recurrenceID) == [.at("2019-09-20T12:00:00")])
        }
        try scene.wait(days: 10)
        _ = try await book.held(Held.Parameters(reference: "weekly@20 sep"), scene.desk())
        #expect(try await scene.owed().contains { $0.hasPrefix("decision: Maybe (1@2019-09-20 held") })
        _ = try await book.undo(Undo.Parameters(), scene.desk())
        _ = try await book.undo(Undo.Parameters(), scene.desk())
        #expect(try await scene.snapshot() == before)
    }
}
