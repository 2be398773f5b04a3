import ConveneCore
import ConveneStore
import ConveneTestSupport
import Testing
import ZonedTime

@testable import Simulation

/// What is said after an end, or before a window closes.
@Suite("Reminders that count from the end")
struct EndAlarmTests {
    private let minutes = Alarm(id: "minutes", trigger: .afterEnd(.seconds(600)))

    @Test("Another end is another reminder, also where the first was said; the old one back says nothing twice")
    func otherEnd() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        let talks = try await scene.add("Talks", at: "2026-03-26T13:00:00", alarms: [minutes])
        try await scene.run(until: "2026-03-26T14:15:00")
        try await scene.change(1) { meeting in
            meeting.segments[0].timing = Timing(
                start: talks.timing.start, duration: .seconds(2 * 3_600), zone: "UTC", city: nil)
        }
        try await scene.run(until: "2026-03-26T15:15:00")
        try await scene.undo(1, to: talks)
        try await scene.run(until: "2026-03-26T18:00:00")
        #expect(scene.said == ["reminder: Talks ended 10 min ago", "reminder: Talks ended 10 min ago"])
        let ends = scene.identities.compactMap(\.first).map { $0.drop { $0 != "[" } }
        #expect(ends == ["[UTC]/PT1H/END+PT10M/1", "[UTC]/PT2H/END+PT10M/1"])
        #expect(try scene.store.check(behind: 0, limit: 9, at: scene.time.now).faults.isEmpty)
    }

    @Test("A window that is given more time asks for its date again")
    func window() async throws {
        let scene = try await ReminderScene(at: "2026-03-02T12:00:00")
        try await scene.add("Visit", between: "2026-03-09", "2026-03-12", alarms: .standard)
        try await scene.run(until: "2026-03-12T20:00:00")
        #expect(scene.said.count == 2)
        let longer = try Timing.window("2026-03-09", "2026-03-27")
        try await scene.change(1) { $0.segments[0].timing = longer }
        try await scene.run(until: "2026-03-30T12:00:00")
        #expect(
            scene.said.dropFirst(2) == [
                "open: No date in 9–27 Mar: Visit (UTC)", "open: Last day for 9–27 Mar: Visit",
            ])
    }

    @Test("What was held is reminded of after its end, and of nothing else; what was called off is not")
    func held() async throws {
        for (status, said) in [(Status.held, 2), (.cancelled, 1)] {
            let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
            let lag = Alarm(id: "lag", trigger: .afterStart(.seconds(3_700)))
            try await scene.add("Talks", at: "2026-03-26T13:00:00", alarms: [.before(600), lag, minutes])
            try await scene.run(until: "2026-03-26T14:01:00")
            try await scene.change(1) { $0.segments[0].status = status }
            try await scene.restart()
            try await scene.run(until: "2026-03-26T16:00:00")
            #expect(scene.said.count == said)
            #expect(try scene.store.check(behind: 0, limit: 9, at: scene.time.now).faults.isEmpty)
        }
    }

    @Test("Of a series, too: the date that was held, and the next one")
    func heldDate() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Weekly", at: "2026-03-26T13:00:00", rule: "FREQ=WEEKLY", alarms: [minutes])
        try await scene.run(until: "2026-03-26T14:01:00")
        try await scene.change(1) { meeting in
            try meeting.setStatus(
                .held, of: .at("2026-03-26T13:00:00"), at: .at("2026-03-26T14:01:00"), in: SampleZones.shared)
        }
        try await scene.run(until: "2026-04-02T14:15:00")
        #expect(scene.said == ["reminder: Weekly ended 10 min ago", "reminder: Weekly ended 10 min ago"])
    }
}
