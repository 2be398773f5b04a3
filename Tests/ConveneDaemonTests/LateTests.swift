import ConveneCore
import ConveneStore
import ConveneTestSupport
import Testing
import ZonedTime

@testable import Simulation

/// What becomes of reminders that could not be said in time.
@Suite("Late reminders")
struct LateTests {
    @Test("One that is to be dropped when late is not said after a sleep; one that is kept is")
    func drop() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Talks", at: "2026-03-26T15:00:00", alarms: [.before(900), .before(600, .drop)])
        try await scene.settle()
        scene.sleep(until: "2026-03-26T14:55:00")
        try await scene.settle()
        #expect(scene.said == ["reminder: Late: Talks in 5 min, 15:00 UTC"])
        #expect(scene.nextDue == nil)
    }

    @Test("On time, and up to a minute after it, it is said")
    func inTime() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Talks", at: "2026-03-26T15:00:00", alarms: [.before(600, .drop)])
        try await scene.settle()
        scene.sleep(until: "2026-03-26T14:50:50")
        try await scene.settle()
        #expect(scene.said == ["reminder: Talks in 9 min, 15:00 UTC"])
    }

    @Test("A series goes on with its next date")
    func series() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add(
            "Call", at: "2026-03-26T15:00:00", rule: "FREQ=DAILY;COUNT=5", alarms: [.before(600, .drop)])
        try await scene.settle()
        scene.sleep(until: "2026-03-28T20:00:00")
        try await scene.settle()
        #expect(scene.said == [])
        #expect(scene.nextDue == .at("2026-03-29T14:50:00"))
    }

    @Test("What was sent in time and not yet recorded at a crash is not taken for late")
    func sentBeforeCrash() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T14:49:00")
        try await scene.add("Talks", at: "2026-03-26T15:00:00", alarms: [.before(600, .drop)])
        try await scene.settle()
        scene.sleep(until: "2026-03-26T14:50:00")
        try await scene.settle(journald: false)
        try await scene.restart()
        scene.sleep(until: "2026-03-26T14:55:00")
        try await scene.settle()
        #expect(scene.said.count == 1)
        #expect(try await scene.store.read { try $0.countNotifications() } == 1)
    }

    @Test("What was dropped stays so for the check, also where the clock is set back since")
    func check() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add(
            "Call", at: "2026-03-26T15:00:00", rule: "FREQ=DAILY", alarms: [.before(600, .drop), .before(300)])
        try await scene.settle()
        scene.sleep(until: "2026-03-26T14:56:00")
        try await scene.settle()
        scene.sleep(until: "2026-03-26T14:00:00")
        try await scene.settle()
        #expect(scene.said == ["reminder: Late: Call in 4 min, 15:00 UTC"])
        #expect(try scene.store.check(behind: 0, limit: 9, at: scene.time.now).faults == [])
    }

    @Test("The wish can be changed while it is owed, and nothing is said twice or lost")
    func changed() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Talks", at: "2026-03-26T15:00:00", alarms: [.before(600, .drop)])
        scene.journal.kill()
        scene.sleep(until: "2026-03-26T14:52:00")
        try await scene.settle()
        try await scene.change(1) { $0.alarms = .own([.before(600)]) }
        scene.journal.start()
        scene.sleep(until: "2026-03-26T14:53:00")
        try await scene.settle()
        #expect(scene.said == ["reminder: Late: Talks in 7 min, 15:00 UTC"])
        #expect(try await scene.countOwed() == 0)
    }
}
