import Recurrence
public import ZonedTime

/// One dated happening of a meeting.
public struct Occurrence: Hashable, Sendable {
    /// The original wall-clock start, which names it however it was moved; `nil` for a single meeting.
    public let recurrenceID: CivilDateTime?
    public let resolved: ResolvedTiming
    public let summary: String
    public let place: String?
    public let note: String?
    public let status: Status
    /// Whether it differs from its series.
    public let isOverridden: Bool

    public var timing: Timing { resolved.timing }
    public var startsAt: Instant { resolved.startsAt }
    public var endsAt: Instant { resolved.endsAt }

    /// When people have to be there: `nil` where it does not take place, or has no date yet.
    public var agreedStart: Instant? { status.reminds && timing.form != .window ? startsAt : nil }
}

extension Meeting {
    /// The occurrence of that original start, with what differs in it.
    func occurrence(
        _ recurrenceID: CivilDateTime?, _ resolved: ResolvedTiming, of segment: Segment, _ override: Override?
    ) -> Occurrence {
        Occurrence(
            recurrenceID: recurrenceID, resolved: resolved, summary: override?.summary ?? summary,
            place: override?.place ?? place, note: override?.note ?? (recurrenceID == nil ? note : nil),
            status: override?.status ?? segment.status, isOverridden: override != nil)
    }

    /// The segment that an original start belongs to.
    func segment(of recurrenceID: CivilDateTime) -> Segment {
        segments.first { $0.covers(recurrenceID) } ?? segments[segments.count - 1]
    }

    /// The occurrence of a single meeting.
    func singleOccurrence(in zones: any TimeZoneSource) throws(MeetingProblem) -> Occurrence {
        let zone = try zones.zone(named: timing.zone)
        return occurrence(nil, ResolvedTiming(timing, in: zone), of: segments[0], nil)
    }

    /// The occurrence named by its original start, or `nil` if the series has none such.
    public func occurrence(
        of recurrenceID: CivilDateTime?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> Occurrence? {
        guard let recurrenceID else {
            return isSeries ? nil : try singleOccurrence(in: zones)
        }
        guard isSeries else { return nil }
        let override = override(of: recurrenceID)
        if let timing = override?.timing {
            let zone = try zones.zone(named: timing.zone)
            return occurrence(
                recurrenceID, ResolvedTiming(timing, in: zone), of: segment(of: recurrenceID), override)
        }
        for segment in segments where segment.covers(recurrenceID) {
            let zone = try zones.zone(named: segment.timing.zone)
            guard segment.recurrenceSet(in: zone).contains(recurrenceID) else { continue }
            let timing = segment.timing(at: recurrenceID)
            return occurrence(recurrenceID, ResolvedTiming(timing, in: zone), of: segment, override)
        }
        return nil
    }
}
