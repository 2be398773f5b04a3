import Recurrence
public import ZonedTime

/// What takes place in a whole schedule, in the order of start, lazily.
///
/// A list of 20 costs about 20 looks into the index, among a hundred meetings or a million, today or ten
/// years off: each group of tracks is walked day by day from the time of day that is asked for, what has a
/// date of its own is a walk along that date, and the two are merged.
public struct UpcomingOccurrences<Index: ScheduleIndex> {
    private var merge: OrderedMerge<ScheduleStream<Index>>

    /// What ends after `instant`, or begins at or after it, and begins before `limit`.
    public init(endingAfter instant: Instant, startingBefore limit: Instant, in index: Index, zones: any TimeZoneSource)
        throws
    {
        let span = Span(endingAfter: instant, startingBefore: limit)
        var streams: [ScheduleStream<Index>] = SpanClass.allCases.map { .dated(DatedStream(index, $0, zones, span)) }
        for group in try index.trackGroups() {
            streams.append(.tracks(TrackStream(index, group, try zones.zone(named: group.zone), zones, span)))
        }
        merge = OrderedMerge(streams)
    }

    public mutating func next() throws -> (meeting: Meeting, occurrence: Occurrence)? {
        try merge.next()?.element
    }
}

typealias Found = (meeting: Meeting, occurrence: Occurrence)

/// What is asked for.
struct Span {
    let endingAfter: Instant
    let startingBefore: Instant

    func contains(_ occurrence: Occurrence) -> Bool {
        occurrence.startsAt < startingBefore
            && (occurrence.endsAt > endingAfter || occurrence.startsAt >= endingAfter)
    }
}

enum ScheduleStream<Index: ScheduleIndex>: BoundedStream {
    case dated(DatedStream<Index>)
    case tracks(TrackStream<Index>)

    var bound: Instant? {
        switch self {
        case .dated(let stream): stream.bound
        case .tracks(let stream): stream.bound
        }
    }

    mutating func step() throws -> [Dated<Found>] {
        switch self {
        case .dated(var stream):
            defer { self = .dated(stream) }
            return try stream.step()
        case .tracks(var stream):
            defer { self = .tracks(stream) }
            return try stream.step()
        }
    }
}

/// A batch grows from a few to many, so that a short list reads little and a long one asks seldom.
private let firstBatch = 8
private let largestBatch = 256
/// Of one series on one day, so many occurrences are looked at in a step.
private let largestPart = 16

/// What has a date of its own, of one class of length.
struct DatedStream<Index: ScheduleIndex> {
    private let index: Index
    private let span: SpanClass
    private let zones: any TimeZoneSource
    private let asked: Span
    private var position: DatedPosition
    private var batch: ArraySlice<DatedCandidate> = []
    private var batchSize = firstBatch
    private var isOver = false

    init(_ index: Index, _ span: SpanClass, _ zones: any TimeZoneSource, _ asked: Span) {
        self.index = index
        self.span = span
        self.zones = zones
        self.asked = asked
        position = DatedPosition(startsAt: asked.endingAfter.advanced(bySeconds: -span.upperBound))
    }

    var bound: Instant? {
        isOver ? nil : batch.first?.position.startsAt ?? position.startsAt
    }

    mutating func step() throws -> [Dated<Found>] {
        if batch.isEmpty {
            batch = try index.datedCandidates(
                span, endingAfter: asked.endingAfter, after: position, limit: batchSize)[...]
            batchSize = min(batchSize * 2, largestBatch)
            if batch.isEmpty { isOver = true }
            return []
        }
        let candidate = batch.removeFirst()
        position = candidate.position
        if position.startsAt >= asked.startingBefore { isOver = true }
        guard let meeting = try index.meeting(candidate.meeting),
            let occurrence = try meeting.occurrence(of: candidate.recurrenceID, in: zones),
            asked.contains(occurrence)
        else { return [] }
        return [Dated(at: occurrence.startsAt, (meeting, occurrence))]
    }
}

/// The series of one group of tracks, day by day.
struct TrackStream<Index: ScheduleIndex> {
    private let index: Index
    private let group: TrackGroup
    private let zone: TimeZone
    private let zones: any TimeZoneSource
    private let asked: Span
    private let lastDay: Int
    private let isNearChange: Bool
    private var date: CivilDate?
    private var position: TrackPosition
    private var batch: ArraySlice<TrackCandidate> = []
    private var batchSize = firstBatch
    /// Nothing of the candidates to come lies before this; `nil` where there are none.
    private var candidateBound: Instant?
    /// Days of series that have more occurrences than were looked at in one step.
    private var begunDays: [DayOccurrences] = []

    init(_ index: Index, _ group: TrackGroup, _ zone: TimeZone, _ zones: any TimeZoneSource, _ asked: Span) {
        self.index = index
        self.group = group
        self.zone = zone
        self.zones = zones
        self.asked = asked
        let limit = zone.reading(at: asked.startingBefore).date
        lastDay = min(group.lastDay ?? .max, limit.daysSinceEpoch)
        let first = zone.reading(at: asked.endingAfter.advanced(bySeconds: -group.span.upperBound))
        // A start that a clock change skipped stands before the reading of its instant: go back by the
        // longest change (a day) only where there was one.
        let changed = zone.nextTransition(after: asked.endingAfter.advanced(bySeconds: -group.span.upperBound - 90_000))
        isNearChange = changed.map { $0.instant <= asked.endingAfter } ?? false
        date = isNearChange ? first.date.advanced(byDays: -1) : first.date
        position = TrackPosition(timeOfDay: isNearChange ? 0 : first.time.secondOfDay)
        if let date, !fits(date) { moveToNextDay() } else { setBound() }
    }

    var bound: Instant? {
        begunDays.reduce(candidateBound) { bound, day in
            guard let bound, let next = day.bound else { return bound ?? day.bound }
            return Swift.min(bound, next)
        }
    }

    mutating func step() throws -> [Dated<Found>] {
        let begun = bound.flatMap { bound in begunDays.firstIndex { $0.bound == bound } }
        if let begun {
            return part(of: begunDays.remove(at: begun))
        }
        guard let date else { return [] }
        if batch.isEmpty {
            batch = try index.candidates(
                in: group, on: date, lastingBeyond: secondsUntilAsked(from: date), after: position, limit: batchSize)[
                    ...]
            batchSize = min(batchSize * 2, largestBatch)
            if batch.isEmpty { moveToNextDay() } else { setBound() }
            return []
        }
        let candidate = batch.removeFirst()
        position = candidate.position
        defer { setBound() }
        guard let meeting = try index.meeting(candidate.meeting), candidate.segment < meeting.segments.count else {
            return []
        }
        let segment = meeting.segments[candidate.segment]
        return part(of: DayOccurrences(of: meeting, segment, on: date, from: lookBack(segment), zone))
    }

    /// The next few occurrences of a day. A rule may have one a second, and a short list wants few of them.
    private mutating func part(of day: DayOccurrences) -> [Dated<Found>] {
        var day = day
        var found: [Dated<Found>] = []
        for _ in 0..<largestPart {
            guard let occurrence = day.next() else { return found }
            if asked.contains(occurrence) { found.append(Dated(at: occurrence.startsAt, (day.meeting, occurrence))) }
        }
        if let next = day.bound, next < asked.startingBefore { begunDays.append(day) }
        return found
    }

    /// The reading before which nothing that is asked for starts; `nil` where a clock change makes that unsure.
    private func lookBack(_ segment: Segment) -> CivilDateTime? {
        let length = SpanClass(segment.timing.duration).upperBound
        return isNearChange ? nil : zone.reading(at: asked.endingAfter.advanced(bySeconds: -length))
    }

    /// How far after a day's midnight the asked instant lies, less the longest clock change where there was one.
    private func secondsUntilAsked(from date: CivilDate) -> Int {
        let midnight = CivilDateTime(date, .midnight).secondsSinceEpoch
        let seconds = zone.reading(at: asked.endingAfter).secondsSinceEpoch - midnight
        return Int(max(-1, isNearChange ? seconds - 90_000 : seconds - 1))
    }

    private mutating func moveToNextDay() {
        batch = []
        batchSize = firstBatch
        position = TrackPosition(timeOfDay: 0)
        repeat { date = date.flatMap(nextDay) } while date.map { !fits($0) } ?? false
        setBound()
    }

    private func nextDay(after date: CivilDate) -> CivilDate? {
        guard date.daysSinceEpoch < lastDay else { return nil }
        switch group.cycle {
        case .daily, .monthly: return date.advanced(byDays: 1)
        case .weekly:
            let days = date.weekday.advanced(byDays: 1).days(until: Weekday(rawValue: group.slot) ?? .monday)
            return date.advanced(byDays: days + 1)
        case .yearly:
            if date.month == group.slot { return date.advanced(byDays: 1) }
            let year = date.month < group.slot ? date.year : date.year + 1
            return CivilDate(year: year, month: group.slot, day: 1)
        }
    }

    private func fits(_ date: CivilDate) -> Bool {
        switch group.cycle {
        case .daily, .monthly: true
        case .weekly: date.weekday.rawValue == group.slot
        case .yearly: date.month == group.slot
        }
    }

    private mutating func setBound() {
        guard let date, date.daysSinceEpoch <= lastDay,
            let time = CivilTime(secondOfDay: batch.first?.position.timeOfDay ?? position.timeOfDay)
        else {
            candidateBound = nil
            return
        }
        candidateBound = zone.earliestInstant(of: CivilDateTime(date, time))
    }
}

/// What the rule of a segment gives on one day, in order, without what was moved or has an entry of its own.
struct DayOccurrences {
    let meeting: Meeting
    private let segment: Segment
    private let zone: TimeZone
    private let date: CivilDate
    private let set: RecurrenceSet
    private var starts: RecurrenceSet.Starts
    private var start: CivilDateTime?

    /// - Parameter reading: where to begin, if it is not with the day.
    init(
        of meeting: Meeting, _ segment: Segment, on date: CivilDate, from reading: CivilDateTime?, _ zone: TimeZone
    ) {
        self.meeting = meeting
        self.segment = segment
        self.zone = zone
        self.date = date
        set = segment.recurrenceSet(in: zone)
        let midnight = CivilDateTime(date, .midnight)
        starts = set.starts(from: reading.map { Swift.max(midnight, $0) } ?? midnight)
        advance()
    }

    /// Nothing that is still to come lies before this; `nil` at the end.
    var bound: Instant? { start.map(zone.earliestInstant) }

    mutating func next() -> Occurrence? {
        guard let start else { return nil }
        defer { advance() }
        return meeting.occurrence(
            start, ResolvedTiming(segment.timing.starting(at: start), in: zone), of: segment,
            meeting.override(of: start))
    }

    private mutating func advance() {
        start = nil
        while let next = starts.next(), next.date == date, segment.covers(next) {
            if segment.dates.contains(next) || (next == segment.timing.start && !set.givesStart) { continue }
            if meeting.override(of: next)?.timing != nil { continue }
            start = next
            return
        }
    }
}
