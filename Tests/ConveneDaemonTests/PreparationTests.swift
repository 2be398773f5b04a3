import ConveneCore
import ConveneStore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

@testable import Simulation

/// What is due is composed a second before; what happens in that second counts all the same.
@Suite("Composed a second before it is due")
struct PreparationTests {
    private static let reminder = "reminder: DG talks in 15 min, 15:00 UTC"

    /// A meeting at 15:00 with a reminder a quarter of an hour before, in the second before that is due.
    private func prepared(
        zone: String = "UTC", zones: any TimeZoneSource = SampleZones.shared
    ) async throws -> (scene: ReminderScene, number: Int) {
        let scene = try await ReminderScene(at: "2027-03-26T14:00:00", zones: zones)
        let number = try await scene.add("DG talks", at: "2027-03-26T15:00:00", zone: zone, alarms: [.before(900)])
            .number
        try await scene.run(until: "2027-03-26T14:44:30")
        try await scene.reach("2027-03-26T14:44:59")
        return (scene, number)
    }

    @Test("In its second nothing but the sending is left to do, and before it nothing is said")
    func inTime() async throws {
        let (scene, _) = try await prepared()
        try await scene.settle(steps: 1)
        #expect(scene.said == [PreparationTests.reminder])
        #expect(scene.lastSentAt == .at("2027-03-26T14:45:00"))
    }

    @Test("Moved, cancelled or deleted in that second, it is not said")
    func edited() async throws {
        let acts: [(ReminderScene, Int) async throws -> Void] = [
            {
                try await $0.change($1) {
                    $0.segments[0].timing = $0.segments[0].timing.starting(at: .at("2027-03-27T15:00:00"))
                }
            },
            { try await $0.change($1) { $0.status = .cancelled } },
            { scene, number in try await scene.delete(number) },
        ]
        for act in acts {
            let (scene, number) = try await prepared()
            try await act(scene, number)
            try await scene.run(until: "2027-03-26T15:30:00")
            #expect(scene.said == [])
        }
    }

    @Test("Named otherwise in that second, it is said by its new name, and what was added is said too")
    func renamed() async throws {
        let (scene, number) = try await prepared()
        try await scene.change(number) { $0.summary = "Talks of the DGs" }
        try await scene.add("Lunch", at: "2027-03-26T15:00:00", alarms: [.before(900)])
        try await scene.run(until: "2027-03-26T14:50:00")
        #expect(
            Set(scene.said) == [
                "reminder: Talks of the DGs in 15 min, 15:00 UTC", "reminder: Lunch in 15 min, 15:00 UTC",
            ])
    }

    @Test("Set on in that second, the clock has it said in the words of then; set back, it waits for its time")
    func clockSet() async throws {
        let (late, _) = try await prepared()
        late.sleep(until: "2027-03-26T14:50:00")
        try await late.settle()
        #expect(late.said == ["reminder: Late: DG talks in 10 min, 15:00 UTC"])

        let (early, _) = try await prepared()
        early.sleep(until: "2027-03-26T13:45:00")
        try await early.run(until: "2027-03-26T14:46:00")
        #expect(early.said == [PreparationTests.reminder])
        #expect(early.lastSentAt == .at("2027-03-26T14:45:00"))
    }

    @Test("The clock set on with nobody told yet: what was prepared says nothing in words that are not true")
    func clockSetUntold() async throws {
        let (scene, _) = try await prepared()
        scene.time.step(bySeconds: 300)
        try await scene.reach("2027-03-26T14:50:00")
        try await scene.settle()
        #expect(scene.said == ["reminder: Late: DG talks in 10 min, 15:00 UTC"])
    }

    @Test("Other zone data in that second: what is due then by it counts")
    func zoneData() async throws {
        let zones = SimulatedZones()
        // 15:00 there, an hour ahead of UTC.
        let scene = try await ReminderScene(at: "2027-03-26T13:00:00", zones: zones)
        try await scene.add("DG talks", at: "2027-03-26T15:00:00", zone: "Sim/North", alarms: [.before(900)])
        try await scene.run(until: "2027-03-26T13:44:30")
        try await scene.reach("2027-03-26T13:44:59")
        zones.change("Sim/North", from: Instant.at("2027-03-01T00:00:00").secondsSinceEpoch, by: -1_800)
        scene.take(.zoneDataChanged)
        try await scene.run(until: "2027-03-26T14:16:00")
        #expect(scene.said == ["reminder: DG talks in 15 min, 15:00 North"])
        #expect(scene.lastSentAt == .at("2027-03-26T14:15:00"))
    }

    @Test("A crash in that second loses nothing and doubles nothing")
    func crash() async throws {
        let (scene, _) = try await prepared()
        try await scene.restart()
        try await scene.run(until: "2027-03-26T15:30:00")
        #expect(scene.said == [PreparationTests.reminder])
    }

    @Test("What else is due in the same second is said with it")
    func together() async throws {
        let scene = try await ReminderScene(at: "2027-03-26T14:00:00")
        for name in ["Talks", "Lunch", "Call"] {
            try await scene.add(name, at: "2027-03-26T15:00:00", alarms: [.before(900)])
        }
        try await scene.set(
            Digest(id: "d", start: .at("2027-03-26T14:45:00"), rule: try .init("FREQ=DAILY"), zone: "UTC"))
        try await scene.run(until: "2027-03-26T14:44:30")
        try await scene.reach("2027-03-26T14:44:59")
        try await scene.reach("2027-03-26T14:45:00")
        try await scene.settle()
        #expect(scene.said.count == 4 && Set(scene.said).count == 4)
        #expect(scene.said.count { $0.hasPrefix("digest: ") } == 1)
        #expect(scene.lastSentAt == .at("2027-03-26T14:45:00"))
    }
}

extension ReminderScene {
    fileprivate var lastSentAt: Instant? { journal.entries.last.map { Instant(secondsSinceEpoch: $0.sentAt) } }
}
