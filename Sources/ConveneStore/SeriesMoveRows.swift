import ConveneCore
import GRDB
import ZonedTime

/// Which changes gave the dates of a meeting other names: so an undo is known as a move back, and what was on its way meanwhile
/// as said of its date.
enum SeriesMoveRows {
    /// - Parameter record: of the log, which it belongs to.
    static func insert(_ move: SeriesMove, of uid: String, record: String, _ db: Database) throws {
        try db.run(
            "INSERT INTO series_move(uid, former, present, record) VALUES (?, ?, ?, ?)",
            [uid, move.former?.iso8601, move.present?.iso8601, record])
    }

    /// The move that a record of the log made.
    static func made(by record: String, of uid: String, _ db: Database) throws -> SeriesMove? {
        try db.rows("SELECT former, present FROM series_move WHERE uid = ? AND record = ?", [uid, record]) { row in
            SeriesMove(
                former: try row.optional(0, "former") { CivilDateTime(iso8601: $0) },
                present: try row.optional(1, "present") { CivilDateTime(iso8601: $0) })
        }.first
    }
}
