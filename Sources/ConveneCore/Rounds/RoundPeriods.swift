import Recurrence
public import ZonedTime

/// The periods of a series of talks, by their first days, over all of its segments: a change of how often they are held
/// begins a further one, and the periods before it stay as they were.
struct RoundPeriods {
    /// The periods of one segment.
    private struct Stretch {
        let first: CivilDateTime
        let endsBefore: CivilDateTime?
        let set: RecurrenceSet
        let cadence: Cadence

        func holds(_ period: CivilDateTime) -> Bool { period >= first && endsBefore.map { period < $0 } ?? true }
    }

    private let stretches: [Stretch]

    init(_ meeting: Meeting, _ rounds: Rounds) {
        stretches = meeting.segments.enumerated().map { index, segment in
            let isLast = index == meeting.segments.count - 1
            return Stretch(
                first: segment.timing.start, endsBefore: segment.endsBefore, set: segment.recurrenceSet(in: .utc),
                cadence: isLast ? rounds.cadence : Cadence(of: segment))
        }
    }

    /// The first of all.
    var first: CivilDateTime? { next(onOrAfter: .min) }

    func contains(_ period: CivilDateTime) -> Bool {
        stretches.contains { $0.holds(period) && $0.set.contains(period) }
    }

    func next(onOrAfter reading: CivilDateTime) -> CivilDateTime? {
        for stretch in stretches {
            let found = stretch.set.next(onOrAfter: max(reading, stretch.first))
            if let found, stretch.holds(found) { return found }
        }
        return nil
    }

    func next(after period: CivilDateTime) -> CivilDateTime? {
        period.advanced(bySeconds: 1).flatMap { next(onOrAfter: $0) }
    }

    func previous(before reading: CivilDateTime) -> CivilDateTime? {
        for stretch in stretches.reversed() {
            let found = stretch.set.previous(before: stretch.endsBefore.map { min($0, reading) } ?? reading)
            if let found, stretch.holds(found) { return found }
        }
        return nil
    }

    /// The period that holds a date; `nil` before the first.
    func holding(_ date: CivilDate) -> CivilDateTime? {
        CivilDateTime(date, .midnight).advanced(bySeconds: 1).flatMap { previous(before: $0) }
    }

    /// What a period is called.
    func name(of period: CivilDateTime) -> PeriodName {
        let stretch = stretches.last { $0.holds(period) } ?? stretches[stretches.count - 1]
        return PeriodName(stretch.cadence, period.date)
    }
}

extension Cadence {
    /// How often the rounds of a segment are held, by its rule.
    init(of segment: Segment) {
        let start = segment.timing.start
        self =
            Cadence.allCases.first { cadence in
                guard let (rule, first) = cadence.periods(around: start.date) else { return false }
                return rule == segment.rule?.withoutEnd && first == start.date
            } ?? .custom
    }
}

extension Meeting {
    /// What a round's period is called; `nil` for what is no round.
    public func periodName(of recurrenceID: CivilDateTime?) -> PeriodName? {
        guard let rounds, let recurrenceID else { return nil }
        return RoundPeriods(self, rounds).name(of: recurrenceID)
    }

    /// How often the talks are held on a day; `nil` for what is not held in rounds.
    public func cadence(on date: CivilDate) -> Cadence? {
        guard let rounds else { return nil }
        let periods = RoundPeriods(self, rounds)
        return (periods.holding(date) ?? periods.first).map { periods.name(of: $0).cadence } ?? rounds.cadence
    }

    /// Lets the talks be held as often as another segment says, from the first of its periods on that touches nothing
    /// that was said of a round, and is not over.
    ///
    /// - Parameters:
    ///   - segment: its periods.
    ///   - earliest: what `earliestChange` gave.
    ///   - today: the day there.
    /// - Returns: the first day of the first period.
    public mutating func holdRounds(
        _ cadence: Cadence, as segment: Segment, from earliest: CivilDateTime, today: CivilDate
    ) throws(MeetingProblem) -> CivilDateTime {
        guard let rounds else { throw .noRounds }
        let set = segment.recurrenceSet(in: .utc)
        guard var first = set.next(onOrAfter: max(earliest, segment.timing.start)) else { throw .neverOccurs }
        // What is over already is not owed any more.
        let tonight = CivilDateTime(today, .midnight).advanced(bySeconds: 1)
        if let present = tonight.flatMap({ set.previous(before: $0) }), present > first { first = present }
        var new = segment
        new.timing = segment.timing.starting(at: first)
        new.status = status
        // An old period that reaches into the new ones is no longer owed beside them.
        let periods = RoundPeriods(self, rounds)
        let last = periods.previous(before: first).flatMap { $0 >= earliest ? $0 : nil }
        let reachesInto = last.flatMap { periods.next(after: $0) }.map { $0 > first } ?? (last != nil)
        let end = reachesInto ? last ?? first : first
        segments.removeAll { $0.timing.start >= end }
        if let left = segments.last {
            // What ended before ends there still.
            segments[segments.count - 1].endsBefore = min(left.endsBefore ?? end, end)
        }
        segments.append(new)
        self.rounds?.cadence = cadence
        return first
    }

    /// From when on the periods of a series of talks can be others: behind every round of which something was said, and
    /// not before the one that is owed now.
    ///
    /// - Parameter others: recurrence ids by which something else names rounds.
    public func earliestChange(
        from date: CivilDate?, today: CivilDate, keeping others: [CivilDateTime]
    ) throws(MeetingProblem) -> CivilDateTime {
        guard let rounds else { throw .noRounds }
        let periods = RoundPeriods(self, rounds)
        let present = periods.holding(today) ?? periods.first
        // Where a round was put off into a period, that has to be there.
        let into = overrides.filter { $0.status == .postponed }
            .compactMap { $0.timing.flatMap { periods.holding($0.start.date) } }
        let merged = rounds.records.compactMap { record -> CivilDateTime? in
            guard case .merged(let into) = record.ending else { return nil }
            return into
        }
        let named =
            overrides.map(\.recurrenceID) + rounds.records.map(\.period) + answers.compactMap(\.recurrenceID)
            + notes.compactMap(\.recurrenceID) + snoozes.compactMap(\.recurrenceID) + into + merged + others
        var earliest = present ?? timing.start
        if let last = named.filter(periods.contains).max() {
            guard let behind = periods.next(after: last) else { throw .seriesIsOver }
            earliest = max(earliest, behind)
        }
        return max(earliest, date.map { CivilDateTime($0, .midnight) } ?? earliest)
    }
}
