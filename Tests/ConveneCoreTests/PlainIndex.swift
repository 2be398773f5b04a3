import ConveneCore
import ConveneTestSupport
import Testing
import ZonedTime

/// An index in memory: it answers by looking at everything, which is what the real one must never do.
struct PlainIndex: ScheduleIndex {
    let meetings: [Int: Meeting]
    private let groups: [TrackGroup]
    private let tracks: [(group: TrackGroup, entry: IndexEntries.TrackEntry, meeting: Int)]
    private let dated: [(entry: IndexEntries.DatedEntry, meeting: Int)]
    private let runs: [(run: RoundRun, meeting: Int)]
    private let patterns: [RoundPattern]

    init(_ meetings: [Meeting]) throws {
        self.meetings = Dictionary(uniqueKeysWithValues: meetings.map { ($0.number, $0) })
        var tracks: [(group: TrackGroup, entry: IndexEntries.TrackEntry, meeting: Int)] = []
        var dated: [(entry: IndexEntries.DatedEntry, meeting: Int)] = []
        var runs: [(run: RoundRun, meeting: Int)] = []
        for meeting in meetings {
            let entries = try IndexEntries(of: meeting, in: SampleZones.shared)
            runs += entries.runs.map { ($0, meeting.number) }
            dated += entries.dated.map { ($0, meeting.number) }
            for entry in entries.tracks {
                let group = TrackGroup(
                    key: 0, zone: entry.zone, span: entry.span, cycle: entry.track.cycle, slot: entry.track.slot,
                    lastDay: nil)
                tracks.append((group, entry, meeting.number))
            }
        }
        self.tracks = tracks
        self.dated = dated
        self.runs = runs
        patterns = Set(runs.map(\.run.pattern)).sorted { ($0.zone, $0.rule, $0.start) < ($1.zone, $1.rule, $1.start) }
        groups = Set(tracks.map(\.group)).sorted { ($0.zone, $0.span.rawValue) < ($1.zone, $1.span.rawValue) }
    }

    func trackGroups() -> [TrackGroup] { groups }

    func candidates(
        in group: TrackGroup, on date: CivilDate, lastingBeyond seconds: Int, after position: TrackPosition, limit: Int
    ) -> [TrackCandidate] {
        let found = tracks.enumerated().filter { _, track in
            track.group == group && track.entry.track.fits(date) && track.entry.track.over > seconds
        }.map { key, track in
            TrackCandidate(
                position: TrackPosition(timeOfDay: track.entry.track.timeOfDay, key: Int64(key)),
                meeting: track.meeting, segment: track.entry.segment)
        }
        .filter { ($0.position.timeOfDay, $0.position.key) > (position.timeOfDay, position.key) }
        .sorted { ($0.position.timeOfDay, $0.position.key) < ($1.position.timeOfDay, $1.position.key) }
        return Array(found.prefix(limit))
    }

    func datedCandidates(
        _ span: SpanClass, _ statuses: Set<Status>?, endingAfter instant: Instant, after position: InstantPosition,
        limit: Int
    ) -> [DatedCandidate] {
        let found = dated.enumerated().filter { _, item in
            item.entry.span == span && (item.entry.endsAt > instant || item.entry.startsAt >= instant)
                && statuses?.contains(item.entry.status) ?? true
        }.map { key, item in
            DatedCandidate(
                position: InstantPosition(instant: item.entry.startsAt, key: Int64(key)), meeting: item.meeting,
                recurrenceID: item.entry.recurrenceID)
        }
        .filter { ($0.position.instant, $0.position.key) > (position.instant, position.key) }
        .sorted { ($0.position.instant, $0.position.key) < ($1.position.instant, $1.position.key) }
        return Array(found.prefix(limit))
    }

    func roundPatterns() -> [(key: Int64, pattern: RoundPattern)] {
        patterns.enumerated().map { (Int64($0), $1) }
    }

    func openRounds(
        of pattern: Int64, at instant: Instant, isEndless: Bool, after position: InstantPosition, limit: Int
    ) -> [RoundCandidate] {
        candidates(of: pattern, after: position, limit) { run in
            guard run.startsAt <= instant, (run.endsAt == nil) == isEndless else { return nil }
            guard let endsAt = run.endsAt else { return run.startsAt }
            return endsAt > instant ? endsAt : nil
        }
    }

    func nextRounds(
        of pattern: Int64, after now: Instant, after position: InstantPosition, limit: Int
    ) -> [RoundCandidate] {
        candidates(of: pattern, after: position, limit) { $0.waitsFrom <= now ? $0.startsAt : nil }
    }

    /// Those that `place` gives a place, behind a position.
    private func candidates(
        of pattern: Int64, after position: InstantPosition, _ limit: Int, place: (RoundRun) -> Instant?
    ) -> [RoundCandidate] {
        let found = runs.enumerated().compactMap { key, item -> RoundCandidate? in
            guard item.run.pattern == patterns[Int(pattern)], let instant = place(item.run) else { return nil }
            return RoundCandidate(
                position: InstantPosition(instant: instant, key: Int64(key)), meeting: item.meeting,
                first: item.run.first)
        }
        .filter { ($0.position.instant, $0.position.key) > (position.instant, position.key) }
        .sorted { ($0.position.instant, $0.position.key) < ($1.position.instant, $1.position.key) }
        return Array(found.prefix(limit))
    }

    func meeting(_ number: Int) -> Meeting? { meetings[number] }
}

extension UpcomingOccurrences {
    /// The names of all that is listed: in the order of its start, each once.
    mutating func listed(by name: (Occurrence, Meeting) -> String) throws -> [String] {
        var listed: [String] = []
        var last = Instant.distantPast
        while let (meeting, occurrence) = try next() {
            #expect(occurrence.startsAt >= last)
            last = occurrence.startsAt
            listed.append(name(occurrence, meeting))
        }
        #expect(Set(listed).count == listed.count)
        return listed
    }
}
