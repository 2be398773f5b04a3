import Recurrence
public import ZonedTime

/// What takes place in a whole schedule, in the order of start, lazily.
///
/// A list of 20 costs about 20 looks into the index, among a hundred meetings or a million, today or ten
/// years off: each group of tracks is walked day by day from the time of day that is asked for, what has a
/// date of its own is a walk along that date, and the two are merged.
public struct UpcomingOccurrences {
    private var merge: OrderedMerge<ScheduleStream>

    /// What ends after `instant`, or begins at or after it, and begins before `limit`.
    ///
    /// - Parameters:
    ///   - statuses: only what stands so; a recurring occurrence may be yielded that does not.
    ///   - undated: which of the rounds that have no date yet.
    public init(
        endingAfter instant: Instant, startingBefore limit: Instant, statuses: Set<Status>? = nil,
        undated: UndatedRounds = .all, in index: any ScheduleIndex, zones: any TimeZoneSource
    ) throws {
        let span = Span(endingAfter: instant, startingBefore: limit)
        var streams: [ScheduleStream] = SpanClass.allCases.map {
            .dated(DatedStream(index, $0, statuses, zones, span))
        }
        let nextOpenAt: Instant?
        if case .next(let instant) = undated { nextOpenAt = instant } else { nextOpenAt = nil }
        let patterns: [(key: Int64, pattern: RoundPattern)]
        if case .none = undated { patterns = [] } else { patterns = try index.roundPatterns() }
        for (key, pattern) in patterns where statuses?.contains(pattern.status) ?? true {
            streams.append(.rounds(try RoundStream(index, key, pattern, zones, span, nextOpenAt: nextOpenAt)))
        }
        var frame: TrackFrame?
        for group in try index.trackGroups() {
            let fitting = try frame.flatMap { $0.fits(group) ? $0 : nil } ?? TrackFrame(group, span, zones)
            frame = fitting
            streams.append(.tracks(TrackStream(index, group, fitting)))
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

/// A stream of either kind; a reference, so that merging hundreds of them moves little.
enum ScheduleStream: BoundedStream {
    case dated(DatedStream)
    case tracks(TrackStream)
    case rounds(RoundStream)

    var bound: Instant? {
        switch self {
        case .dated(let stream): stream.bound
        case .tracks(let stream): stream.bound
        case .rounds(let stream): stream.bound
        }
    }

    func step() throws -> [Dated<Found>] {
        switch self {
        case .dated(let stream): try stream.step()
        case .tracks(let stream): try stream.step()
        case .rounds(let stream): try stream.step()
        }
    }
}

/// A batch grows from one to many: of hundreds of streams a short list needs the first of each, a long one asks seldom.
let firstBatch = 1
let largestBatch = 256
/// Of one series on one day, so many occurrences are looked at in a step.
private let largestPart = 16

/// What has a date of its own, of one class of length.
final class DatedStream {
    private let index: any ScheduleIndex
    private let span: SpanClass
    private let statuses: Set<Status>?
    private let zones: any TimeZoneSource
    private let asked: Span
    private var position: InstantPosition
    private var batch: ArraySlice<DatedCandidate> = []
    private var batchSize = firstBatch
    private var isOver = false

    init(
        _ index: any ScheduleIndex, _ span: SpanClass, _ statuses: Set<Status>?, _ zones: any TimeZoneSource,
        _ asked: Span
    ) {
        self.index = index
        self.span = span
        self.statuses = statuses
        self.zones = zones
        self.asked = asked
        position = InstantPosition(instant: asked.endingAfter.advanced(bySeconds: -span.upperBound))
    }

    var bound: Instant? {
        isOver ? nil : batch.first?.position.instant ?? position.instant
    }

    func step() throws -> [Dated<Found>] {
        if batch.isEmpty {
            batch = try index.datedCandidates(
                span, statuses, endingAfter: asked.endingAfter, after: position, limit: batchSize)[...]
            batchSize = min(batchSize * 2, largestBatch)
            if batch.isEmpty { isOver = true }
            return []
        }
        let candidate = batch.removeFirst()
        position = candidate.position
        if position.instant >= asked.startingBefore { isOver = true }
        guard let meeting = try index.meeting(candidate.meeting),
            let occurrence = try meeting.occurrence(of: candidate.recurrenceID, in: zones),
            asked.contains(occurrence)
        else { return [] }
        return [Dated(at: occurrence.startsAt, (meeting, occurrence))]
    }
}

/// What all groups of one zone and one class of length have in common for a search.
struct TrackFrame {
    let zone: TimeZone
    let asked: Span
    /// The last day that can be asked for, in days since 1970-01-01.
    let lastDay: Int
    /// Whether a clock change makes it unsure what is still going on at the asked instant.
    let isNearChange: Bool
    /// Nothing that starts before this reading is asked for.
    let first: CivilDateTime
    private let name: String
    private let span: SpanClass

    init(_ group: TrackGroup, _ asked: Span, _ zones: any TimeZoneSource) throws {
        name = group.zone
        span = group.span
        self.asked = asked
        zone = try zones.zone(named: group.zone)
        lastDay = zone.reading(at: asked.startingBefore).date.daysSinceEpoch
        let lookBack = asked.endingAfter.advanced(bySeconds: -group.span.upperBound)
        // A start that a clock change skipped stands before the reading of its instant: go back by the
        // longest change (a day) only where there was one.
        let changed = zone.nextTransition(after: lookBack.advanced(bySeconds: -90_000))
        isNearChange = changed.map { $0.instant <= asked.endingAfter } ?? false
        let reading = zone.reading(at: lookBack)
        first = isNearChange ? CivilDateTime(reading.date.advanced(byDays: -1) ?? .min, .midnight) : reading
    }

    func fits(_ group: TrackGroup) -> Bool {
        group.span == span && group.zone == name
    }
}

/// The series of one group of tracks, day by day.
final class TrackStream {
    private let index: any ScheduleIndex
    private let group: TrackGroup
    private let zone: TimeZone
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

    init(_ index: any ScheduleIndex, _ group: TrackGroup, _ frame: TrackFrame) {
        self.index = index
        self.group = group
        zone = frame.zone
        asked = frame.asked
        lastDay = min(group.lastDay ?? .max, frame.lastDay)
        isNearChange = frame.isNearChange
        date = frame.first.date
        position = TrackPosition(timeOfDay: frame.first.time.secondOfDay)
        if let date, !fits(date) { moveToNextDay() } else { setBound() }
    }

    var bound: Instant? {
        begunDays.reduce(candidateBound) { bound, day in
            guard let bound, let next = day.bound else { return bound ?? day.bound }
            return Swift.min(bound, next)
        }
    }

    func step() throws -> [Dated<Found>] {
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
    private func part(of day: DayOccurrences) -> [Dated<Found>] {
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

    private func moveToNextDay() {
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

    private func setBound() {
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
            start, ResolvedTiming(segment.timing(at: start), in: zone), of: segment,
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
