import ConveneCore
import ConveneTestSupport
import Testing
import ZonedTime

/// When alarms are due where the clocks change, as a person would expect.
@Suite("Alarms where the clocks change")
struct AlarmClockChangeTests {
    private let zones = SampleZones.shared

    private func due(
        _ trigger: AlarmTrigger, start: String, for length: CalendarDuration = .seconds(3_600), zone: String
    ) throws -> String {
        let timing = Timing(start: .at(start), duration: length, zone: zone, city: nil)
        let meeting = Meeting(uid: "m", number: 1, summary: "Talks", segments: [Segment(timing)])
        let occurrence = try #require(try meeting.occurrence(of: nil, in: zones))
        let instant = trigger.due(for: occurrence, in: try zones.zone(named: zone))
        return instant.rfc3339(at: .utc)
    }

    @Test("An alarm counted from an end in a repeated hour comes after that end, not after the first of the two")
    func endInRepeatedHour() throws {
        // London, 25 October 2026: at 02:00 BST (01:00 UTC) the clocks go back to 01:00 GMT. From 01:30 BST an hour
        // long, it ends at 01:30 GMT, which is 01:30 UTC.
        let start = "2026-10-25T01:30:00"
        #expect(try due(.afterEnd(.zero), start: start, zone: "Europe/London") == "2026-10-25T01:30:00Z")
        #expect(try due(.afterEnd(.seconds(600)), start: start, zone: "Europe/London") == "2026-10-25T01:40:00Z")
    }

    @Test("Before a start in a repeated hour it is the first of the two that counts, as for the meeting itself")
    func startInRepeatedHour() throws {
        let start = "2026-10-25T01:30:00"
        #expect(try due(.beforeStart(.seconds(900)), start: start, zone: "Europe/London") == "2026-10-25T00:15:00Z")
    }

    @Test("A day before that falls into a gap is as much later as the clock skips")
    func dayBeforeInGap() throws {
        // London, 29 March 2026: 01:00 to 02:00 is skipped; 01:30 is taken as 02:30 BST.
        #expect(
            try due(.beforeStart(.days(1)), start: "2026-03-30T01:30:00", zone: "Europe/London")
                == "2026-03-29T01:30:00Z")
    }

    @Test("A day before that falls into a repeated hour is the first of the two")
    func dayBeforeInOverlap() throws {
        #expect(
            try due(.beforeStart(.days(1)), start: "2026-10-26T01:30:00", zone: "Europe/London")
                == "2026-10-25T00:30:00Z")
    }

    @Test("Hours before a meeting in a gap are counted from when it really begins")
    func startInGap() throws {
        #expect(
            try due(.beforeStart(.seconds(3_600)), start: "2026-03-29T01:30:00", zone: "Europe/London")
                == "2026-03-29T00:30:00Z")
    }

    @Test("A day after the end keeps the hour of that clock")
    func dayAfterEnd() throws {
        #expect(
            try due(.afterEnd(.days(1)), start: "2026-03-28T10:00:00", zone: "Europe/London")
                == "2026-03-29T10:00:00Z")
    }

    @Test("A fixed time in a gap is as much later as the clock skips; in a repeated hour it is the first")
    func fixed() throws {
        let zone = try zones.zone(named: "Europe/London")
        for (reading, instant) in [
            ("2026-03-29T01:30:00", "2026-03-29T01:30:00Z"), ("2026-10-25T01:30:00", "2026-10-25T00:30:00Z"),
        ] {
            let trigger = AlarmTrigger.at(.at(reading), in: zone)
            #expect(try due(trigger, start: "2026-12-01T10:00:00", zone: "Europe/London") == instant)
        }
    }
}
