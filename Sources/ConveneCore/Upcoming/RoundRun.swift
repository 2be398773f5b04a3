import Recurrence
public import ZonedTime

/// What the rounds of many series have in common: the days on which their periods begin, and how they stand.
///
/// Of ten thousand monthly series in one zone the index holds a single pattern.
public struct RoundPattern: Hashable, Sendable {
    public let zone: String
    /// The RFC 5545 text of the rule that gives the first days of the periods.
    public let rule: String
    /// From where the rule counts.
    public let start: CivilDateTime
    /// Of its rounds without a date: possible, unless the series was called off.
    public let status: Status

    public init(zone: String, rule: String, start: CivilDateTime, status: Status) {
        self.zone = zone
        self.rule = rule
        self.start = start
        self.status = status
    }

    /// The pattern of a segment; the same for all that count from different periods of one grid.
    init(_ segment: Segment, _ rule: RecurrenceRule) {
        zone = segment.timing.zone
        status = segment.status
        self.rule = rule.text
        start = RoundPattern.origin(of: rule, segment.timing.start) ?? segment.timing.start
    }

    /// The first period since 1970 of the rules that the cadences have; `nil` for any other.
    private static func origin(of rule: RecurrenceRule, _ start: CivilDateTime) -> CivilDateTime? {
        guard rule.end == .never, start.time == .midnight else { return nil }
        for cadence in Cadence.allCases {
            guard let (known, first) = cadence.periods(around: start.date), known == rule, first == start.date else {
                continue
            }
            if cadence == .weekly || cadence == .fortnightly {
                let days = floorMod(start.date.daysSinceEpoch, cadence == .weekly ? 7 : 14)
                return CivilDate(year: 1970, month: 1, day: 1)?.advanced(byDays: days)
                    .map { CivilDateTime($0, .midnight) }
            }
            // Their periods begin in January, of any year.
            return CivilDate(year: 1970, month: 1, day: 1).map { CivilDateTime($0, .midnight) }
        }
        return nil
    }

    /// The first days of the periods; `nil` where the rule cannot be read.
    var periods: RecurrenceSet? {
        guard let rule = try? RecurrenceRule(rule) else { return nil }
        return RecurrenceSet(
            start: start, rules: [rule], dates: [], exclusions: [], isWholeDays: true, zone: .utc)
    }
}

/// Rounds of one series that follow each other without a date.
public struct RoundRun: Hashable, Sendable {
    public let pattern: RoundPattern
    /// The period of the first of them.
    public let first: CivilDateTime
    public let startsAt: Instant
    /// Where the next round that has a date begins its period; `nil` where none has.
    public let endsAt: Instant?
    /// From when on the first of these is the next round without a date.
    public let waitsFrom: Instant
}

/// Which of the rounds without a date a search is for.
public enum UndatedRounds: Sendable {
    case all
    /// Of each series the next one, as seen at an instant, and those before it. A series goes on for ever: that
    /// September after next has no date yet is no news.
    case next(at: Instant)
    case none
}

extension Meeting {
    /// Whether the dates of a segment's occurrences are agreed one by one.
    func isRounds(_ segment: Segment) -> Bool {
        rounds != nil && segment.rule != nil && segment.timing.form == .window && segment.dates.isEmpty
    }

    /// The stretches of rounds without a date, and the recurrence ids of those without one that are not open.
    func roundRuns(in zones: any TimeZoneSource) throws(MeetingProblem) -> (runs: [RoundRun], closed: [CivilDateTime]) {
        var runs: [RoundRun] = []
        var closed: [CivilDateTime] = []
        var waitsFrom = Instant.distantPast
        for segment in segments where isRounds(segment) {
            guard let rule = segment.rule else { continue }
            let zone = try zones.zone(named: segment.timing.zone)
            let pattern = RoundPattern(segment, rule)
            let grid = RecurrenceSet(start: segment.timing.start, rules: [rule], isWholeDays: true, zone: .utc)
            if segment.status != .possible { waitsFrom = .distantPast }
            var first = grid.next(onOrAfter: segment.timing.start)
            func end(before period: CivilDateTime?) {
                guard let begin = first, segment.covers(begin), period.map({ begin < $0 }) ?? true else { return }
                runs.append(
                    RoundRun(
                        pattern: pattern, first: begin, startsAt: zone.firstInstant(of: begin.date),
                        endsAt: period.map { zone.firstInstant(of: $0.date) }, waitsFrom: waitsFrom))
                if let period { waitsFrom = zone.firstInstant(of: period.date) }
            }
            for period in breaks(of: segment) where grid.contains(period) {
                end(before: period)
                first = grid.next(after: period)
                if override(of: period).map({ $0.timing == nil }) ?? false { closed.append(period) }
            }
            end(before: segment.endsBefore)
        }
        return (runs, closed)
    }

    /// The periods of a segment whose rounds are not open as its others are, in order.
    private func breaks(of segment: Segment) -> [CivilDateTime] {
        let changed = overrides.filter { ($0.timing != nil || $0.status != nil) && segment.covers($0.recurrenceID) }
            .map(\.recurrenceID)
        return Set(changed + segment.exclusions).filter { $0 >= segment.timing.start }.sorted()
    }
}
