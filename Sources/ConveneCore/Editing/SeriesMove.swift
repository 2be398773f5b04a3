import Recurrence
public import ZonedTime

/// That the dates of a meeting have other names since: its series was moved from one of them on, or it became a series, or one
/// meeting.
///
/// It is kept for good; an undo is a move back.
public struct SeriesMove: Hashable, Sendable {
    /// The original start of the first date that was moved, and the one that it was given; `nil` stands for the name of what
    /// is a meeting of its own.
    public let former: CivilDateTime?
    public let present: CivilDateTime?

    public init(former: CivilDateTime?, present: CivilDateTime?) {
        self.former = former
        self.present = present
    }

    /// What a meeting of its own is called since it is a date of a series: its own day where the series has that, too, be it at
    /// another hour; else the first. `nil` where it became none.
    public init?(
        of old: Meeting, becoming new: Meeting, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        guard !old.isSeries, new.isSeries, new.rounds == nil else { return nil }
        let own = old.timing.start
        guard try new.occurrence(of: own, in: zones) == nil else {
            self.init(former: nil, present: own)
            return
        }
        let sameDay = try new.names(on: own.date, in: zones)
        self.init(former: nil, present: sameDay.count == 1 ? sameDay.first : new.segments[0].timing.start)
    }

    /// The move that takes it back.
    public var reversed: SeriesMove { SeriesMove(former: present, present: former) }

    /// Seconds on the wall clock by which it moved a series.
    var shift: Int64 {
        guard let former, let present else { return 0 }
        return present.secondsSinceEpoch - former.secondsSinceEpoch
    }

    /// The name that a date has with it, if the rule goes on to give that.
    fileprivate func name(after name: CivilDateTime?) -> CivilDateTime? {
        guard let former, present != nil else { return name == former ? present : name }
        guard let name, name >= former else { return name }
        return name.advanced(bySeconds: shift) ?? name
    }
}

extension Meeting {
    /// The name that a date of what it was has now: since it was moved, or where another rule gives its day at another hour,
    /// and neither gives that day twice; of one that is gone, the one under which it would be back.
    ///
    /// - Parameter former: its name before; `nil` where it was a meeting of its own.
    public func name(
        of former: CivilDateTime?, in old: Meeting, after move: SeriesMove?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> CivilDateTime? {
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
    fileprivate func names(on day: CivilDate, in zones: any TimeZoneSource) throws(MeetingProblem) -> Set<CivilDateTime>
    {
        var names: Set<CivilDateTime> = []
        for segment in segments where isSeries {
            let set = segment.recurrenceSet(in: try zones.zone(named: segment.timing.zone))
            let first = set.starts(from: CivilDateTime(day, .midnight)).prefix(2)
            names.formUnion(first.filter { $0.date == day && segment.covers($0) })
        }
        return names
    }
}

extension Segment {
    /// How its dates from one on are called in the segment that comes instead of it, where the rule gives the same days at
    /// another hour; `nil` where it gives others.
    func changeOfHour(to present: Segment, from first: CivilDateTime, in zone: TimeZone) -> SeriesMove? {
        var rule = present
        (rule.dates, rule.exclusions) = ([], [])
        let moved = CivilDateTime(first.date, present.timing.start.time)
        guard self.rule?.withoutEnd == rule.rule?.withoutEnd, moved != first,
            rule.recurrenceSet(in: zone).contains(moved)
        else { return nil }
        return SeriesMove(former: first, present: moved)
    }
}
