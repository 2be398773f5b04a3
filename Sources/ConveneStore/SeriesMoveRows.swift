public import ConveneCore
import GRDB
public import ZonedTime

/// Which series were moved, and from where to where: so that what was said of a date is known as said of it.
enum SeriesMoveRows {
    static func insert(_ move: SeriesMove, of uid: String, _ db: Database) throws {
        try db.run(
            """
            INSERT INTO series_move(uid, former, present, said)
            VALUES (?1, ?2, ?3, (SELECT coalesce(max(position), 0) FROM notification))
            ON CONFLICT DO UPDATE SET said = excluded.said
            """, [uid, move.former.iso8601, move.present.iso8601])
    }

    static func fetch(of uid: String, _ db: Database) throws -> [SeriesMove] {
        try db.rows("SELECT former, present, said FROM series_move WHERE uid = ?", [uid]) { row in
            SeriesMove(
                former: try row.value(0, "former") { CivilDateTime(iso8601: $0) },
                present: try row.value(1, "present") { CivilDateTime(iso8601: $0) }, position: row[2])
        }
    }
}

/// The names that the dates of a meeting have now.
struct DateNames {
    private let meeting: Meeting?
    private let moves: [SeriesMove]
    private let zones: any TimeZoneSource

    /// - Parameter meeting: `nil` where it was deleted.
    init(of uid: String, _ meeting: Meeting?, _ context: Context, _ db: Database) throws {
        self.meeting = meeting
        var moves = try SeriesMoveRows.fetch(of: uid, db)
        // A move stands where the series begins at what it led to, by itself or by the moves behind it.
        var starts = Set(meeting?.segments.map(\.timing.start) ?? [])
        while let index = moves.firstIndex(where: { !$0.isInEffect && starts.contains($0.present) }) {
            moves[index].isInEffect = true
            starts.insert(moves[index].former)
        }
        self.moves = moves
        zones = context.zones
    }

    /// Whether any of them may have had another.
    var mayDiffer: Bool { !moves.isEmpty }

    /// The name that a date has now; where there is no such date any more, the first of those that it had, which stands for
    /// all of them.
    ///
    /// - Parameter position: of the notification that said something under that name.
    func present(_ recurrenceID: CivilDateTime?, saidAt position: Int = .max) throws -> CivilDateTime? {
        guard let recurrenceID else { return try nameOfSingle() }
        let names = moves.isEmpty ? [recurrenceID] : SeriesMove.names(of: recurrenceID, saidAt: position, after: moves)
        // One date of a series that became a meeting of its own.
        if let meeting, !meeting.isSeries, names.contains(meeting.timing.start) { return nil }
        guard !moves.isEmpty else { return recurrenceID }
        return try meeting?.presentName(among: names, in: zones) ?? names.min()
    }

    /// What was said of a meeting of its own is said of the date with which it became a series, where that is one of its dates.
    private func nameOfSingle() throws -> CivilDateTime? {
        guard let meeting, meeting.isSeries, meeting.rounds == nil else { return nil }
        let first = meeting.segments[0].timing.start
        return try meeting.occurrence(of: first, in: zones) == nil ? nil : first
    }
}

extension ScheduleView {
    /// The name that a date of a meeting has now, of which something was said.
    public func presentName(of notification: StoredNotification, in meeting: Meeting) throws -> CivilDateTime? {
        try DateNames(of: meeting.uid, meeting, context, db).present(
            notification.recurrenceID, saidAt: notification.position)
    }
}
