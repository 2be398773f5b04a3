import ConveneCore
import GRDB
import ZonedTime

/// The index by which a list finds its occurrences: `dated`, `track_group`, `track`, `round_pattern`, `round_run`.
enum IndexRows {
    /// Writes what the index holds of a meeting, in the place of what it held.
    static func replace(_ meeting: Meeting, isNew: Bool, in zones: any TimeZoneSource, _ db: Database) throws {
        if !isNew {
            try db.run("DELETE FROM dated WHERE meeting = ?", [meeting.number])
            try db.run("DELETE FROM track WHERE meeting = ?", [meeting.number])
            try db.run("DELETE FROM round_run WHERE meeting = ?", [meeting.number])
        }
        let entries = try IndexEntries(of: meeting, in: zones)
        for entry in entries.dated {
            try db.run(
                "INSERT INTO dated(meeting, recurrence_id, span, starts, ends, status) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    meeting.number, entry.recurrenceID?.iso8601, entry.span.rawValue,
                    entry.startsAt.secondsSinceEpoch, entry.endsAt.secondsSinceEpoch, entry.status.rawValue,
                ])
        }
        for run in entries.runs {
            try db.run(
                "INSERT INTO round_run(pattern, meeting, first, starts, ends, waits_from) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    try pattern(run.pattern, db), meeting.number, run.first.iso8601, run.startsAt.secondsSinceEpoch,
                    run.endsAt?.secondsSinceEpoch, run.waitsFrom.secondsSinceEpoch,
                ])
        }
        for entry in entries.tracks {
            let track = entry.track
            try db.run(
                """
                INSERT INTO track(track_group, meeting, segment, time_of_day, over, period, residue, day_mask,
                    first_day, last_day)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    try group(of: entry, db), meeting.number, entry.segment, track.timeOfDay, track.over,
                    track.period, track.residue, track.dayMask, track.firstDay, track.lastDay,
                ])
        }
    }

    /// The row of a group, made where it is the first of its kind; its last day only ever grows.
    private static func group(of entry: IndexEntries.TrackEntry, _ db: Database) throws -> Int64 {
        let track = entry.track
        let row = try db.row(
            """
            INSERT INTO track_group(zone, span, cycle, slot, endless, last_day) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (zone, span, cycle, slot, endless) DO UPDATE SET last_day = max(last_day, excluded.last_day)
            RETURNING id
            """,
            [
                entry.zone, entry.span.rawValue, track.cycle.rawValue, track.slot, track.lastDay == nil, track.lastDay,
            ])
        guard let row else { throw StoreError.failed(reason: "track_group gave no row") }
        return row[0]
    }

    /// The row of a pattern, made where it is the first of its kind.
    private static func pattern(_ pattern: RoundPattern, _ db: Database) throws -> Int64 {
        let values: StatementArguments = [
            pattern.zone, pattern.rule, pattern.start.iso8601, pattern.status.rawValue,
        ]
        let known = try db.row(
            "SELECT id FROM round_pattern WHERE zone = ? AND rule = ? AND start = ? AND status = ?", values)
        if let known { return known[0] }
        try db.run("INSERT INTO round_pattern(zone, rule, start, status) VALUES (?, ?, ?, ?)", values)
        return db.lastInsertedRowID
    }
}

/// One read of the database, answering a search through the schedule.
struct StoredIndex: ScheduleIndex {
    let db: Database
    private let cache: MeetingCache?

    init(_ db: Database, _ cache: MeetingCache?) {
        self.db = db
        self.cache = cache
    }

    func trackGroups() throws -> [TrackGroup] {
        try db.rows("SELECT id, zone, span, cycle, slot, last_day FROM track_group ORDER BY zone, span, id") { row in
            guard let span = SpanClass(rawValue: try row[2]), let cycle = Track.Cycle(rawValue: try row[3]) else {
                throw StoreError.unreadable(table: "track_group", column: "span, cycle", value: "\(try row[2] as Int)")
            }
            return TrackGroup(
                key: try row[0], zone: try row[1], span: span, cycle: cycle, slot: try row[4], lastDay: try row[5])
        }
    }

    func candidates(
        in group: TrackGroup, on date: CivilDate, lastingBeyond seconds: Int, after position: TrackPosition, limit: Int
    ) throws -> [TrackCandidate] {
        let (year, month, _) = date.components
        let isByMonth = group.cycle == .monthly || group.cycle == .yearly
        let number = isByMonth ? year * 12 + month - 1 : date.daysSinceEpoch
        let mask = Track.mask(of: date)
        // The index holds every column, so that a series that does not fit the day costs a fraction of a
        // microsecond; what most of them fail is asked first. A negative number cannot leave the residue that
        // SQLite's % would give it.
        let residue = number >= 0 ? "?4 % period" : "((?4 % period) + period) % period"
        return try db.rows(
            """
            SELECT time_of_day, id, meeting, segment FROM track
            WHERE track_group = ?1 AND (time_of_day, id) > (?2, ?3)
                AND over > ?8 AND day_mask & ?5 <> 0 AND day_mask & ?9 <> 0 AND \(residue) = residue
                AND first_day <= ?6 AND (last_day IS NULL OR last_day >= ?6)
            ORDER BY time_of_day, id LIMIT ?7
            """,
            [
                group.key, position.timeOfDay, position.key, number, mask.day, date.daysSinceEpoch, limit, seconds,
                mask.weekday,
            ]
        ) { row in
            TrackCandidate(
                position: TrackPosition(timeOfDay: try row[0], key: try row[1]), meeting: try row[2],
                segment: try row[3])
        }
    }

    func datedCandidates(
        _ span: SpanClass, _ statuses: Set<Status>?, endingAfter instant: Instant, after position: InstantPosition,
        limit: Int
    ) throws -> [DatedCandidate] {
        // In a fixed order, so that one statement serves all lists that ask for the same; '' is not yet derived.
        let asked = statuses.map { statuses in
            ["''"] + Status.allCases.filter(statuses.contains).map { "'\($0.rawValue)'" }
        }
        let standing = asked.map { " AND status IN (\($0.joined(separator: ", ")))" } ?? ""
        return try db.rows(
            """
            SELECT starts, id, meeting, recurrence_id FROM dated
            WHERE span = ?1 AND (starts, id) > (?2, ?3) AND (ends > ?4 OR starts >= ?4)\(standing)
            ORDER BY starts, id LIMIT ?5
            """,
            [
                span.rawValue, position.instant.secondsSinceEpoch, position.key, instant.secondsSinceEpoch, limit,
            ]
        ) { row in
            DatedCandidate(
                position: InstantPosition(instant: Instant(secondsSinceEpoch: try row[0]), key: try row[1]),
                meeting: try row[2],
                recurrenceID: try row.optional(3, "recurrence_id") { CivilDateTime(iso8601: $0) })
        }
    }

    func roundPatterns() throws -> [(key: Int64, pattern: RoundPattern)] {
        try db.rows("SELECT id, zone, rule, start, status FROM round_pattern ORDER BY id") { row in
            (
                try row[0],
                RoundPattern(
                    zone: try row[1], rule: try row[2], start: try row.value(3, "start") { CivilDateTime(iso8601: $0) },
                    status: try row.value(4, "status") { Status(rawValue: $0) })
            )
        }
    }

    func openRounds(
        of pattern: Int64, at instant: Instant, isEndless: Bool, after position: InstantPosition, limit: Int
    ) throws -> [RoundCandidate] {
        let instants: StatementArguments = [
            pattern, position.instant.secondsSinceEpoch, position.key, instant.secondsSinceEpoch, limit,
        ]
        if isEndless {
            return try db.rows(
                """
                SELECT starts, id, meeting, first FROM round_run
                WHERE pattern = ?1 AND (starts, id) > (?2, ?3) AND starts <= ?4 AND ends IS NULL
                ORDER BY starts, id LIMIT ?5
                """, instants, candidate)
        }
        return try db.rows(
            """
            SELECT ends, id, meeting, first FROM round_run
            WHERE pattern = ?1 AND (ends, id) > (?2, ?3) AND ends > ?4 AND starts <= ?4
            ORDER BY ends, id LIMIT ?5
            """, instants, candidate)
    }

    func nextRounds(
        of pattern: Int64, after now: Instant, after position: InstantPosition, limit: Int
    ) throws -> [RoundCandidate] {
        try db.rows(
            """
            SELECT starts, id, meeting, first FROM round_run INDEXED BY round_run_by_start
            WHERE pattern = ?1 AND (starts, id) > (?2, ?3) AND waits_from <= ?4
            ORDER BY starts, id LIMIT ?5
            """,
            [pattern, position.instant.secondsSinceEpoch, position.key, now.secondsSinceEpoch, limit], candidate)
    }

    private func candidate(_ row: Columns) throws -> RoundCandidate {
        RoundCandidate(
            position: InstantPosition(instant: Instant(secondsSinceEpoch: try row[0]), key: try row[1]),
            meeting: try row[2],
            first: try row.value(3, "first") { CivilDateTime(iso8601: $0) })
    }

    func meeting(_ number: Int) throws -> Meeting? {
        try MeetingRows.fetch(number, cache, db)
    }
}
