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
    /// The UID of its meeting, and the short number that this had.
    public let uid: String?
    public let meeting: Int?
    /// The name that its date has now.
    public let recurrenceID: CivilDateTime?
    public let due: Instant
    /// Seconds after `due` at which it was written.
    public let late: Int
    /// The fields of the entry that are ours, and its message.
    public let fields: [String: String]
    /// Somebody took note of it.
    public let isAcknowledged: Bool
}

/// When something was recorded, by a clock that never steps.
public struct BootMoment: Hashable, Sendable {
    /// The boot of the machine.
    public let boot: String
    /// Seconds since then.
    public let uptime: Int64

    public init(boot: String, uptime: Int64) {
        self.boot = boot
        self.uptime = uptime
    }
}

/// The record of what was delivered, and the outbox of what is said once.
enum NotificationRows {
    static func exists(_ identity: String, _ db: Database) throws -> Bool {
        try db.has("SELECT 1 FROM notification WHERE identity = ?", [identity])
    }

    static func insert(
        _ seen: SeenEntry, _ identity: String, in moment: BootMoment, at now: Instant, _ db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO notification(identity, kind, message, uid, meeting, recurrence_id, starts, due, late, recorded,
                boot, uptime, fields)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (identity) DO NOTHING
            """,
            [
                identity, seen.kind.rawValue, seen.message, seen.uid, seen.meeting, seen.recurrenceID?.iso8601,
                seen.startsAt?.secondsSinceEpoch, seen.due.secondsSinceEpoch, seen.late, now.secondsSinceEpoch,
                moment.boot, moment.uptime, seen.fields,
            ])
    }

    /// Whether a reminder was said, also of the same date while that was a meeting of its own, or of a series.
    static func isSaid(_ identity: String, _ db: Database) throws -> Bool {
        try exists(identity, db)
            || NotificationIdentity.otherName(ofReminder: identity).map { try exists($0, db) } ?? false
    }

    static func fetch(after position: Int, limit: Int, _ db: Database) throws -> [StoredNotification] {
        try db.rows(columns + " WHERE position > ? ORDER BY position LIMIT ?", [position, limit], notification)
    }

    static func fetch(_ identity: String, _ db: Database) throws -> StoredNotification? {
        try db.row(columns + " WHERE identity = ?", [identity], notification)
    }

    /// What was missed and nobody took note of, the latest first.
    static func missed(limit: Int, _ db: Database) throws -> [StoredNotification] {
        try db.rows(
            columns + " WHERE kind = 'missed' AND acknowledged IS NULL ORDER BY position DESC LIMIT ?", [limit],
            notification
        )
    }

    /// What was last said of a meeting.
    static func last(of uid: String, _ db: Database) throws -> StoredNotification? {
        try db.row(columns + " WHERE uid = ? ORDER BY position DESC LIMIT 1", [uid], notification)
    }

    private static let columns = """
        SELECT position, identity, kind, message, meeting, recurrence_id, due, late, acknowledged, uid, fields
        FROM notification
        """

    private static func notification(_ row: Columns) throws -> StoredNotification {
        let acknowledged: String? = try row[8]
        return StoredNotification(
            position: try row[0], identity: try row[1],
            kind: try row.value(2, "kind") { NotificationKind(rawValue: $0) },
            message: try row[3], uid: try row[9], meeting: try row[4],
            recurrenceID: try row.optional(5, "recurrence_id") { CivilDateTime(iso8601: $0) },
            due: Instant(secondsSinceEpoch: try row[6]), late: try row[7], fields: try OutboxRows.fields(try row[10]),
            isAcknowledged: acknowledged != nil)
    }

    /// What people were last told of each occurrence of a meeting, and is still to come or not long over, in the order
    /// in which it was said.
    ///
    /// That an office has another holder says nothing of when a meeting is.
    static func told(of uid: String, after instant: Instant, _ db: Database) throws -> [Told] {
        // max() picks the row that the other columns come from (lang_select.html, bare columns).
        try db.rows(
            """
            SELECT recurrence_id, starts, fields, max(position) FROM notification
            WHERE uid = ?1 AND kind IN ('reminder', 'change') AND (due > ?2 OR starts > ?2)
                AND \(OutboxRows.isOfMeeting)
            GROUP BY recurrence_id ORDER BY 4
            """, [uid, instant.secondsSinceEpoch]
        ) { row in
            let starts: Int64? = try row[1]
            return Told(
                recurrenceID: try row.optional(0, "recurrence_id") { CivilDateTime(iso8601: $0) },
                startsAt: starts.map { Instant(secondsSinceEpoch: $0) }, fields: try row[2],
                position: try row[3])
        }
    }

    struct Told {
        let recurrenceID: CivilDateTime?
        /// The start that was named; `nil` where it was said that there is none.
        let startsAt: Instant?
        let fields: String
        let position: Int
    }

    static func recorded(_ identity: String, _ db: Database) throws -> Recorded? {
        try db.row(
            "SELECT kind, uid, meeting, recurrence_id, starts, due, fields FROM notification WHERE identity = ?",
            [identity]
        ) { row in
            let starts: Int64? = try row[4]
            return Recorded(
                kind: try row.value(0, "kind") { NotificationKind(rawValue: $0) }, uid: try row[1],
                meeting: try row[2],
                recurrenceID: try row.optional(3, "recurrence_id") { CivilDateTime(iso8601: $0) },
                startsAt: starts.map { Instant(secondsSinceEpoch: $0) }, due: Instant(secondsSinceEpoch: try row[5]),
                fields: try row[6])
        }
    }

    struct Recorded {
        let kind: NotificationKind
        let uid: String?
        let meeting: Int?
        let recurrenceID: CivilDateTime?
        let startsAt: Instant?
        let due: Instant
        let fields: String
    }

    // MARK: Earlier boots

    /// Of each earlier boot that was not settled yet, what was recorded in its last `seconds`; the oldest first.
    static func lastRecorded(seconds: Int64, notIn boot: String, _ db: Database) throws -> [String] {
        let settled = try settledPosition(db)
        var identities: [String] = []
        var end: Int? = .max
        while let below = end, let last = try lastOfEarlierBoot(boot, after: settled, below: below, db) {
            identities += try db.rows(
                "SELECT identity FROM notification WHERE boot = ? AND uptime >= ? AND position > ? ORDER BY position DESC",
                [last.boot, last.uptime - seconds, settled]
            ).map { $0[0] }
            // Records of one boot lie together, for the positions count up.
            end = try db.row(
                "SELECT position FROM notification WHERE boot = ? AND position > ? ORDER BY uptime, position LIMIT 1",
                [last.boot, settled])?[0]
        }
        return identities.reversed()
    }

    private static func lastOfEarlierBoot(
        _ boot: String, after settled: Int, below: Int, _ db: Database
    ) throws -> (boot: String, uptime: Int64)? {
        try db.row(
            """
            SELECT boot, uptime FROM notification WHERE position > ? AND position < ? AND boot <> ?
            ORDER BY position DESC LIMIT 1
            """, [settled, below, boot]
        ).map { ($0[0], $0[1]) }
    }

    /// The journal was asked for what earlier boots may have lost, and need not be asked again.
    static func settleBoots(before boot: String, _ db: Database) throws {
        let last: Int? = try db.row(
            "SELECT position FROM notification WHERE position > ? AND boot <> ? ORDER BY position DESC LIMIT 1",
            [try settledPosition(db), boot])?[0]
        if let last { try Settings.set("settled", "\(last)", db) }
    }

    private static func settledPosition(_ db: Database) throws -> Int {
        try Settings.get("settled", db).flatMap { Int($0) } ?? 0
    }

    static func remove(_ identity: String, _ db: Database) throws {
        try db.run("DELETE FROM notification WHERE identity = ?", [identity])
    }
}
