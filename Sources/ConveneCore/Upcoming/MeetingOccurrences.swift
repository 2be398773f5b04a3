import Recurrence
public import ZonedTime

/// The occurrences of one meeting in the order of their present starts, lazily.
public struct MeetingOccurrences {
    private var merge: OrderedMerge<SegmentStream>

    /// Those that end after `instant`, or begin at or after it.
    public init(_ meeting: Meeting, endingAfter instant: Instant, in zones: any TimeZoneSource) throws(MeetingProblem) {
        var streams: [SegmentStream] = []
        if meeting.isSeries {
            for segment in meeting.segments {
                streams.append(
                    SegmentStream(segment, of: meeting, after: instant, in: try zones.zone(named: segment.timing.zone)))
            }
            streams.append(SegmentStream(movedOf: meeting, after: instant, try meeting.movedOccurrences(in: zones)))
        } else {
            streams.append(
                SegmentStream(movedOf: meeting, after: instant, [try meeting.singleOccurrence(in: zones)]))
        }
        merge = OrderedMerge(streams)
    }

    public mutating func next() -> Occurrence? {
        // A segment's stream never throws.
        (try? merge.next())?.element
    }
}

extension Meeting {
    /// The occurrences that have a timing of their own, in the order of their starts.
    func movedOccurrences(in zones: any TimeZoneSource) throws(MeetingProblem) -> [Occurrence] {
        var moved: [Occurrence] = []
        for override in overrides {
            guard let timing = override.timing else { continue }
            let zone = try zones.zone(named: timing.zone)
            moved.append(
                occurrence(
                    override.recurrenceID, ResolvedTiming(timing, in: zone), of: segment(of: override.recurrenceID),
                    override))
        }
        return moved.sorted { $0.startsAt < $1.startsAt }
    }

    /// Those that end after `instant` (or begin at or after it), at most `limit`.
    public func occurrences(
        endingAfter instant: Instant, limit: Int, in zones: any TimeZoneSource,
        where isWanted: (Occurrence) -> Bool = { _ in true }
    ) throws(MeetingProblem) -> [Occurrence] {
        var found: [Occurrence] = []
        var all = try MeetingOccurrences(self, endingAfter: instant, in: zones)
        // A series of which nothing is wanted ends by looking at a bounded number.
        var looked = 0
        while found.count < limit, looked < limit + 1_000, let occurrence = all.next() {
            looked += 1
            if isWanted(occurrence) { found.append(occurrence) }
        }
        return found
    }

    /// The latest occurrence that has begun by `instant`, or `nil`.
    public func latestBegun(
        by instant: Instant, in zones: any TimeZoneSource, where isWanted: (Occurrence) -> Bool = { _ in true }
    ) throws(MeetingProblem) -> Occurrence? {
        guard isSeries else {
            let single = try singleOccurrence(in: zones)
            return single.startsAt <= instant && isWanted(single) ? single : nil
        }
        var latest = try movedOccurrences(in: zones).last { $0.startsAt <= instant && isWanted($0) }
        for segment in segments {
            let zone = try zones.zone(named: segment.timing.zone)
            let stop = zone.reading(at: instant.advanced(bySeconds: 1))
            let limit = segment.endsBefore.map { Swift.min($0, stop) } ?? stop
            for start in segment.recurrenceSet(in: zone).starts(before: limit).prefix(1_000) {
                let override = override(of: start)
                guard override?.timing == nil else { continue }
                let found = occurrence(
                    start, ResolvedTiming(segment.timing(at: start), in: zone), of: segment, override)
                // A start that a clock change skips may come later than its wall clock says.
                guard found.startsAt <= instant, isWanted(found) else { continue }
                if latest.map({ $0.startsAt < found.startsAt }) ?? true { latest = found }
                break
            }
        }
        return latest
    }
}

/// The occurrences of one segment, or those that were moved away from where they were.
struct SegmentStream: BoundedStream {
    private enum Source {
        case rule(RecurrenceSet.Starts, segment: Segment, zone: TimeZone)
        case moved([Occurrence].Iterator)
    }

    private let meeting: Meeting
    private let instant: Instant
    private var source: Source
    private var upcoming: (start: CivilDateTime, bound: Instant)?
    private var upcomingMoved: Occurrence?

    init(_ segment: Segment, of meeting: Meeting, after instant: Instant, in zone: TimeZone) {
        self.meeting = meeting
        self.instant = instant
        let lookBack = instant.advanced(bySeconds: -SpanClass(segment.timing.duration).upperBound)
        let starts = segment.recurrenceSet(in: zone).starts(from: zone.reading(at: lookBack))
        source = .rule(starts.makeIterator(), segment: segment, zone: zone)
        advance()
    }

    init(movedOf meeting: Meeting, after instant: Instant, _ occurrences: [Occurrence]) {
        self.meeting = meeting
        self.instant = instant
        source = .moved(occurrences.makeIterator())
        advance()
    }

    var bound: Instant? { upcoming?.bound ?? upcomingMoved?.startsAt }

    mutating func step() -> [Dated<Occurrence>] {
        let found: Occurrence?
        switch source {
        case .rule(_, let segment, let zone):
            found = upcoming.map { upcoming in
                meeting.occurrence(
                    upcoming.start, ResolvedTiming(segment.timing(at: upcoming.start), in: zone),
                    of: segment, meeting.override(of: upcoming.start))
            }
        case .moved:
            found = upcomingMoved
        }
        advance()
        guard let found, found.endsAt > instant || found.startsAt >= instant else { return [] }
        return [Dated(at: found.startsAt, found)]
    }

    private mutating func advance() {
        switch source {
        case .moved(var occurrences):
            upcomingMoved = occurrences.next()
            source = .moved(occurrences)
        case .rule(var starts, let segment, let zone):
            upcoming = nil
            while let start = starts.next(), segment.covers(start) {
                // What was moved comes from the other source.
                if meeting.override(of: start)?.timing != nil { continue }
                upcoming = (start, zone.earliestInstant(of: start))
                break
            }
            source = .rule(starts, segment: segment, zone: zone)
        }
    }
}

extension TimeZone {
    /// The earliest instant that this reading, or a later one, can stand for.
    ///
    /// Where a clock change skips the reading, a later one that exists comes earlier than it.
    func earliestInstant(of reading: CivilDateTime) -> Instant {
        switch resolve(reading) {
        case .unique(let offset), .fold(let offset, _): Instant(reading, at: offset)
        case .gap(_, let after): Instant(reading, at: after)
        }
    }
}
