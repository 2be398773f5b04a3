import Recurrence
public import ZonedTime

// What its dates are called.
extension Meeting {
    /// The name that a date of what it was has now: since it was moved, or where another rule gives its day at another hour,
    /// and neither gives that day twice; of one that is gone, the one under which it would be back.
    ///
    /// - Parameter former: its name before; `nil` where it was a meeting of its own.
    public func name(
        of former: CivilDateTime?, in old: Meeting, after move: SeriesMove?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> CivilDateTime? {
        // One that was moved by itself, and stays where it is, keeps its name.
        if let former, let own = old.override(of: former)?.timing, override(of: former)?.timing == own { return former }
        guard let name = move.map({ $0.name(after: former) }) ?? former else { return nil }
        guard isSeries, rounds == nil, let former, try occurrence(of: name, in: zones) == nil else { return name }
        // What was taken out is gone, and no other is meant by it; but a date beside the rule has an hour of its own, which
        // another hour of the rule does not change.
        let isTakenOut = segments.contains { $0.exclusions.contains(name) }
        if !isTakenOut, try occurrence(of: former, in: zones) != nil { return former }
        guard try old.names(on: former.date, in: zones).subtracting([former]).isEmpty else { return name }
        let present = try names(on: name.date, in: zones)
        return present.count == 1 ? present.first : name
    }

    /// Whether it takes place at an instant, whatever that date is called: people who were told that need not hear that another
    /// date is gone that was to be then.
    public func takesPlace(at start: Instant?, in zones: any TimeZoneSource) throws(MeetingProblem) -> Bool {
        guard let start else { return false }
        let found = try occurrences(endingAfter: start.advanced(bySeconds: -1), limit: 3, in: zones) {
            $0.status.reminds
        }
        return found.contains { $0.agreedStart == start }
    }

    /// The names of its dates that are of a day, wherever they were moved; the first few of each segment.
    func names(on day: CivilDate, in zones: any TimeZoneSource) throws(MeetingProblem) -> Set<CivilDateTime> {
        var names: Set<CivilDateTime> = []
        for segment in segments where isSeries {
            let set = segment.recurrenceSet(in: try zones.zone(named: segment.timing.zone))
            names.formUnion(set.starts(on: day, limit: 2).filter(segment.covers))
        }
        return names
    }
}

extension RecurrenceSet {
    /// Those of a day, the first few.
    func starts(on day: CivilDate, limit: Int) -> [CivilDateTime] {
        starts(from: CivilDateTime(day, .midnight)).prefix(limit).filter { $0.date == day }
    }
}
