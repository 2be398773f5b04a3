import ConveneCore
import GRDB
import ZonedTime

/// What is derived from one meeting, as lines that can be compared: as it stands in the tables, and as a rebuild from
/// what people wrote gives it.
struct DerivedRows {
    /// A table, and lines of it; a line that stands there twice counts twice.
    private(set) var lines: [String: [String]] = [:]

    private mutating func add(_ table: String, _ values: (any CustomStringConvertible)?...) {
        lines[table, default: []].append(values.map { $0?.description ?? "-" }.joined(separator: " "))
    }

    // MARK: As a rebuild gives it

    /// - Parameter now: what is due by then is owed, or does not fire any more.
    init(rebuilding meeting: Meeting, at now: Instant, _ context: Context, _ db: Database) throws {
        let entries = try IndexEntries(of: meeting, in: context.zones)
        for entry in entries.dated {
            add(
                "dated", entry.recurrenceID?.iso8601, entry.span.rawValue, entry.startsAt.secondsSinceEpoch,
                entry.endsAt.secondsSinceEpoch, entry.status.rawValue)
        }
        for run in entries.runs {
            add(
                "round_run", run.pattern.zone, run.pattern.rule, run.pattern.start.iso8601, run.pattern.status.rawValue,
                run.first.iso8601, run.startsAt.secondsSinceEpoch, run.endsAt?.secondsSinceEpoch,
                run.waitsFrom.secondsSinceEpoch)
        }
        for entry in entries.tracks {
            let track = entry.track
            add(
                "track", entry.segment, entry.zone, entry.span.rawValue, track.cycle.rawValue, track.slot,
                track.timeOfDay, track.over, track.period, track.residue, track.dayMask, track.firstDay, track.lastDay)
        }
        for row in try QueueRows.rebuilt(meeting, at: now, context, db) {
            add(
                "queue", row.alarm.trigger.text, row.recurrenceID?.iso8601, row.isOwn ? 1 : 0,
                row.due.secondsSinceEpoch, row.start.iso8601, row.zone,
                row.identity(database: context.databaseID, meeting: meeting.uid))
        }
        add("meeting", Folding.fold(meeting.summary), PartRows.mask(of: meeting), meeting.awaits ? 1 : 0)
        for (word, rest) in Folding.wordStarts(in: Folding.fold(meeting.summary)).enumerated() {
            add("summary_word", word, rest)
        }
        for (position, side) in meeting.sides.enumerated() {
            add("side", position, side.officeKey, side.person.map(Folding.fold))
        }
    }

    // MARK: As it stands

    init(storedFor number: Int, _ db: Database) throws {
        try read("dated", "SELECT recurrence_id, span, starts, ends, status FROM dated WHERE meeting = ?", number, db)
        try read(
            "track",
            """
            SELECT segment, zone, span, cycle, slot, time_of_day, over, period, residue, day_mask, first_day,
                track.last_day
            FROM track JOIN track_group ON track_group.id = track_group WHERE meeting = ?
            """, number, db)
        try read(
            "round_run",
            """
            SELECT zone, rule, start, status, first, starts, ends, waits_from
            FROM round_run JOIN round_pattern ON round_pattern.id = pattern WHERE meeting = ?
            """, number, db)
        // Of a series of which something waits, another row may go on behind it.
        try read(
            "queue",
            """
            SELECT trigger, recurrence_id, is_own, due, start, zone, identity FROM queue WHERE meeting = ?
                AND NOT (is_own = 0 AND EXISTS (SELECT 1 FROM queue AS first WHERE first.meeting = queue.meeting
                    AND first.alarm = queue.alarm AND first.is_own = 0 AND first.due < queue.due
                    AND first.ends_before <= queue.recurrence_id))
            """, number, db)
        try read("meeting", "SELECT folded, parts, awaits FROM meeting WHERE number = ?", number, db)
        try read("summary_word", "SELECT word, rest FROM summary_word WHERE meeting = ?", number, db)
        try read("side", "SELECT position, office_key, person_key FROM side WHERE meeting = ?", number, db)
    }

    private mutating func read(_ table: String, _ sql: String, _ number: Int, _ db: Database) throws {
        let found = try db.rows(sql, [number]).map { row in
            row.databaseValues.map { value in
                switch value.storage {
                case .null: "-"
                case .string(let text): text
                case .int64(let integer): "\(integer)"
                case .double(let real): "\(real)"
                case .blob(let bytes): "\(bytes.count) bytes"
                }
            }.joined(separator: " ")
        }
        if !found.isEmpty { lines[table] = found }
    }

    // MARK: Compared

    /// For each table that is not what a rebuild gives: how many rows are missing there, and how many should not be.
    func differences(from rebuilt: DerivedRows) -> [(table: String, missing: Int, surplus: Int)] {
        guard lines.mapValues({ $0.sorted() }) != rebuilt.lines.mapValues({ $0.sorted() }) else { return [] }
        return Set(lines.keys).union(rebuilt.lines.keys).sorted().compactMap { table in
            let here = lines[table] ?? []
            let there = rebuilt.lines[table] ?? []
            let missing = DerivedRows.surplus(of: there, over: here)
            let surplus = DerivedRows.surplus(of: here, over: there)
            return missing + surplus > 0 ? (table, missing, surplus) : nil
        }
    }

    private static func surplus(of lines: [String], over others: [String]) -> Int {
        var counts: [String: Int] = [:]
        for line in others { counts[line, default: 0] += 1 }
        return lines.count { line in
            guard let count = counts[line], count > 0 else { return true }
            counts[line] = count - 1
            return false
        }
    }
}
