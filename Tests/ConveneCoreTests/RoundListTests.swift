import ConveneCore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

@Suite("Rounds in lists")
struct RoundListTests {
    private static let zones = SampleZones.shared
    private static let now = Instant.at("2026-03-25T12:00:00")

    /// Series of every cadence in zones with odd clocks, some of whose rounds were fixed, put off, skipped or held.
    private func schedule(seed: UInt64) throws -> [Meeting] {
        var random = SplitMix64(seed: seed)
        return try (1...25).map { number in
            let zone = Self.zones.identifiers.randomElement(using: &random) ?? "UTC"
            let cadence = Cadence.allCases.filter { $0 != .custom }.randomElement(using: &random) ?? .monthly
            let day =
                CivilDateTime.at("2025-06-01T00:00:00").date.advanced(byDays: Int.random(in: 0...400, using: &random))
                ?? .min
            let (rule, first) = try #require(cadence.periods(around: day))
            // The longest of the periods decides how far back a search looks.
            let last = try #require(first.advanced(byDays: 365))
            let window = try #require(Timing(.window, first: first, last: last, zone: zone, city: nil))
            var segment = Segment(window, status: .possible, rule: rule)
            // Some come to an end.
            if Int.random(in: 0..<5, using: &random) == 0 { segment.rule?.end = .count(6) }
            var meeting = Meeting(
                uid: "\(number)", number: number, summary: "\(number)", segments: [segment],
                rounds: Rounds(cadence: cadence))
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                try? change(&meeting, &random)
            }
            return meeting
        }
    }

    private func change(_ meeting: inout Meeting, _ random: inout SplitMix64) throws {
        let set = meeting.segments[0].recurrenceSet(in: .utc)
        let periods = Array(set.starts(from: .at("2025-09-01T00:00:00")).prefix(12))
        guard let period = periods.randomElement(using: &random), let other = periods.randomElement(using: &random),
            let zone = Self.zones.timeZone(meeting.timing.zone)
        else { return }
        let at = Timing(
            start: CivilDateTime(
                period.date.advanced(byDays: 3) ?? period.date, CivilTime(hour: 10, minute: 0) ?? .midnight),
            duration: .seconds(3_600), zone: zone.identifier, city: nil)
        switch Int.random(in: 0..<7, using: &random) {
        case 0, 1: try meeting.fix(period, at: at, host: nil, now: Self.now, in: Self.zones)
        case 2: try meeting.propose(period, at: at, host: nil, own: nil, now: Self.now, in: Self.zones)
        case 3: try meeting.skip(period, reason: nil, in: Self.zones)
        case 4: try meeting.merge(period, into: other, reason: nil, in: Self.zones)
        case 5: try meeting.describe(period, note: "a word")
        default: try meeting.setStatus(.cancelled, of: nil, at: Self.now, in: Self.zones)
        }
    }

    @Test("A list of all rounds is what each series alone says, in order", arguments: 1...10)
    func all(seed: UInt64) throws {
        let meetings = try schedule(seed: seed)
        for (from, until) in [("2025-05-01", "2025-12-01"), ("2026-03-25", "2026-06-02"), ("2026-11-01", "2027-02-01")]
        {
            let from = Instant.at("\(from)T09:30:00"), until = Instant.at("\(until)T00:00:00")
            let listed = try list(meetings, from: from, until: until, .all)
            let expected = try meetings.flatMap { meeting in
                try alone(meeting, from: from, until: until).map { name($0, of: meeting) }
            }
            #expect(Set(listed).symmetricDifference(expected).sorted() == [])
        }
    }

    @Test("Else it holds of each series the next round without a date, and those before it", arguments: 1...10)
    func nextOnly(seed: UInt64) throws {
        let meetings = try schedule(seed: seed)
        for from in ["2025-11-10", "2026-03-25", "2026-04-05", "2026-12-01"] {
            let from = Instant.at("\(from)T12:00:00"), until = Instant.at("2031-01-01T00:00:00")
            let listed = try list(meetings, from: from, until: until, .next(at: Self.now))
            let expected = try meetings.flatMap { meeting in
                let first = try #require(try RoundPlan(meeting, at: Self.now, in: Self.zones)).firstOpen()
                return try alone(meeting, from: from, until: until).filter { occurrence in
                    guard meeting.standing(of: occurrence) == .open else { return occurrence.status != .cancelled }
                    return first.flatMap { first in occurrence.recurrenceID.map { $0 <= first } } ?? true
                }.map { name($0, of: meeting) }
            }
            // Of those that were called off a list shows no more than it must.
            let standing = Set(listed.filter { !$0.hasSuffix("cancelled") })
            #expect(standing.symmetricDifference(expected).sorted() == [])
        }
    }

    @Test("No round without a date is listed where none is asked for")
    func none() throws {
        let meetings = try schedule(seed: 3)
        let from = Instant.at("2025-05-01T00:00:00"), until = Instant.at("2027-01-01T00:00:00")
        let listed = try list(meetings, from: from, until: until, .none)
        let dated = try meetings.flatMap { meeting in
            try alone(meeting, from: from, until: until).filter { occurrence in
                occurrence.recurrenceID.flatMap(meeting.override)?.timing != nil
                    || occurrence.recurrenceID.flatMap(meeting.override)?.status != nil
            }.map { name($0, of: meeting) }
        }
        #expect(!dated.isEmpty)
        #expect(Set(listed).symmetricDifference(dated).sorted() == [])
    }

    @Test("Series of one cadence and zone share a pattern, whenever they began")
    func shared() throws {
        let starts = ["2019-09-01", "2025-03-01", "2026-11-01"].map { CivilDateTime.at("\($0)T00:00:00").date }
        let patterns = try starts.map { date in
            let (rule, first) = try #require(Cadence.monthly.periods(around: date))
            let window = try #require(Timing(.window, first: first, last: first, zone: "Asia/Seoul", city: nil))
            let meeting = Meeting(
                uid: "1", number: 1, summary: "1", segments: [Segment(window, status: .possible, rule: rule)],
                rounds: Rounds(cadence: .monthly))
            return try IndexEntries(of: meeting, in: VectorZones()).runs.map(\.pattern)
        }
        #expect(Set(patterns).count == 1)
        #expect(patterns[0].count == 1)
    }

    private func list(
        _ meetings: [Meeting], from: Instant, until: Instant, _ undated: UndatedRounds
    ) throws -> [String] {
        var upcoming = try UpcomingOccurrences(
            endingAfter: from, startingBefore: until, undated: undated, in: try PlainIndex(meetings), zones: Self.zones)
        return try upcoming.listed(by: name)
    }

    private func alone(_ meeting: Meeting, from: Instant, until: Instant) throws -> [Occurrence] {
        var all = try MeetingOccurrences(meeting, endingAfter: from, in: Self.zones)
        var found: [Occurrence] = []
        while let next = all.next(), next.startsAt < until { found.append(next) }
        return found
    }

    private func name(_ occurrence: Occurrence, of meeting: Meeting) -> String {
        "\(meeting.number) \(occurrence.recurrenceID?.iso8601 ?? "-") \(occurrence.startsAt.secondsSinceEpoch) "
            + occurrence.status.rawValue
    }
}
