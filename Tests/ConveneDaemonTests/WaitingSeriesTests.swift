import ConveneCore
import ConveneStore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

@testable import Simulation

/// What waits of a series for its turn, while the series goes on past it.
@Suite("A series of which something waits")
struct WaitingSeriesTests {
    private func faults(_ scene: ReminderScene) throws -> [String] {
        try scene.store.check(behind: 0, limit: 99, at: scene.time.now).faults.map { "\($0.place): \($0.what)" }
            + scene.store.checkFile(limit: 9).map { "\($0.place): \($0.what)" }
    }

    /// The talks are said late; the call waits for its turn.
    private func scene(rule: String?) async throws -> (ReminderScene, Meeting) {
        let scene = try await ReminderScene(at: "2026-03-01T12:00:00", lateLimit: 1)
        try await scene.add("Talks", at: "2026-03-04T09:00:00", alarms: [.before(2 * 86_400)])
        let call = try await scene.add("Call", at: "2026-03-04T10:00:00", rule: rule, alarms: [.before(86_400)])
        try await scene.settle()
        scene.sleep(until: "2026-03-03T10:30:00")
        try await scene.settle()
        #expect(scene.said == ["reminder: Late: Talks tomorrow, 09:00 UTC"])
        return (scene, call)
    }

    @Test("Called off and brought back at once, it still waits", arguments: [nil, "FREQ=WEEKLY"])
    func slip(rule: String?) async throws {
        let (scene, call) = try await scene(rule: rule)
        try await scene.change(call.number) { $0.segments[0].status = .cancelled }
        try await scene.settle()
        #expect(try await scene.countOwed() == 0)
        try await scene.undo(call.number, to: call)
        try await scene.run(until: "2026-03-03T12:00:00")
        #expect(scene.said.dropFirst() == ["reminder: Late: Call tomorrow, 10:00 UTC"])
        #expect(try faults(scene) == [])
    }

    @Test("Deleted and brought back at once, it still waits", arguments: [nil, "FREQ=WEEKLY"])
    func deletion(rule: String?) async throws {
        let (scene, call) = try await scene(rule: rule)
        try await scene.delete(call.number)
        try await scene.settle()
        try await scene.undo(call.number, to: call)
        try await scene.run(until: "2026-03-03T12:00:00")
        #expect(scene.said.dropFirst() == ["reminder: Late: Call tomorrow, 10:00 UTC"])
        #expect(try faults(scene) == [])
    }

    @Test("Whatever is edited and brought back, each date is said once", arguments: 0..<7)
    func edits(which: Int) async throws {
        let scene = try await ReminderScene(at: "2026-03-01T12:00:00", lateLimit: 1)
        for name in ["Talks", "Talks 2"] {
            try await scene.add(name, at: "2026-03-04T09:00:00", alarms: [.before(2 * 86_400)])
        }
        let call = try await scene.add(
            "Call", at: "2026-03-03T10:00:00", rule: which == 6 ? "FREQ=DAILY;COUNT=4" : "FREQ=DAILY",
            alarms: [.before(86_400), .before(3_600)])
        try await scene.settle()
        scene.sleep(until: "2026-03-05T09:59:40")
        try await scene.settle()
        #expect(try faults(scene) == [])
        try await scene.change(call.number) { meeting in
            switch which {
            case 0: meeting.note = "x"
            case 1: meeting.segments[0].exclusions = [.at("2026-03-04T10:00:00")]
            case 2: meeting.segments[0].exclusions = [.at("2026-03-05T10:00:00")]
            case 3: meeting.alarms = .own([.before(86_400)])
            case 4:
                meeting.overrides = [
                    Override(
                        .at("2026-03-05T10:00:00"), timing: nil, status: nil, summary: "Other", place: nil, note: nil)
                ]
            case 5: meeting.segments[0].status = .cancelled
            default: meeting.place = "x"
            }
        }
        try await scene.settle()
        #expect(try faults(scene) == [])
        try await scene.undo(call.number, to: call)
        try await scene.settle()
        #expect(try faults(scene) == [])
        try await scene.run(until: "2026-03-05T10:10:00")
        // Three dates by both alarms, and that of the next day by the first; both talks.
        let identities = scene.identities.flatMap { $0 }
        #expect(identities.count == 2 + 7 && Set(identities).count == identities.count)
        #expect(try await scene.countOwed() == 0)
        #expect(try faults(scene) == [])
    }

    @Test("A clock that is set back before it was due changes nothing of it")
    func clockSetBack() async throws {
        let scene = try await ReminderScene(at: "2026-03-01T12:00:00", lateLimit: 1)
        try await scene.add("Talks", at: "2026-03-04T09:00:00", alarms: [.before(2 * 86_400)])
        try await scene.add("Call", at: "2026-03-03T10:00:00", rule: "FREQ=DAILY", alarms: [.before(86_400)])
        try await scene.settle()
        scene.sleep(until: "2026-03-03T09:50:00")
        try await scene.settle()
        scene.sleep(until: "2026-03-02T09:30:00")
        try await scene.settle()
        #expect(try faults(scene) == [])
        try await scene.run(until: "2026-03-03T11:00:00")
        #expect(
            scene.said == [
                "reminder: Late: Talks tomorrow, 09:00 UTC", "reminder: Call tomorrow, 10:00 UTC",
                "reminder: Call tomorrow, 10:00 UTC",
            ])
        #expect(Set(scene.identities.joined()).count == 3)
        #expect(try faults(scene) == [])
    }

    @Test("However many dates wait, it goes on in one step")
    func years() async throws {
        let scene = try await ReminderScene(at: "2023-03-01T12:00:00", lateLimit: 1)
        try await scene.add("Talks", at: "2026-06-04T09:00:00", alarms: [.before(1_190 * 86_400)])
        try await scene.add(
            "Tick", at: "2023-03-03T10:00:00", for: .seconds(30), rule: "FREQ=MINUTELY", alarms: [.before(60)])
        try await scene.settle()
        scene.sleep(until: "2026-03-05T10:00:30")
        try await scene.settle(steps: 50)
        // The first that waits, and the one that comes.
        #expect(try await scene.countOwed() == 1)
        #expect(scene.nextDue == .at("2026-03-05T10:01:00"))
        try await scene.settle(steps: 50)
        #expect(try faults(scene) == [])
    }

    @Test("New zone data is worked in beside it")
    func derivation() {
        var machine = ReminderMachine.started()
        let now = Instant.at("2026-03-02T15:00:00")
        var full = ReminderMachine.Found.fullPortion
        machine.take(.zoneDataChanged)
        var (countAside, countDerived, steps) = (0, 0, 0)
        while steps < 1_000, let action = machine.nextAction(at: now) {
            steps += 1
            switch action {
            case .reloadZones: machine.reloadedZones()
            case .shortenPauses: machine.shortenedPauses()
            case .lookUp:
                machine.found(full, at: now)
                full.countLate = 0
            case .standAside:
                countAside += 1
                machine.stoodAside(hasMoved: true)
            case .derive:
                countDerived += 1
                machine.derived(isComplete: false)
            default: break
            }
        }
        #expect(countAside > 100 && countDerived > 100)
    }
}
