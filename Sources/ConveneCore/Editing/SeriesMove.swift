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
    func name(after name: CivilDateTime?) -> CivilDateTime? {
        guard let former, present != nil else { return name == former ? present : name }
        guard let name, name >= former else { return name }
        return name.advanced(bySeconds: shift) ?? name
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
