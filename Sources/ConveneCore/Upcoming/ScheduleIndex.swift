import Recurrence
public import ZonedTime

/// What a search through the whole schedule asks of the store.
public protocol ScheduleIndex {
    /// The groups in which the tracks of all series stand; those of one zone and class of length side by side.
    func trackGroups() throws -> [TrackGroup]

    /// Series of a group that can take place on a day, in the order of their time of day and key; only those
    /// that may last beyond so many seconds after its midnight.
    func candidates(
        in group: TrackGroup, on date: CivilDate, lastingBeyond seconds: Int, after position: TrackPosition, limit: Int
    ) throws -> [TrackCandidate]

    /// What has a date of its own (single meetings, moved occurrences, added dates), of one class of length,
    /// in the order of start and key; only what ends after `instant`, or begins at or after it, and stands so.
    func datedCandidates(
        _ span: SpanClass, _ statuses: Set<Status>?, endingAfter instant: Instant, after position: InstantPosition,
        limit: Int
    ) throws -> [DatedCandidate]

    /// The patterns of all series held in rounds.
    func roundPatterns() throws -> [(key: Int64, pattern: RoundPattern)]

    /// Series of a pattern whose round of the period that begins at `instant` has no date, those without a date ever
    /// after or the others, in the order of key.
    func openRounds(
        of pattern: Int64, at instant: Instant, isEndless: Bool, after position: InstantPosition, limit: Int
    ) throws -> [RoundCandidate]

    /// Series of a pattern whose next round without a date, as seen at `now`, begins its period later, in the order
    /// of start and key.
    func nextRounds(
        of pattern: Int64, after now: Instant, after position: InstantPosition, limit: Int
    ) throws -> [RoundCandidate]

    /// The meeting of that short number.
    func meeting(_ number: Int) throws -> Meeting?
}

/// Tracks that one look into the index finds together.
public struct TrackGroup: Hashable, Sendable {
    /// By which the index finds it.
    public let key: Int64
    public let zone: String
    public let span: SpanClass
    public let cycle: Track.Cycle
    public let slot: Int
    /// Days since 1970-01-01 of the last day of any of them; `nil` where one has no end.
    public let lastDay: Int?

    public init(key: Int64, zone: String, span: SpanClass, cycle: Track.Cycle, slot: Int, lastDay: Int?) {
        self.key = key
        self.zone = zone
        self.span = span
        self.cycle = cycle
        self.slot = slot
        self.lastDay = lastDay
    }
}

/// How far a search through a day's tracks has come.
public struct TrackPosition: Hashable, Sendable {
    public let timeOfDay: Int
    public let key: Int64

    /// The position before everything from that second of the day on.
    public init(timeOfDay: Int, key: Int64 = -1) {
        self.timeOfDay = timeOfDay
        self.key = key
    }
}

public struct TrackCandidate: Hashable, Sendable {
    public let position: TrackPosition
    public let meeting: Int
    /// Which segment of it.
    public let segment: Int

    public init(position: TrackPosition, meeting: Int, segment: Int) {
        self.position = position
        self.meeting = meeting
        self.segment = segment
    }
}

/// How far a search through what is kept by an instant has come: that instant, and the key.
public struct InstantPosition: Hashable, Sendable {
    public let instant: Instant
    public let key: Int64

    /// The position before everything from that instant on.
    public init(instant: Instant = .distantPast, key: Int64 = -1) {
        self.instant = instant
        self.key = key
    }
}

public struct DatedCandidate: Hashable, Sendable {
    public let position: InstantPosition
    public let meeting: Int
    public let recurrenceID: CivilDateTime?

    public init(position: InstantPosition, meeting: Int, recurrenceID: CivilDateTime?) {
        self.position = position
        self.meeting = meeting
        self.recurrenceID = recurrenceID
    }
}

public struct RoundCandidate: Hashable, Sendable {
    public let position: InstantPosition
    public let meeting: Int
    /// The first period of the stretch.
    public let first: CivilDateTime

    public init(position: InstantPosition, meeting: Int, first: CivilDateTime) {
        self.position = position
        self.meeting = meeting
        self.first = first
    }
}

/// What the index holds of one meeting.
public struct IndexEntries: Hashable, Sendable {
    public struct DatedEntry: Hashable, Sendable {
        public let recurrenceID: CivilDateTime?
        public let startsAt: Instant
        public let endsAt: Instant
        public let span: SpanClass
        public let status: Status
    }

    public struct TrackEntry: Hashable, Sendable {
        public let segment: Int
        public let zone: String
        public let span: SpanClass
        public let track: Track
    }

    public var dated: [DatedEntry] = []
    public var tracks: [TrackEntry] = []
    public var runs: [RoundRun] = []

    /// Everything by which a search can find the meeting; derived, so it can be thrown away.
    public init(of meeting: Meeting, in zones: any TimeZoneSource) throws(MeetingProblem) {
        guard meeting.isSeries else {
            add(try meeting.singleOccurrence(in: zones))
            return
        }
        for occurrence in try meeting.movedOccurrences(in: zones) { add(occurrence) }
        let rounds = try meeting.roundRuns(in: zones)
        runs = rounds.runs
        for period in rounds.closed {
            if let occurrence = try meeting.occurrence(of: period, in: zones) { add(occurrence) }
        }
        for (position, segment) in meeting.segments.enumerated() where !meeting.isRounds(segment) {
            let zone = try zones.zone(named: segment.timing.zone)
            for track in Track.tracks(of: segment, in: zone) {
                // Where a day has several occurrences, the search must find the track as long as one is to come.
                let span = SpanClass(seconds: Int64(track.over - track.timeOfDay))
                tracks.append(TrackEntry(segment: position, zone: segment.timing.zone, span: span, track: track))
            }
            for start in segment.datedStarts(in: zone) where meeting.override(of: start)?.timing == nil {
                add(
                    meeting.occurrence(
                        start, ResolvedTiming(segment.timing(at: start), in: zone), of: segment,
                        meeting.override(of: start)))
            }
        }
    }

    private mutating func add(_ occurrence: Occurrence) {
        dated.append(
            DatedEntry(
                recurrenceID: occurrence.recurrenceID, startsAt: occurrence.startsAt, endsAt: occurrence.endsAt,
                span: SpanClass(occurrence.timing.duration), status: occurrence.status))
    }
}

extension Segment {
    /// The starts that no rule gives: added dates, and a first start that does not match its rule.
    func datedStarts(in zone: TimeZone) -> [CivilDateTime] {
        let ruleStarts = rule.map {
            RecurrenceSet(
                start: timing.start, rules: [$0], dates: [], exclusions: [], isWholeDays: !timing.isTimed, zone: zone)
        }
        var starts = dates
        if ruleStarts?.givesStart != true { starts.append(timing.start) }
        return Set(starts).filter { covers($0) && !exclusions.contains($0) }.sorted()
    }
}
