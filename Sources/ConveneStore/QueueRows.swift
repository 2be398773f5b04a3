import ConveneCore
import GRDB
import ZonedTime

/// The queue of alarms: what each live alarm says next, by the instant at which it is due.
enum QueueRows {
    /// The rows of a meeting; of the rows of one series the first, from which it goes on to all that stands behind it.
    static func fetch(of meeting: Int, _ db: Database) throws -> [QueuedAlarm] {
        let rows = try db.rows("SELECT \(columns) FROM queue WHERE meeting = ? ORDER BY due, id", [meeting], alarm)
        var series: Set<String> = []
        return rows.filter { $0.isOwn || series.insert($0.alarm.id).inserted }
    }

    /// Puts the rows of a meeting in the place of those that it had.
    static func replace(_ rows: [QueuedAlarm], of meeting: Meeting, isNew: Bool, _ context: Context, _ db: Database)
        throws
    {
        if !isNew { try db.run("DELETE FROM queue WHERE meeting = ?", [meeting.number]) }
        for row in rows { try insert(row, of: meeting, context, db) }
    }

    /// Puts a row in, or where the journal already holds what it says, the next of its series that it does not hold.
    ///
    /// So a move there and back, or a clock that was set back, says nothing twice, and no series stops at what was
    /// said already.
    ///
    /// - Parameter endsBefore: the occurrence before which the series stops, as another row goes on from there.
    private static func insert(
        _ row: QueuedAlarm, of meeting: Meeting, endsBefore: CivilDateTime? = nil, _ context: Context, _ db: Database
    ) throws {
        guard let row = try firstUnsaid(from: row, of: meeting, context, db), row.isBefore(endsBefore) else { return }
        let identity = row.identity(database: context.databaseID, meeting: meeting.uid)
        try insert(row, identity, meeting.number, endsBefore: endsBefore, db)
    }

    /// The row, or the next of its series, that the journal is not known to hold.
    private static func firstUnsaid(
        from row: QueuedAlarm, of meeting: Meeting, _ context: Context, _ db: Database
    ) throws -> QueuedAlarm? {
        var next: QueuedAlarm? = row
        while let row = next {
            let identity = row.identity(database: context.databaseID, meeting: meeting.uid)
            guard try NotificationRows.isSaid(identity, db) else { return row }
            guard !row.isOwn, let said = row.recurrenceID else { return nil }
            next = try meeting.queue(following: said, of: row.alarm, in: context.zones)
        }
        return nil
    }

    /// The rows that the queue must hold for a meeting: what is owed and still said, and what comes next.
    static func rebuilt(
        _ meeting: Meeting, at now: Instant, _ context: Context, _ db: Database
    ) throws -> [QueuedAlarm] {
        // What was past when it was changed last, or was dropped, did not fire, also where the clock was set back since.
        let changed: Int64? = try db.row(
            "SELECT at FROM log WHERE meeting = ? ORDER BY position DESC LIMIT 1", [meeting.number])?[0]
        let dropped: Int64? = try db.row("SELECT dropped_until FROM meeting WHERE number = ?", [meeting.number])?[0]
        let instant = [changed, dropped].compactMap { $0 }.map { Instant(secondsSinceEpoch: $0) }.reduce(now, max)
        let stored = try fetch(of: meeting.number, db)
        return try meeting.queue(after: instant, owed: stored, standard: context.standardAlarms, in: context.zones)
            .compactMap { try firstUnsaid(from: $0, of: meeting, context, db) }
    }

    /// Moves the queue on past a notification, only where the row still has that identity.
    ///
    /// - Returns: the row, if there was one, and the number of its meeting.
    static func advance(
        past identity: String, _ context: Context, _ db: Database
    ) throws -> (alarm: QueuedAlarm, meeting: Int)? {
        func take(_ identity: String) throws -> (alarm: QueuedAlarm, meeting: Int, endsBefore: CivilDateTime?)? {
            try db.rows("DELETE FROM queue WHERE identity = ? RETURNING \(columns), meeting, ends_before", [identity]) {
                (alarm: try alarm($0), meeting: try $0[8] as Int, endsBefore: try endsBefore($0, 9))
            }.first
        }
        // The meeting may have become a series, or one date of its own, while this was on its way.
        let taken = try take(identity) ?? NotificationIdentity.otherName(ofReminder: identity).flatMap(take)
        guard let (said, number, endsBefore) = taken else { return nil }
        guard !said.isOwn, let recurrenceID = said.recurrenceID, let meeting = try MeetingRows.fetch(number, db) else {
            return (said, number)
        }
        if let next = try meeting.queue(following: recurrenceID, of: said.alarm, in: context.zones) {
            try insert(next, of: meeting, endsBefore: endsBefore, context, db)
        }
        return (said, number)
    }

    /// Owes a reminder again whose entry the journal has lost, where the schedule still says it: as a row of its own.
    static func oweAgain(
        _ identity: String, _ lost: NotificationRows.Recorded, _ context: Context, _ db: Database
    ) throws {
        guard let meeting = try lost.uid.flatMap({ try MeetingRows.fetch(uid: $0, db) }),
            let occurrence = try meeting.occurrence(of: lost.recurrenceID, in: context.zones)
        else { return }
        let zone = try context.zones.zone(named: occurrence.timing.zone)
        let alarms = context.standardAlarms.alarms(of: meeting, for: occurrence.timing)
        for alarm in alarms + meeting.snoozes(of: lost.recurrenceID) where alarm.reminds(of: occurrence.status) {
            let reminder = Reminder(alarm, of: occurrence, due: alarm.trigger.due(for: occurrence, in: zone))
            let row = QueuedAlarm(reminder, isOwn: true)
            let present = row.identity(database: context.databaseID, meeting: meeting.uid)
            guard present == identity || NotificationIdentity.otherName(ofReminder: present) == identity else {
                continue
            }
            try NotificationRows.remove(identity, db)
            try insert(row, present, meeting.number, db)
        }
    }

    static func nextDue(after now: Instant, _ db: Database) throws -> Instant? {
        let due: Int64? = try db.row("SELECT min(due) FROM queue WHERE due > ?", [now.secondsSinceEpoch])?[0]
        return due.map { Instant(secondsSinceEpoch: $0) }
    }

    /// A row that is owed.
    struct OwedRow {
        let meeting: Int
        let alarm: QueuedAlarm
        let identity: String
        /// Of a series, up to where it goes on.
        let endsBefore: CivilDateTime?
    }

    /// Owed by now, and due after an earlier instant, those whose identity is asked for; the longest waiting first.
    ///
    /// - Parameter limit: at most so many are looked at.
    static func owed(
        after earlier: Instant, by now: Instant, limit: Int, _ db: Database, where isWanted: (String) -> Bool
    ) throws -> [OwedRow] {
        try db.rows(
            """
            SELECT \(columns), meeting, identity, ends_before FROM queue WHERE due > ? AND due <= ?
            ORDER BY due, id LIMIT ?
            """, [earlier.secondsSinceEpoch, now.secondsSinceEpoch, limit]
        ) { row -> OwedRow? in
            // In a burst most of them are under way: to read the others of their columns costs more than all the rest.
            guard isWanted(try row[9]) else { return nil }
            return OwedRow(
                meeting: try row[8], alarm: try alarm(row), identity: try row[9], endsBefore: try endsBefore(row, 10))
        }.compactMap(\.self)
    }

    /// Lets series go on past what is owed of them and waits: that goes on up to the first that is not owed, which stands
    /// in a row beside it, however many lie between.
    ///
    /// - Returns: how many rows waited, at most `limit`.
    static func standAside(by now: Instant, limit: Int, _ context: Context, _ db: Database) throws -> Int {
        let waiting = try db.rows(
            "SELECT \(columns), meeting, id FROM queue WHERE \(isOfSeries) AND due <= ? ORDER BY due, id LIMIT ?",
            [now.secondsSinceEpoch, limit]
        ) { row in (alarm: try alarm(row), meeting: try row[8] as Int, id: try row[9] as Int64) }
        for (row, number, id) in waiting {
            guard let said = row.recurrenceID, let meeting = try MeetingRows.fetch(number, db) else { continue }
            let next = try meeting.queue(following: said, of: row.alarm, dueAfter: now, in: context.zones)
            let end = next?.recurrenceID ?? .max
            try db.run("UPDATE queue SET ends_before = ? WHERE id = ?", [end.iso8601, id])
            if let next { try insert(next, of: meeting, context, db) }
        }
        return waiting.count
    }

    private static func endsBefore(_ row: Columns, _ column: Int) throws -> CivilDateTime? {
        try row.optional(column, "ends_before") { CivilDateTime(iso8601: $0) }
    }

    static func hasSeries(owedBy now: Instant, _ db: Database) throws -> Bool {
        try db.has("SELECT 1 FROM queue WHERE \(isOfSeries) AND due <= ? LIMIT 1", [now.secondsSinceEpoch])
    }

    /// It moves on when it was said, as far as the series goes.
    private static let isOfSeries = "is_own = 0 AND recurrence_id IS NOT NULL AND ends_before IS NULL"

    static func count(owedBy now: Instant, _ db: Database) throws -> Int {
        try db.row("SELECT count(*) FROM queue WHERE due <= ?", [now.secondsSinceEpoch])?[0] ?? 0
    }

    private static let columns = "alarm, trigger, recurrence_id, is_own, due, start, zone, length"

    static func insert(
        _ row: QueuedAlarm, _ identity: String, _ meeting: Int, endsBefore: CivilDateTime? = nil, _ db: Database
    ) throws {
        // Where the row stands there already, it goes on as far as either.
        try db.run(
            """
            INSERT INTO queue(meeting, alarm, trigger, recurrence_id, is_own, due, start, zone, length, identity,
                ends_before)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (identity) DO UPDATE SET
                is_own = min(is_own, excluded.is_own),
                ends_before = CASE WHEN excluded.is_own = 1 THEN ends_before WHEN is_own = 1 THEN excluded.ends_before
                    ELSE max(ends_before, excluded.ends_before) END
            """,
            [
                meeting, row.alarm.id, row.alarm.trigger.text, row.recurrenceID?.iso8601, row.isOwn,
                row.due.secondsSinceEpoch, row.start.iso8601, row.zone, row.length?.iso8601, identity,
                endsBefore?.iso8601,
            ])
    }

    private static func alarm(_ row: Columns) throws -> QueuedAlarm {
        QueuedAlarm(
            alarm: Alarm(id: try row[0], trigger: try row.value(1, "trigger") { AlarmTrigger(text: $0) }),
            recurrenceID: try row.optional(2, "recurrence_id") { CivilDateTime(iso8601: $0) }, isOwn: try row[3],
            due: Instant(secondsSinceEpoch: try row[4]),
            start: try row.value(5, "start") { CivilDateTime(iso8601: $0) },
            zone: try row[6], length: try row.optional(7, "length") { CalendarDuration(iso8601: $0) })
    }
}
