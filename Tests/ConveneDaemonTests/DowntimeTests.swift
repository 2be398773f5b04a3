import ConveneCore
import ConveneStore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

@testable import Simulation

/// What is said after a long downtime.
@Suite("After a long downtime")
struct DowntimeTests {
    private func monthAway() async throws -> ReminderScene {
        let scene = try await ReminderScene(at: "2026-03-01T12:00:00")
        try await scene.add("Daily call", at: "2026-03-02T10:00:00", rule: "FREQ=DAILY", alarms: [.before(900)])
        for day in 10...13 {
            try await scene.add(
                "Talks \(day)", at: "2026-03-\(day)T15:00:00", alarms: [.before(86_400), .before(900)])
        }
        try await scene.settle()
        return scene
    }

    @Test("One entry stands for all that was missed, and each of them counts as said once")
    func one() async throws {
        let scene = try await monthAway()
        scene.sleep(until: "2026-04-01T09:50:00")
        try await scene.settle()
        #expect(
            scene.said == [
                "missed: Missed: 34 meetings, 2–31 Mar", "reminder: Late: Daily call in 10 min, 10:00 UTC",
            ])
        let identities = scene.identities.flatMap { $0 }
        #expect(identities.count == 30 + 8 + 1)
        #expect(Set(identities).count == identities.count)
        #expect(try await scene.store.read { try $0.countNotifications() } == identities.count)
        #expect(try await scene.countOwed() == 0)
        #expect(scene.nextDue == .at("2026-04-02T09:45:00"))
    }

    @Test("Each has its own record: of which meeting, due when, and in its own words")
    func records() async throws {
        let scene = try await monthAway()
        scene.sleep(until: "2026-04-01T08:00:00")
        try await scene.settle()
        let records = try await scene.store.read { try $0.notifications(after: 0, limit: 100) }
        let talks = records.filter { $0.meeting == 3 }
        #expect(talks.map(\.message) == Array(repeating: "Missed: Talks 11, Wed 11 Mar, 15:00 UTC", count: 2))
        #expect(talks.map(\.due) == [.at("2026-03-10T15:00:00"), .at("2026-03-11T14:45:00")])
        #expect(talks.map(\.late) == talks.map { Int(Instant.at("2026-04-01T08:00:00").seconds(since: $0.due)) })
        #expect(records.count { $0.meeting == 1 && $0.recurrenceID != nil } == 30)
    }

    @Test("What was said of one date while it was a meeting of its own is not said among what was missed of its series")
    func saidAsSingle() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Call", at: "2026-03-27T15:00:00", alarms: [.before(3_600)])
        try await scene.run(until: "2026-03-27T14:10:00")
        scene.time.step(bySeconds: -25 * 3_600 - 600)
        scene.take(.clockChanged)
        try await scene.change(1) { meeting in
            meeting.segments[0].timing = meeting.timing.starting(at: .at("2026-03-26T15:00:00"))
            meeting.segments[0].rule = try RecurrenceRule("FREQ=DAILY")
        }
        try await scene.settle()
        scene.sleep(until: "2026-03-29T12:00:00")
        try await scene.settle()
        #expect(
            scene.said.filter { !$0.hasPrefix("change") } == [
                "reminder: Call in 1 h, 15:00 UTC", "missed: Missed: Call, Thu 26 Mar, 15:00 UTC",
                "missed: Missed: Call, Sat 28 Mar, 15:00 UTC",
            ])
    }

    @Test("A window that was missed is missed as a whole, not on its first day")
    func window() async throws {
        let scene = try await ReminderScene(at: "2026-03-01T12:00:00")
        try await scene.add("Visit", between: "2026-03-09", "2026-03-12", alarms: .standard)
        try await scene.settle()
        scene.sleep(until: "2026-04-01T08:00:00")
        try await scene.settle()
        #expect(scene.said == ["missed: Missed: Visit, 9–12 Mar, UTC"])
    }

    @Test(
        "A crash between its sending and its record says none of them again, alone or together",
        arguments: [true, false])
    func crash(seesIt: Bool) async throws {
        let scene = try await monthAway()
        scene.sleep(until: "2026-04-01T08:00:00")
        try await scene.settle(journald: false)
        // The datagram waits in journald's queue; or it is gone, as the rate limit drops one.
        if !seesIt { scene.journal.dropping = 1 }
        try await scene.restart()
        // Meanwhile another one was missed, so that they would stand together otherwise.
        scene.sleep(until: "2026-04-01T12:00:00")
        try await scene.settle()
        let identities = scene.identities.flatMap { $0 }
        #expect(identities.count == 31 + 8)
        #expect(Set(identities).count == identities.count)
        #expect(try await scene.store.read { try $0.countNotifications() } == identities.count)
    }

    @Test("An edit while it is on its way takes nothing of it back and loses nothing")
    func edit() async throws {
        let scene = try await monthAway()
        scene.sleep(until: "2026-04-01T08:00:00")
        try await scene.settle(journald: false)
        try await scene.change(1) { $0.summary = "Morning call" }
        try await scene.change(2) { $0.status = .held }
        try await scene.settle()
        let identities = scene.identities.flatMap { $0 }
        #expect(identities.count == 30 + 8 && Set(identities).count == identities.count)
        #expect(scene.nextDue == .at("2026-04-01T09:45:00"))
    }

    @Test("The alarms of one date that is under way are one entry")
    func sameDate() async throws {
        let scene = try await ReminderScene(at: "2026-03-01T12:00:00")
        try await scene.add("Talks", at: "2026-03-02T15:00:00", alarms: [.before(3_600), .before(900)])
        try await scene.settle()
        scene.sleep(until: "2026-03-02T15:10:00")
        try await scene.settle()
        #expect(scene.said == ["reminder: Late: Talks began 10 min ago"])
        #expect(scene.identities.map(\.count) == [2])
        #expect(try await scene.store.read { try $0.countNotifications() } == 2)
    }

    @Test("More than fit into one entry are told in several, none twice")
    func portions() async throws {
        let scene = try await ReminderScene(at: "2024-01-01T12:00:00")
        try await scene.add("Daily call", at: "2024-01-02T10:00:00", rule: "FREQ=DAILY", alarms: [.before(900)])
        try await scene.settle()
        scene.sleep(until: "2026-04-01T08:00:00")
        try await scene.settle()
        let identities = scene.identities
        #expect(identities.allSatisfy { $0.count <= 500 })
        #expect(identities.count == 2)
        let all = identities.flatMap { $0 }
        #expect(Set(all).count == all.count)
        #expect(all.count == 820)
        #expect(scene.said.first == "missed: Missed 500 times: Daily call, 2 Jan – 15 May")
    }

    @Test("The day's sheets that were missed are told apart from the meetings")
    func sheets() async throws {
        let scene = try await monthAway()
        try await scene.set(
            Digest(id: "d1", start: .at("2026-01-05T08:00:00"), rule: try RecurrenceRule("FREQ=DAILY"), zone: "UTC"))
        try await scene.settle()
        scene.sleep(until: "2026-04-01T09:50:00")
        try await scene.settle()
        #expect(
            scene.said == [
                "missed: Missed: 34 meetings, 2–31 Mar", "missed: Missed: 30 sheets of the day, 2–31 Mar",
                "reminder: Late: Daily call in 10 min, 10:00 UTC",
                "digest: Wed 1 Apr, UTC time: 1 meeting\n10:00 Daily call, UTC",
            ])
        #expect(try await scene.countOwed() == 0)
    }
}
