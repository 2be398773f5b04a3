public import ConveneCore
import GRDB
public import ZonedTime

/// Who did something.
public struct Author: Hashable, Sendable {
    /// The uid of the peer at the socket.
    public let uid: Int
    public let name: String

    public init(uid: Int, name: String) {
        self.uid = uid
        self.name = name
    }
}

/// One change, as the log keeps it.
public struct LogEntry: Hashable, Sendable {
    /// A random UUID, part of the identity of what the change makes to be said.
    public let id: String
    /// Counts up; a cursor for those who follow.
    public let position: Int
    public let at: Instant
    public let author: Author
    public let verb: String
    /// The short number of the meeting.
    public let meeting: Int
    public let summary: String
    /// What changed, in words.
    public let what: String
    /// The revision that the meeting had afterwards; `nil` where it was deleted.
    public let revision: Int?
    /// The record that this one reverses.
    public let undoes: String?
    public let undoneBy: String?
    /// The record whose change brought this one with it.
    public let cause: String?
    /// Of talks in rounds, the round that it was about.
    public let round: PeriodName?
}

enum LogRows {
    static func append(
        id: String, at now: Instant, _ author: Author, verb: String, meeting: Int, summary: String, what: String,
        before: String?, revision: Int?, undoes: String?, cause: String?, round: PeriodName?, register: String?,
        owed: String?, _ db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO log(id, at, by_uid, by_name, verb, meeting, summary, what, before, revision, undoes, cause,
                round, register, owed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, now.secondsSinceEpoch, author.uid, author.name, verb, meeting, summary, what, before, revision,
                undoes, cause, round.map { "\($0.cadence.rawValue)/\($0.first.iso8601)" }, register, owed,
            ])
        guard let undoes else { return }
        // What an undo had reversed stands again when that is undone itself.
        try db.run("UPDATE log SET undone_by = NULL WHERE undone_by = ?", [undoes])
        try db.run("UPDATE log SET undone_by = ? WHERE id = ?", [id, undoes])
    }

    /// Whether something later than a record changed the meeting and stands: an undo and what it reversed cancel out
    /// where both are later, and who takes note of something changes nothing.
    static func hasLaterChange(of meeting: Int, than position: Int, _ db: Database) throws -> Bool {
        try db.row(
            """
            SELECT 1 FROM log WHERE meeting = ?1 AND verb <> 'ack' AND \(changes(behind: "?2"))
            LIMIT 1
            """, [meeting, position]) != nil
    }

    /// That a record behind a position is a change that stands: not undone, nor the undo of one that is behind it too.
    static func changes(behind position: String) -> String {
        """
        position > \(position) AND undone_by IS NULL
            AND (undoes IS NULL OR (SELECT position FROM log AS undone WHERE undone.id = log.undoes) < \(position))
        """
    }

    static func fetch(id: String, _ db: Database) throws -> LogEntry? {
        try db.row(columns + " WHERE id = ?", [id], entry)
    }

    /// The latest change by somebody that stands, and that reverses nothing itself.
    static func latest(by uid: Int, _ db: Database) throws -> LogEntry? {
        try db.row(
            columns + """
                 WHERE by_uid = ? AND undone_by IS NULL AND undoes IS NULL AND cause IS NULL
                ORDER BY position DESC LIMIT 1
                """, [uid], entry
        )
    }

    static func before(of id: String, _ db: Database) throws -> String? {
        try db.row("SELECT before FROM log WHERE id = ?", [id])?[0]
    }

    /// What changed a meeting after a revision, up to what it is now; the oldest first.
    static func steps(to meeting: Meeting, after revision: Int, _ db: Database) throws -> [DateNameRows.Step] {
        let changes = try db.rows(
            """
            SELECT id, undoes, before FROM log WHERE meeting = ? AND revision > ? AND before IS NOT NULL
            ORDER BY position
            """, [meeting.number, revision]
        ) { row in
            (
                record: try row[0] as String, undoes: try row[1] as String?,
                before: try MeetingSnapshot(text: try row[2]).meeting
            )
        }
        return try zip(changes, changes.dropFirst().map(\.before) + [meeting]).map { change, after in
            DateNameRows.Step(
                record: change.record, undoes: change.undoes, old: change.before, new: after,
                move: try SeriesMoveRows.made(by: change.record, of: meeting.uid, db))
        }
    }

    /// What was owed of the meeting and was taken out of the queue by a change, as text.
    static func owed(of id: String, _ db: Database) throws -> String? {
        try db.row("SELECT owed FROM log WHERE id = ?", [id])?[0]
    }

    /// What the register was before a change, as text.
    static func register(of id: String, _ db: Database) throws -> String? {
        try db.row("SELECT register FROM log WHERE id = ?", [id])?[0]
    }

    /// The changes that a change brought with it, the oldest first.
    static func caused(by id: String, _ db: Database) throws -> [LogEntry] {
        try db.rows(columns + " WHERE cause = ? ORDER BY position", [id], entry)
    }

    /// The newest first, below a position.
    static func newest(of meeting: Int?, below position: Int, limit: Int, _ db: Database) throws -> [LogEntry] {
        if let meeting {
            return try db.rows(
                columns + " WHERE meeting = ? AND position < ? ORDER BY position DESC LIMIT ?",
                [meeting, position, limit], entry
            )
        }
        return try db.rows(columns + " WHERE position < ? ORDER BY position DESC LIMIT ?", [position, limit], entry)
    }

    static func fetch(after position: Int, limit: Int, _ db: Database) throws -> [LogEntry] {
        try db.rows(columns + " WHERE position > ? ORDER BY position LIMIT ?", [position, limit], entry)
    }

    private static let columns = """
        SELECT id, position, at, by_uid, by_name, verb, meeting, summary, what, revision, undoes, undone_by, cause, round
        FROM log
        """

    private static func entry(_ row: Columns) throws -> LogEntry {
        LogEntry(
            id: try row[0], position: try row[1], at: Instant(secondsSinceEpoch: try row[2]),
            author: Author(uid: try row[3], name: try row[4]), verb: try row[5], meeting: try row[6],
            summary: try row[7], what: try row[8],
            revision: try row[9], undoes: try row[10], undoneBy: try row[11], cause: try row[12],
            round: try row.optional(13, "round", period))
    }

    /// `monthly/2019-09-01`.
    private static func period(_ text: String) -> PeriodName? {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let cadence = Cadence(rawValue: String(parts[0])),
            let first = CivilDate(iso8601: String(parts[1]))
        else { return nil }
        return PeriodName(cadence, first)
    }
}
