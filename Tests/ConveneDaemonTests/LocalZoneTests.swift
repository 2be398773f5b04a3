import ConveneCore
import ConveneTestSupport
import Testing
import ZonedTime

@testable import Simulation

/// The zone in which the journal is read.
@Suite("The machine's own zone")
struct LocalZoneTests {
    @Test("'Tomorrow' is said by the zone that the machine has now, without a restart")
    func follows() async throws {
        let scene = try await ReminderScene(at: "2026-03-24T12:00:00")
        // 08:00 in Tokyo is 23:00 the day before in London.
        for (name, day) in [("First", "26"), ("Second", "27")] {
            try await scene.add(
                name, at: "2026-03-\(day)T08:00:00", zone: "Asia/Tokyo",
                alarms: [Alarm(id: name, trigger: .beforeStart(.days(1)))])
        }
        try await scene.run(until: "2026-03-25T12:00:00")
        scene.machine.zone = try SampleZones.shared.zone(named: "Asia/Tokyo")
        scene.take(.zoneDataChanged)
        try await scene.run(until: "2026-03-26T12:00:00")
        #expect(
            scene.said == ["reminder: First: Thu 08:00 Tokyo", "reminder: Second tomorrow, 08:00 Tokyo"])
    }
}
