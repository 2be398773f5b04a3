import Recurrence
public import ZonedTime

/// That a series was moved: its dates from one on have other names since. Or that a meeting was that had been a date of one.
///
/// It is kept for good; an undo is a move back.
public struct SeriesMove: Hashable, Sendable {
    /// The original start of the first date that was moved, and the one that it was given.
    public let former: CivilDateTime
    public let present: CivilDateTime
    /// The position of the last notification that was recorded before.
    public let position: Int

    public init(former: CivilDateTime, present: CivilDateTime, position: Int = 0) {
        self.former = former
        self.present = present
        self.position = position
    }

    /// The move that takes it back.
    public var reversed: SeriesMove { SeriesMove(former: present, present: former) }

    /// Seconds on the wall clock.
    var shift: Int64 { present.secondsSinceEpoch - former.secondsSinceEpoch }

    /// The name that it gave a date, if it moved that.
    private func forward(_ name: CivilDateTime) -> CivilDateTime? {
        name >= former ? name.advanced(bySeconds: shift) : nil
    }

    /// Every name that a date had or has, of which something was said under one of them; the one that it has now comes first,
    /// if nothing else was changed.
    ///
    /// - Parameters:
    ///   - said: the position of the notification that said it.
    ///   - moves: in the order in which they were made.
    public static func names(
        of recurrenceID: CivilDateTime, saidAt said: Int, after moves: [SeriesMove]
    ) -> [CivilDateTime] {
        var present = recurrenceID
        var names = [recurrenceID]
        for move in moves where move.position >= said {
            present = move.forward(present) ?? present
            names.removeAll { $0 == present }
            names.insert(present, at: 0)
        }
        // What was on its way while it was moved was recorded behind the move, and said under a name from before.
        for move in moves.reversed() where move.position < said && move.shift % 86_400 != 0 {
            if let name = move.forward(recurrenceID), !names.contains(name) { names.append(name) }
        }
        return names
    }
}

extension Meeting {
    /// Which of the names of a date it has now; `nil` where the series has no such date any more.
    public func presentName(
        among names: [CivilDateTime], in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> CivilDateTime? {
        // What was taken out is gone, and no other is meant by it.
        if let name = names.first, segments.contains(where: { $0.exclusions.contains(name) }) { return nil }
        for name in names where try occurrence(of: name, in: zones) != nil { return name }
        return nil
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
