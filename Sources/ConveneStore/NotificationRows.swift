public import ConveneCore
import GRDB
public import ZonedTime

/// What the journal was seen to hold.
public struct StoredNotification: Hashable, Sendable {
    /// Counts up; a cursor for those who follow.
    public let position: Int
    public let identity: String
    public let kind: NotificationKind
    public let message: String
    public let meeting: Int?
    public let recurrenceID: CivilDateTime?
    public let due: Instant
    /// Seconds after `due` at which it was written.
    public let late: Int
}

/// The record of what was delivered, and the outbox of what is said once.
enum NotificationRows {
    static func exists(_ identity: String, _ db: Database) throws -> Bool {
        try db.row("SELECT 1 FROM notification WHERE identity = ?", [identity]) != nil
    }

    /// - Returns: whether it is new.
    static func insert(_ seen: SeenEntry, _ identity: String, boot: String, at now: Instant, _ db: Database) throws
        -> Bool
    {
        try db.run(
            """
            INSERT INTO notification(identity, kind, message, meeting, recurrence_id, starts, due, late, recorded, boot,
                fields)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (identity) DO NOTHING
            """,
            [
                identity, seen.kind.rawValue, seen.message, seen.meeting, seen.recurrenceID?.iso8601,
                seen.startsAt?.secondsSinceEpoch, seen.due.secondsSinceEpoch, seen.late, now.secondsSinceEpoch, boot,
                seen.fields,
            ])
        return db.changesCount > 0
    }

    static func fetch(after position: Int, limit: Int, _ db: Database) throws -> [StoredNotification] {
        try db.rows(
            """
            SELECT position, identity, kind, message, meeting, recurrence_id, due, late
            FROM notification WHERE position > ? ORDER BY position LIMIT ?
            """, [position, limit]
        ).map { row in
            StoredNotification(
                position: row[0], identity: row[1], kind: try row.value(2, "kind") { NotificationKind(rawValue: $0) },
                message: row[3], meeting: row[4],
                recurrenceID: try row.optional(5, "recurrence_id") { CivilDateTime(iso8601: $0) },
                due: Instant(secondsSinceEpoch: row[6]), late: row[7])
        }
    }

    /// What people were last told of each occurrence of a meeting, and is not long over.
    static func told(of meeting: Int, after instant: Instant, _ db: Database) throws -> [Told] {
        // max() picks the row that the other columns come from (lang_select.html, bare columns).
        try db.rows(
            """
            SELECT recurrence_id, starts, fields, max(position) FROM notification
            WHERE meeting = ? AND kind IN ('reminder', 'change') AND due > ? GROUP BY recurrence_id
            """, [meeting, instant.secondsSinceEpoch]
        ).map { row in
            let starts: Int64? = row[1]
            return Told(
                recurrenceID: try row.optional(0, "recurrence_id") { CivilDateTime(iso8601: $0) },
                startsAt: starts.map { Instant(secondsSinceEpoch: $0) }, fields: row[2])
        }
    }

    struct Told {
        let recurrenceID: CivilDateTime?
        /// The start that was named; `nil` where it was said that there is none.
        let startsAt: Instant?
        let fields: String
    }

    /// What was recorded in an earlier boot of the machine since `instant`.
    static func recorded(since instant: Instant, notIn boot: String, _ db: Database) throws -> [Recorded] {
        try db.rows(
            """
            SELECT identity, kind, meeting, recurrence_id, starts, due, fields FROM notification
            WHERE recorded >= ? AND boot <> ? ORDER BY position
            """, [instant.secondsSinceEpoch, boot]
        ).map { row in
            let starts: Int64? = row[4]
            return Recorded(
                identity: row[0], kind: try row.value(1, "kind") { NotificationKind(rawValue: $0) }, meeting: row[2],
                recurrenceID: try row.optional(3, "recurrence_id") { CivilDateTime(iso8601: $0) },
                startsAt: starts.map { Instant(secondsSinceEpoch: $0) }, due: Instant(secondsSinceEpoch: row[5]),
                fields: row[6])
        }
    }

    struct Recorded {
        let identity: String
        let kind: NotificationKind
        let meeting: Int?
        let recurrenceID: CivilDateTime?
        let startsAt: Instant?
        let due: Instant
        let fields: String
    }

    static func lastRecorded(notIn boot: String, _ db: Database) throws -> Instant? {
        let last: Int64? = try db.row(
            "SELECT recorded FROM notification WHERE boot <> ? ORDER BY position DESC LIMIT 1", [boot])?[0]
        return last.map { Instant(secondsSinceEpoch: $0) }
    }

    static func remove(_ identity: String, _ db: Database) throws {
        try db.run("DELETE FROM notification WHERE identity = ?", [identity])
    }
}
