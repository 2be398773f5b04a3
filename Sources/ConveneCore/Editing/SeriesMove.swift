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

    /// What a meeting of its own is called since it is a date of a series: its own day where the series has that, too, else the
    /// first; `nil` where it became none.
    public init?(
        of old: Meeting, becoming new: Meeting, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        guard !old.isSeries, new.isSeries, new.rounds == nil else { return nil }
        let staysThere = try new.occurrence(of: old.timing.start, in: zones) != nil
        self.init(former: nil, present: staysThere ? old.timing.start : new.segments[0].timing.start)
    }

    /// The move that takes it back.
    public var reversed: SeriesMove { SeriesMove(former: present, present: former) }

    /// Seconds on the wall clock by which it moved a series.
    var shift: Int64 {
        guard let former, let present else { return 0 }
        return present.secondsSinceEpoch - former.secondsSinceEpoch
    }

    /// The name that a date has with it, if the rule goes on to give that.
    private func name(after name: CivilDateTime?) -> CivilDateTime? {
        guard let former, present != nil else { return name == former ? present : name }
        guard let name, name >= former else { return name }
        return name.advanced(bySeconds: shift) ?? name
    }

    /// The names that a date had one after the other; the last comes first.
    fileprivate static func names(of former: CivilDateTime?, after moves: [SeriesMove]) -> [CivilDateTime?] {
        moves.reduce([former]) { names, move in [move.name(after: names[0])] + names }
    }
}

extension Meeting {
    /// The name that one of its dates has since it was moved; of one that is gone, the one under which it would be back.
    ///
    /// - Parameters:
    ///   - former: its name before; `nil` where it was a meeting of its own.
    ///   - moves: in the order in which they were made.
    public func name(
        of former: CivilDateTime?, after moves: [SeriesMove], in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> CivilDateTime? {
        let names = SeriesMove.names(of: former, after: moves)
        guard let present = names[0], present != former else { return names[0] }
        // What was taken out is gone, and no other is meant by it.
        if segments.contains(where: { $0.exclusions.contains(present) }) { return present }
        // A date beside the rule has an hour of its own, which another hour of the rule does not change.
        for name in names {
            if let name, try occurrence(of: name, in: zones) != nil { return name }
        }
        return present
    }

    /// The name that a date of what it was has now: also where another rule gives its day at another hour, and neither gives
    /// that day twice.
    public func name(
        of former: CivilDateTime?, in old: Meeting, after move: SeriesMove?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> CivilDateTime? {
        guard let name = try name(of: former, after: [move].compactMap(\.self), in: zones) else { return nil }
        guard isSeries, rounds == nil, let former, try occurrence(of: name, in: zones) == nil,
            try old.names(on: former.date, in: zones).allSatisfy({ $0 == former })
        else { return name }
        let present = try names(on: name.date, in: zones)
        return present.count == 1 ? present[0] : name
    }

    /// The names of its dates that the rule gives on a day, the first few.
    private func names(on day: CivilDate, in zones: any TimeZoneSource) throws(MeetingProblem) -> [CivilDateTime] {
        let begin = try zones.zone(named: timing.zone).firstInstant(of: day)
        return try occurrences(endingAfter: begin, limit: 4, in: zones).compactMap(\.recurrenceID)
            .filter { $0.date == day }
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
