public import ZonedTime

/// That a series was moved: its dates from one on have other names since.
///
/// It is kept for good, also where it was undone: what was said of a date was said under the name that it had then.
public struct SeriesMove: Hashable, Sendable {
    /// The original start of the first date that was moved, and the one that it was given.
    public let former: CivilDateTime
    public let present: CivilDateTime

    public init(former: CivilDateTime, present: CivilDateTime) {
        self.former = former
        self.present = present
    }

    /// The other name of a date, if this move gave or took it one.
    fileprivate func names(of recurrenceID: CivilDateTime) -> [CivilDateTime] {
        let shift = present.secondsSinceEpoch - former.secondsSinceEpoch
        let forward = recurrenceID >= former ? recurrenceID.advanced(bySeconds: shift) : nil
        let back = recurrenceID >= present ? recurrenceID.advanced(bySeconds: -shift) : nil
        return [forward, back].compactMap { $0 }
    }
}

extension Meeting {
    /// The name that a date has now, where it may have had another before the series was moved, or while it was.
    ///
    /// What has no other name any more, as a date that was taken out, keeps its own.
    public func presentName(
        of recurrenceID: CivilDateTime, after moves: [SeriesMove], in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> CivilDateTime {
        var seen: Set<CivilDateTime> = [recurrenceID]
        var names = [recurrenceID]
        var next = 0
        // A series that is moved to and fro for years has few names that differ; an end to the search all the same.
        while next < names.count, next < 1_000 {
            let name = names[next]
            next += 1
            if try occurrence(of: name, in: zones) != nil { return name }
            if segments.contains(where: { $0.exclusions.contains(name) }) { break }
            for move in moves {
                for other in move.names(of: name) where seen.insert(other).inserted { names.append(other) }
            }
        }
        return recurrenceID
    }
}
