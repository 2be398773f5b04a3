public import ZonedTime

/// What recurs: a start, the rules that go on from it, added dates and excluded ones (RFC 5545 §3.8.5).
///
/// All readings are nominal: what the wall clock of the meeting's zone is to show, also where it skips that hour.
/// The start belongs to the set even where no rule gives it; exclusions win over everything else,
/// and are taken away after COUNT has counted. COUNT counts what its rule gives.
public struct RecurrenceSet: Sendable {
    let rules: [BoundedRule]
    /// The start and the added dates, ascending and without repeats.
    let dates: [Int64]
    /// Ascending.
    let exclusions: [Int64]
    /// Lengths of added dates that have one of their own, by start.
    let periods: [CivilDateTime: CalendarDuration]
    /// Where occurrences were moved, by recurrence id.
    let moves: [CivilDateTime: CivilDateTime]
    private let start: Int64

    /// - Parameters:
    ///   - start: the first occurrence; where rules leave a part open, such as the weekday, it is the start's.
    ///   - dates: added ones (RDATE).
    ///   - periods: added ones with a length of their own (RDATE;VALUE=PERIOD), by start.
    ///   - exclusions: taken away, whatever gives them (EXDATE).
    ///   - moves: the starts of occurrences that were moved, by recurrence id (RECURRENCE-ID). Only `occurrences`
    ///     looks at them: all else speaks of recurrence ids.
    ///   - isWholeDays: the readings are dates; their times are midnight, and parts of the time of day are ignored.
    ///   - zone: where UNTIL is an instant, the zone whose wall clock the readings are; `nil` counts as UTC.
    public init(
        start: CivilDateTime, rules: [RecurrenceRule], dates: [CivilDateTime] = [],
        periods: [CivilDateTime: CalendarDuration] = [:], exclusions: [CivilDateTime] = [],
        moves: [CivilDateTime: CivilDateTime] = [:],
        isWholeDays: Bool = false, zone: TimeZone? = nil
    ) {
        self.start = start.secondsSinceEpoch
        self.rules = rules.map { BoundedRule($0, start: start, isWholeDays: isWholeDays, zone: zone) }
        let added = periods.isEmpty ? dates : dates + periods.keys
        self.dates =
            added.isEmpty ? [start.secondsSinceEpoch] : Set([start] + added).map(\.secondsSinceEpoch).sorted()
        self.periods = periods
        self.moves = moves
        self.exclusions = exclusions.isEmpty ? [] : Set(exclusions).map(\.secondsSinceEpoch).sorted()
    }

    /// The same from the values of RDATE and EXDATE, whatever their form.
    ///
    /// An EXDATE that is a date takes away what is at its midnight, as whole days are; of a series with times it
    /// takes nothing away (RFC 5545 §3.8.5.1: the value must match the start).
    public init(
        start: CivilDateTime, rules: [RecurrenceRule], added: [RecurrenceDate], excluded: [RecurrenceDate],
        isWholeDays: Bool = false, zone: TimeZone? = nil
    ) {
        var periods: [CivilDateTime: CalendarDuration] = [:]
        for date in added {
            if let duration = date.duration(in: zone) { periods[date.reading(in: zone)] = duration }
        }
        self.init(
            start: start, rules: rules, dates: added.map { $0.reading(in: zone) }, periods: periods,
            exclusions: excluded.map { $0.reading(in: zone) }, isWholeDays: isWholeDays, zone: zone)
    }

    /// The occurrences from that reading on, ascending; computed as they are asked for.
    public func starts(from reading: CivilDateTime) -> Starts {
        Starts(self, from: reading.secondsSinceEpoch, .forward)
    }

    /// The occurrences strictly before that reading, descending; computed as they are asked for.
    public func starts(before reading: CivilDateTime) -> Starts {
        Starts(self, from: reading.secondsSinceEpoch, .backward)
    }

    /// Whether there is an occurrence at exactly that reading.
    public func contains(_ reading: CivilDateTime) -> Bool {
        next(onOrAfter: reading) == reading
    }

    /// The first occurrence later than that reading.
    public func next(after reading: CivilDateTime) -> CivilDateTime? {
        guard let later = reading.advanced(bySeconds: 1) else { return nil }
        return next(onOrAfter: later)
    }

    /// The first occurrence that is not earlier than that reading.
    public func next(onOrAfter reading: CivilDateTime) -> CivilDateTime? {
        // Most sets need no merge.
        let origin = reading.secondsSinceEpoch
        if rules.count == 1, let rule = rules.first, exclusions.isEmpty, let last = dates.last, last < origin {
            var cursor = rule.starts(from: origin)
            return cursor.next().map(CivilDateTime.init(unchecked:))
        }
        var starts = starts(from: reading)
        return starts.next()
    }

    /// The last occurrence earlier than that reading.
    public func previous(before reading: CivilDateTime) -> CivilDateTime? {
        var starts = starts(before: reading)
        return starts.next()
    }

    /// How many occurrences are earlier than that reading.
    public func count(before reading: CivilDateTime) -> Int {
        let reading = reading.secondsSinceEpoch
        guard rules.count <= 1 else {
            return starts(from: .min).prefix { $0.secondsSinceEpoch < reading }.count
        }
        let rule = rules.first
        let given = rule?.count(before: reading) ?? 0
        let added = dates.filter { $0 < reading && rule?.contains($0) != true }
        let excluded = exclusions.filter { $0 < reading && (dates.holds($0) || rule?.contains($0) == true) }
        return given + added.count - excluded.count
    }

    /// Whether a rule goes on for ever.
    public var isEndless: Bool {
        rules.contains { rule in
            var cursor = rule.starts(from: rule.plan.start)
            return rule.isEndless && cursor.next() != nil
        }
    }

    /// The last occurrence; `nil` where there is none, or no last one.
    public var last: CivilDateTime? {
        if isEndless { return nil }
        var starts = Starts(self, from: CivilDateTime.max.secondsSinceEpoch + 1, .backward)
        return starts.next()
    }

    /// Whether a rule gives the start itself; if none does, the start is an occurrence all the same.
    public var givesStart: Bool {
        rules.contains { $0.contains(start) }
    }
}

extension [Int64] {
    /// Whether a sorted list has that element.
    func holds(_ element: Int64) -> Bool {
        let position = position(atOrAfter: element)
        return position < count && self[position] == element
    }

    /// The position of the first element of a sorted list that is not less.
    func position(atOrAfter element: Int64) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < element { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
