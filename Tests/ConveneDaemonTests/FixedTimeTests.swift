import ConveneCore
import ConveneTestSupport
import Testing
import ZonedTime

@Suite("Reminders at a fixed time, and a date that is fixed")
struct FixedTimeTests {
    @Test("On rounds a fixed time is said of the round that comes next then, dated or open")
    func rounds() async throws {
        let scene = try await ReminderScene(at: "2026-03-02T12:00:00")
        let fixed = ["2026-03-20T18:00:00", "2026-03-30T18:00:00"].map { text in
            Alarm(id: text, trigger: .at(.at(text), in: .utc))
        }
        let talks = try await scene.add(
            "Talks", between: "2026-03-01", "2026-04-01", rounds: .monthly, alarms: .own(fixed))
        try await scene.change(talks.number) { meeting in
            let timing = Timing(
                start: .at("2026-03-26T15:00:00"), duration: .seconds(3_600), zone: "UTC", city: nil)
            try meeting.move(.at("2026-03-01T00:00:00"), to: timing, in: SampleZones.shared)
        }
        try await scene.run(until: "2026-03-31T12:00:00")
        #expect(
            scene.said == [
                "reminder: Talks: Thu 26 Mar, 15:00 UTC", "open: Talks: no date yet, 1–30 Apr UTC",
            ])
    }

    @Test("Once a window has its date, its own one and the standard ones are said, and no date is asked for")
    func window() async throws {
        let scene = try await ReminderScene(at: "2026-03-02T12:00:00")
        let own = Alarm(id: "own", trigger: .beforeStart(.seconds(300)))
        let alarms = StandardAlarms.initial.kept(
            of: try await scene.add("Visit", between: "2026-03-09", "2026-03-12", alarms: .standard))
        try await scene.change(1) { meeting in
            meeting.alarms = .own((alarms + [own]).sorted { $0.id < $1.id })
        }
        try await scene.change(1) { meeting in
            let timing = Timing(
                start: .at("2026-03-11T15:00:00"), duration: .seconds(3_600), zone: "UTC", city: nil)
            try meeting.move(nil, to: timing, in: SampleZones.shared)
        }
        try await scene.run(until: "2026-03-20T12:00:00")
        #expect(
            scene.said == [
                "reminder: Visit tomorrow, 15:00 UTC", "reminder: Visit in 15 min, 15:00 UTC",
                "reminder: Visit in 5 min, 15:00 UTC",
            ])
    }
}
