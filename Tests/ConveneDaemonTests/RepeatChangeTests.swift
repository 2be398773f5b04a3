import ConveneCore
import ConveneStore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

@testable import Simulation

/// A meeting of its own that becomes a series, or a series that is one no more: its date is the same under both names.
@Suite("A meeting that is repeated, or no more")
struct RepeatChangeTests {
    enum Direction: CaseIterable {
        case becomesSeries
        case isOneNoMore

        var rules: (before: String?, after: String?) {
            switch self {
            case .becomesSeries: (nil, "FREQ=WEEKLY")
            case .isOneNoMore: ("FREQ=WEEKLY", nil)
            }
        }
    }

    /// On the day of a meeting at 15:00, of which was just said that it begins in an hour.
    private func scene(_ direction: Direction) async throws -> ReminderScene {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add(
            "Talks", at: "2026-03-26T15:00:00", rule: direction.rules.before, alarms: [.before(3_600), .before(900)])
        try await scene.run(until: "2026-03-26T14:00:30")
        #expect(scene.said == ["reminder: Talks in 1 h, 15:00 UTC"])
        return scene
    }

    private func turn(_ scene: ReminderScene, _ direction: Direction) async throws {
        guard let rule = direction.rules.after else { return try await scene.endRule(1) }
        try await scene.change(1) { meeting in
            let old = meeting
            meeting.segments[0].rule = try RecurrenceRule(rule)
            meeting.carrySnoozes(after: try SeriesMove(of: old, becoming: meeting, in: SampleZones.shared))
        }
    }

    @Test("Nothing is said of it, and what comes of its date comes once", arguments: Direction.allCases)
    func sameDate(_ direction: Direction) async throws {
        let scene = try await scene(direction)
        try await turn(scene, direction)
        try await scene.run(until: "2026-03-26T14:50:00")
        #expect(scene.said.dropFirst() == ["reminder: Talks in 15 min, 15:00 UTC"])
    }

    @Test("Changed and undone about a reminder, that is said once", arguments: Direction.allCases)
    func undone(_ direction: Direction) async throws {
        let scene = try await scene(direction)
        let before = try #require(try await scene.store.read { try $0.meeting(1) })
        try await scene.run(until: "2026-03-26T14:44:00")
        try await turn(scene, direction)
        try await scene.run(until: "2026-03-26T14:45:30")
        try await scene.undo(1, to: before)
        try await scene.run(until: "2026-03-26T15:30:00")
        #expect(scene.said.dropFirst() == ["reminder: Talks in 15 min, 15:00 UTC"])
        #expect(try scene.store.check(behind: 0, limit: 9, at: scene.time.now).faults.isEmpty)
    }

    @Test("What is due and not sent yet is said nevertheless, and once", arguments: Direction.allCases)
    func waiting(_ direction: Direction) async throws {
        let scene = try await scene(direction)
        scene.sleep(until: "2026-03-26T14:45:00")
        try await turn(scene, direction)
        try await scene.run(until: "2026-03-26T14:59:00")
        #expect(scene.said.dropFirst() == ["reminder: Talks in 15 min, 15:00 UTC"])
        #expect(try await scene.countOwed() == 0)
    }

    @Test(
        "What is on its way under the other name is not sent again, and moves its row on", arguments: Direction.allCases
    )
    func inFlight(_ direction: Direction) async throws {
        let scene = try await scene(direction)
        scene.sleep(until: "2026-03-26T14:45:00")
        try await scene.settle(journald: false)
        try await turn(scene, direction)
        try await scene.run(until: "2026-03-26T14:59:00")
        #expect(scene.said.dropFirst() == ["reminder: Talks in 15 min, 15:00 UTC"])
        #expect(try await scene.countOwed() == 0)
        let next = try await scene.store.nextDeadline(after: scene.time.now)
        #expect(next == (direction == .becomesSeries ? .at("2026-04-02T14:00:00") : nil))
    }

    @Test("What was put off comes, and a move of the date is told", arguments: Direction.allCases)
    func goesOn(_ direction: Direction) async throws {
        let scene = try await scene(direction)
        let name: CivilDateTime? = direction == .becomesSeries ? nil : .at("2026-03-26T15:00:00")
        try await scene.change(1) {
            $0.snoozes = [Snooze(id: "s", recurrenceID: name, trigger: .beforeStart(.seconds(300)))]
        }
        try await turn(scene, direction)
        let talks = try #require(try await scene.store.read { try $0.meeting(1) })
        try await scene.change(1) { meeting in
            try meeting.move(
                direction == .becomesSeries ? .at("2026-03-26T15:00:00") : nil,
                to: talks.timing.starting(at: .at("2026-03-26T14:30:00")), in: SampleZones.shared)
        }
        try await scene.run(until: "2026-03-26T14:29:00")
        #expect(
            scene.said.dropFirst() == [
                "change: Talks moved: 14:30 UTC", "reminder: Talks in 15 min, 14:30 UTC",
                "reminder: Talks in 5 min, 14:30 UTC",
            ])
    }

    @Test("On another day as a series, who was told is told where it went, and by an undo where it went back to")
    func otherDay() async throws {
        for isAtOnce in [true, false] {
            let scene = try await scene(.becomesSeries)
            let before = try #require(try await scene.store.read { try $0.meeting(1) })
            try await scene.change(1) { meeting in
                meeting.segments[0].timing = meeting.timing.starting(at: .at("2026-03-27T15:00:00"))
                meeting.segments[0].rule = try RecurrenceRule("FREQ=WEEKLY")
            }
            try await scene.run(until: isAtOnce ? "2026-03-26T14:01:30" : "2026-03-26T14:04:00")
            try await scene.undo(1, to: before)
            try await scene.run(until: "2026-03-26T14:10:00")
            #expect(
                scene.said.dropFirst()
                    == (isAtOnce
                        ? []
                        : ["change: Talks moved: Fri 27 Mar, 15:00 UTC", "change: Talks moved: Thu 26 Mar, 15:00 UTC"]))
        }
    }

    @Test("What was said of it as a meeting of its own, and as a date of the series, is of one date under another rule")
    func otherRule() async throws {
        for isAtOnce in [true, false] {
            let scene = try await scene(.becomesSeries)
            try await turn(scene, .becomesSeries)
            try await scene.run(until: "2026-03-26T14:46:00")
            let before = try #require(try await scene.store.read { try $0.meeting(1) })
            try await scene.change(1) { meeting in
                meeting.segments[0].timing = meeting.timing.starting(at: .at("2026-03-27T15:00:00"))
            }
            try await scene.run(until: isAtOnce ? "2026-03-26T14:46:30" : "2026-03-26T14:49:00")
            try await scene.undo(1, to: before)
            try await scene.run(until: "2026-03-26T14:55:00")
            #expect(
                scene.said.dropFirst(2)
                    == (isAtOnce
                        ? []
                        : [
                            "change: Talks does not take place: Thu 26 Mar",
                            "change: Talks takes place: Thu 26 Mar, 15:00 UTC",
                        ]))
        }
    }

    @Test(
        "What was said of it as a meeting of its own does not take place on its day, and nothing is said of the first date"
    )
    func goneSingle() async throws {
        let scene = try await scene(.becomesSeries)
        try await turn(scene, .becomesSeries)
        for start in ["2026-03-27T15:00:00", "2026-03-28T15:00:00"] {
            try await scene.change(1) { $0.segments[0].timing = $0.timing.starting(at: .at(start)) }
            try await scene.run(until: start == "2026-03-27T15:00:00" ? "2026-03-26T14:10:00" : "2026-03-26T14:20:00")
            #expect(scene.said.dropFirst() == ["change: Talks does not take place: Thu 26 Mar"])
        }
    }

    @Test("The first date of a series that is one no more stays as it was agreed: elsewhere, or called off")
    func firstDateStays() async throws {
        let name = CivilDateTime.at("2026-03-26T15:00:00")
        for isCancelled in [true, false] {
            let scene = try await scene(.isOneNoMore)
            let now = scene.time.now
            try await scene.change(1) { meeting in
                if isCancelled {
                    try meeting.setStatus(.cancelled, of: name, at: now, in: SampleZones.shared)
                } else {
                    try meeting.move(
                        name, to: meeting.timing.starting(at: .at("2026-03-26T16:00:00")), in: SampleZones.shared)
                }
                meeting.snoozes = [Snooze(id: "s", recurrenceID: name, trigger: .beforeStart(.seconds(300)))]
            }
            try await turn(scene, .isOneNoMore)
            try await scene.run(until: "2026-03-26T15:59:00")
            #expect(
                scene.said.dropFirst()
                    == (isCancelled
                        ? ["change: Talks cancelled"]
                        : [
                            "change: Talks moved: 16:00 UTC", "reminder: Talks in 1 h, 16:00 UTC",
                            "reminder: Talks in 15 min, 16:00 UTC", "reminder: Talks in 5 min, 16:00 UTC",
                        ]))
        }
    }

    @Test("What else is written of it meanwhile does not hold up the news; another hour is other news")
    func newsKeepsItsHour() async throws {
        let scene = try await scene(.becomesSeries)
        func move(_ start: String) async throws {
            try await scene.change(1) { meeting in
                try meeting.move(nil, to: meeting.timing.starting(at: .at(start)), in: SampleZones.shared)
            }
        }
        try await move("2026-03-26T16:00:00")
        let first = scene.time.now
        for pause in [50, 100] {
            scene.time.advance(by: 50_000_000)
            try await scene.change(1) { $0.note = "after \(pause) s" }
        }
        try await scene.run(until: "2026-03-26T14:10:00")
        #expect(scene.said.dropFirst() == ["change: Talks moved: 16:00 UTC"])
        let entry = try #require(scene.journal.entries.last)
        #expect(entry.sentAt - first.secondsSinceEpoch == 120)

        try await move("2026-03-26T17:00:00")
        scene.time.advance(by: 60_000_000)
        try await move("2026-03-26T18:00:00")
        let second = scene.time.now
        try await scene.run(until: "2026-03-26T14:20:00")
        #expect(scene.said.dropFirst(2) == ["change: Talks moved: 18:00 UTC"])
        #expect(try #require(scene.journal.entries.last).sentAt - second.secondsSinceEpoch == 120)
    }

    @Test("The other name of an identity is that of the same date, and of no other")
    func otherName() {
        let single = "d/u/a/single/2026-03-26T15:00:00[UTC]/-PT15M/1"
        let dated = "d/u/a/2026-03-26T15:00:00/2026-03-26T15:00:00[UTC]/-PT15M/1"
        #expect(NotificationIdentity.otherName(ofReminder: single) == dated)
        #expect(NotificationIdentity.otherName(ofReminder: dated) == single)
        // A date that is elsewhere than its name says was no meeting of its own.
        let moved = "d/u/a/2026-03-26T15:00:00/2026-03-26T16:00:00[UTC]/-PT15M/1"
        for other in [moved, "d/change:l1/u/single", "d/test:t1"] {
            #expect(NotificationIdentity.otherName(ofReminder: other) == nil)
        }
    }
}
