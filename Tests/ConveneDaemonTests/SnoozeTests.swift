import ConveneCore
import ConveneStore
import ConveneTestSupport
import Testing
import ZonedTime

@testable import Simulation

/// Reminders that were put off.
@Suite("Snoozes")
struct SnoozeTests {
    private func scene() async throws -> ReminderScene {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Talks", at: "2026-03-26T15:00:00", alarms: [.before(3_600)])
        try await scene.run(until: "2026-03-26T14:00:30")
        return scene
    }

    private func snooze(_ scene: ReminderScene, _ id: String, _ trigger: AlarmTrigger) async throws {
        try await scene.change(1) { $0.snoozes.append(Snooze(id: id, recurrenceID: nil, trigger: trigger)) }
    }

    @Test("Put off until a reminder that comes anyway, it is one entry, which stands for both")
    func together() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Talks", at: "2026-03-26T15:00:00", alarms: [.before(3_600), .before(300)])
        try await scene.run(until: "2026-03-26T14:00:30")
        try await snooze(scene, "s1", .beforeStart(.seconds(300)))
        try await scene.run(until: "2026-03-26T15:30:00")
        #expect(scene.said == ["reminder: Talks in 1 h, 15:00 UTC", "reminder: Talks in 5 min, 15:00 UTC"])
        #expect(scene.identities.map(\.count) == [1, 2])
        #expect(try await scene.countOwed() == 0)
    }

    @Test("It is said once more when the time has come, under an identity of its own")
    func again() async throws {
        let scene = try await scene()
        try await snooze(scene, "s1", .at(.at("2026-03-26T14:10:00"), in: .utc))
        try await scene.run(until: "2026-03-26T16:30:00")
        #expect(scene.said == ["reminder: Talks in 1 h, 15:00 UTC", "reminder: Talks in 50 min, 15:00 UTC"])
        #expect(scene.identities[1][0].contains("/snooze:s1/single/2026-03-26T15:00:00[UTC]/2026-03-26T14:10:00Z"))
        // An edit afterwards says it no third time.
        try await scene.change(1) { $0.note = "bring the map" }
        try await scene.settle()
        #expect(scene.said.count == 2)
    }

    @Test("What is past of it waits no more, also where the meeting was moved since")
    func waiting() async throws {
        let scene = try await scene()
        let snooze = Snooze(id: "s1", recurrenceID: nil, trigger: .at(.at("2026-03-26T14:10:00"), in: .utc))
        func isWaiting() async throws -> Bool {
            try await scene.store.read { try $0.isWaiting(snooze, of: try #require(try $0.meeting(1))) }
        }
        try await self.snooze(scene, snooze.id, snooze.trigger)
        #expect(try await isWaiting())
        try await scene.run(until: "2026-03-26T14:11:00")
        #expect(try await !isWaiting())
        try await scene.change(1) { meeting in
            try meeting.move(nil, to: meeting.timing.starting(at: .at("2026-03-26T17:00:00")), in: SampleZones.shared)
        }
        #expect(try await !isWaiting())
    }

    @Test("A crash between its sending and its record says it no second time")
    func crash() async throws {
        let scene = try await scene()
        try await snooze(scene, "s1", .at(.at("2026-03-26T14:10:00"), in: .utc))
        try await scene.settle()
        scene.sleep(until: "2026-03-26T14:10:00")
        try await scene.settle(journald: false)
        try await scene.restart()
        try await scene.settle()
        #expect(scene.said.count == 2)
    }

    @Test("A move takes along what counts from the meeting; a cancellation takes all of it")
    func moved() async throws {
        let scene = try await scene()
        try await snooze(scene, "s1", .beforeStart(.seconds(300)))
        try await scene.settle()
        #expect(scene.nextDue == .at("2026-03-26T14:55:00"))
        try await scene.change(1) { meeting in
            try meeting.move(nil, to: meeting.timing.starting(at: .at("2026-03-26T17:00:00")), in: SampleZones.shared)
        }
        try await scene.run(until: "2026-03-26T16:56:00")
        #expect(
            scene.said.dropFirst() == [
                "change: Talks moved: 17:00 UTC", "reminder: Talks in 1 h, 17:00 UTC",
                "reminder: Talks in 5 min, 17:00 UTC",
            ])
        try await snooze(scene, "s2", .at(.at("2026-03-26T16:59:00"), in: .utc))
        try await scene.change(1) { $0.status = .cancelled }
        try await scene.run(until: "2026-03-26T20:00:00")
        #expect(scene.said.last == "change: Talks cancelled")
        #expect(scene.said.count == 5)
    }

    @Test("It belongs to the one date of a series")
    func series() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Call", at: "2026-03-26T15:00:00", rule: "FREQ=DAILY", alarms: [.before(3_600)])
        try await scene.run(until: "2026-03-26T14:00:30")
        try await scene.change(1) {
            $0.snoozes = [
                Snooze(id: "s1", recurrenceID: .at("2026-03-26T15:00:00"), trigger: .beforeStart(.seconds(300)))
            ]
        }
        try await scene.run(until: "2026-03-28T12:00:00")
        #expect(
            scene.said == [
                "reminder: Call in 1 h, 15:00 UTC", "reminder: Call in 5 min, 15:00 UTC",
                "reminder: Call in 1 h, 15:00 UTC",
            ])
    }

    @Test("It is on disk with its meeting, and what is derived from both agrees")
    func stored() async throws {
        let scene = try await scene()
        try await snooze(scene, "s1", .at(.at("2026-03-26T14:10:00"), in: .utc))
        let stored = try #require(try await scene.store.read { try $0.meeting(1) })
        #expect(
            stored.snoozes == [
                Snooze(id: "s1", recurrenceID: nil, trigger: .at(.at("2026-03-26T14:10:00"), in: .utc))
            ])
        // What was is in the log, so that it can be undone.
        let entry = try #require(try await scene.store.read { try $0.log(of: 1, limit: 1).first })
        #expect(try await scene.store.read { try $0.meeting(before: entry) }?.snoozes == [])
    }

    @Test(
        "Until when, as people type it",
        arguments: [
            ("10m", "2019-09-16T09:10:00+09:00[Asia/Seoul]"), ("for 2 hours", "2019-09-16T11:00:00+09:00[Asia/Seoul]"),
            ("until tomorrow 9am", "2019-09-17T09:00:00+09:00[Asia/Seoul]"),
            ("tomorrow 9am", "2019-09-17T09:00:00+09:00[Asia/Seoul]"), ("5 min before", "-PT5M"),
            ("until 5 min before", "-PT5M"), ("1h after end", "END+PT1H"), ("at the start", "-PT0S"),
            ("1 day", "2019-09-17T09:00:00+09:00[Asia/Seoul]"),
        ])
    func phrases(typed: String, text: String) throws {
        let zones = SampleZones.shared
        let context = PhraseContext(
            now: .at("2019-09-16T00:00:00"), readerZone: try zones.zone(named: "Asia/Seoul"), zones: zones,
            cities: Cities(zones: zones))
        #expect(try SnoozePhrase.parse(typed, in: context).text == text)
    }

    @Test("What is no time is refused", arguments: ["", "10", "tomorrow", "until", "every friday 9am"])
    func refused(typed: String) throws {
        let zones = SampleZones.shared
        let context = PhraseContext(
            now: .at("2019-09-16T00:00:00"), readerZone: .utc, zones: zones, cities: Cities(zones: zones))
        #expect(throws: PhraseError.self) { try SnoozePhrase.parse(typed, in: context) }
    }
}
