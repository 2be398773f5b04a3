public import ConveneCore
import GRDB
public import ZonedTime

/// Which series were moved, and from where to where: so that what was said of a date is known as said of it.
enum SeriesMoveRows {
    static func insert(_ move: SeriesMove, of uid: String, _ db: Database) throws {
        try db.run(
            "INSERT INTO series_move(uid, former, present) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [uid, move.former.iso8601, move.present.iso8601])
    }

    static func fetch(of uid: String, _ db: Database) throws -> [SeriesMove] {
        try db.rows("SELECT former, present FROM series_move WHERE uid = ?", [uid]) { row in
            SeriesMove(
                former: try row.value(0, "former") { CivilDateTime(iso8601: $0) },
                present: try row.value(1, "present") { CivilDateTime(iso8601: $0) })
        }
    }
}

/// The names that the dates of a meeting have now.
struct DateNames {
    private let meeting: Meeting?
    private let moves: [SeriesMove]
    private let zones: any TimeZoneSource

    /// - Parameter meeting: `nil` where it was deleted: every date keeps its name then.
    init(of uid: String, _ meeting: Meeting?, _ context: Context, _ db: Database) throws {
        self.meeting = meeting
        moves = meeting?.isSeries ?? false ? try SeriesMoveRows.fetch(of: uid, db) : []
        zones = context.zones
    }

    /// Whether any of them may have had another.
    var mayDiffer: Bool { !moves.isEmpty }

    func present(_ recurrenceID: CivilDateTime?) throws -> CivilDateTime? {
        guard let meeting, let recurrenceID, !moves.isEmpty else { return recurrenceID }
        return try meeting.presentName(of: recurrenceID, after: moves, in: zones)
    }
}

extension ScheduleView {
    /// The name that a date of a meeting has now, of which something was said under that name.
    public func presentName(of recurrenceID: CivilDateTime?, in meeting: Meeting) throws -> CivilDateTime? {
        try DateNames(of: meeting.uid, meeting, context, db).present(recurrenceID)
    }
}
