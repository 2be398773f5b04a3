import ConveneCore
import GRDB
import ZonedTime

/// Which meetings have dates with other names since, so that what was on its way meanwhile is known as said of its date.
enum SeriesMoveRows {
    /// - Parameters:
    ///   - record: of the log, which it belongs to.
    ///   - meeting: as it is with it.
    static func insert(_ move: SeriesMove, of meeting: Meeting, record: String, _ db: Database) throws {
        try db.run(
            "INSERT INTO series_move(uid, former, present, record, revision) VALUES (?, ?, ?, ?, ?)",
            [meeting.uid, move.former?.iso8601, move.present?.iso8601, record, meeting.revision])
    }

    /// Those that came after a revision of a meeting, in the order in which they were made.
    static func fetch(of uid: String, after revision: Int, _ db: Database) throws -> [SeriesMove] {
        try db.rows(
            "SELECT former, present FROM series_move WHERE uid = ? AND revision > ? ORDER BY id", [uid, revision], move)
    }

    /// The move that a record of the log made.
    static func made(by record: String, of uid: String, _ db: Database) throws -> SeriesMove? {
        try db.rows("SELECT former, present FROM series_move WHERE uid = ? AND record = ?", [uid, record], move).first
    }

    private static func move(_ row: Columns) throws -> SeriesMove {
        SeriesMove(
            former: try row.optional(0, "former") { CivilDateTime(iso8601: $0) },
            present: try row.optional(1, "present") { CivilDateTime(iso8601: $0) })
    }
}
