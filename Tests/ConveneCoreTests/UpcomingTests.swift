import ConveneCore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

@Suite("What is upcoming")
struct UpcomingTests {
    /// Short and long, in zones whose clocks do something odd, and rules of every kind.
    private static let patterns = [
        "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3;BYDAY=MO,TU,WE", "FREQ=DAILY;BYHOUR=1,2,3,23", "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=3FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=1MO,6MO", "FREQ=MONTHLY;INTERVAL=5",
        "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD", "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
        "FREQ=YEARLY;BYMONTH=3,11;BYDAY=SU,SA;BYSETPOS=2,-1", "FREQ=YEARLY;BYWEEKNO=13,44",
        "FREQ=YEARLY;BYYEARDAY=-60,300",
        "FREQ=HOURLY;INTERVAL=7", "FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR", "FREQ=WEEKLY;COUNT=4",
        "FREQ=DAILY;UNTIL=20260405",
    ]

    private static let lengths = [15, 90, 400, 3_000, 30_000]

    private func schedule(seed: UInt64) throws -> [Meeting] {
        var random = SplitMix64(seed: seed)
        return try (1...40).map { number in
            let zone = SampleZones.shared.identifiers.randomElement(using: &random) ?? "UTC"
            let month = Int.random(in: 1...12, using: &random)
            let day = Int.random(in: 1...28, using: &random)
            let hour = Int.random(in: 0...23, using: &random)
            let date = CivilDate(year: Int.random(in: 2024...2026, using: &random), month: month, day: day) ?? .min
            let start = CivilDateTime(date, CivilTime(secondOfDay: hour * 3_600 + 1_800) ?? .midnight)
            let isSeries = Int.random(in: 0..<4, using: &random) > 0
            let rule = try isSeries ? RecurrenceRule(Self.patterns.randomElement(using: &random) ?? "") : nil
            let minutes = Self.lengths.randomElement(using: &random) ?? 15
            let timing = Timing(start: start, duration: .seconds(Int64(minutes) * 60), zone: zone, city: nil)
            var meeting = Meeting(
                uid: "\(number)", number: number, summary: "\(number)",
                segments: [Segment(timing, status: .confirmed, rule: rule)])
            // Every third series has a date that was moved, by hours or by months.
            if isSeries, number % 3 == 0,
                let some = try meeting.occurrences(endingAfter: Self.from, limit: 3, in: SampleZones.shared).last
            {
                let hours = Int64([-1_000, -5, 1, 30, 3_000].randomElement(using: &random) ?? 1)
                let moved = some.timing.start.advanced(bySeconds: hours * 3_600) ?? some.timing.start
                try meeting.move(some.recurrenceID, to: some.timing.starting(at: moved), in: SampleZones.shared)
            }
            return meeting
        }
    }

    /// A day before the clocks of Europe go forward.
    private static let from = Instant.at("2026-03-28T09:20:00")
    private static let until = Instant.at("2026-05-01T00:00:00")

    @Test("A list holds everything that goes on or begins, once, in the order of its start", arguments: 1...12)
    func complete(seed: UInt64) throws {
        let meetings = try schedule(seed: seed)
        var upcoming = try UpcomingOccurrences(
            endingAfter: Self.from, startingBefore: Self.until, in: try PlainIndex(meetings), zones: SampleZones.shared)
        let listed = try upcoming.listed(by: name)
        #expect(Set(listed) == Set(try meetings.flatMap(walked)))
    }

    /// By walking through the whole of a meeting from its first day on, date by date.
    private func walked(_ meeting: Meeting) throws -> [String] {
        let zones = SampleZones.shared
        var names: [String] = []
        var ids: [CivilDateTime?] = meeting.isSeries ? [] : [nil]
        for segment in meeting.isSeries ? meeting.segments : [] {
            let zone = try zones.zone(named: segment.timing.zone)
            // A moved date can have come from far beyond the end.
            for start in segment.recurrenceSet(in: zone).starts(from: .min) {
                guard start < .at("2027-06-01T00:00:00") else { break }
                ids.append(start)
            }
        }
        for id in ids {
            guard let occurrence = try meeting.occurrence(of: id, in: zones) else { continue }
            let isAsked =
                occurrence.startsAt < Self.until
                && (occurrence.endsAt > Self.from || occurrence.startsAt >= Self.from)
            if isAsked { names.append(name(occurrence, of: meeting)) }
        }
        return names
    }

    private func name(_ occurrence: Occurrence, of meeting: Meeting) -> String {
        "\(meeting.number) \(occurrence.recurrenceID?.iso8601 ?? "single") \(occurrence.timing.start.iso8601)"
    }
}
