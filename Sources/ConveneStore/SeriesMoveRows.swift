public import ConveneCore
import GRDB
public import ZonedTime

/// Which series were moved, and from where to where: so that what was said of a date is known as said of it.
enum SeriesMoveRows {
    /// - Parameter record: of the log, which it belongs to.
    static func insert(_ move: SeriesMove, of uid: String, record: String, _ db: Database) throws {
        try db.run(
            """
            INSERT INTO series_move(uid, former, present, record, said)
            VALUES (?, ?, ?, ?, (SELECT coalesce(max(position), 0) FROM notification))
            """, [uid, move.former.iso8601, move.present.iso8601, record])
    }

    /// In the order in which they were made.
    static func fetch(of uid: String, _ db: Database) throws -> [SeriesMove] {
        try db.rows("SELECT former, present, said FROM series_move WHERE uid = ? ORDER BY id", [uid], move)
    }

    /// The move that a record of the log made.
    static func made(by record: String, of uid: String, _ db: Database) throws -> SeriesMove? {
        try db.rows(
            "SELECT former, present, said FROM series_move WHERE uid = ? AND record = ?", [uid, record], move
        ).first
    }

    private static func move(_ row: Columns) throws -> SeriesMove {
        SeriesMove(
            former: try row.value(0, "former") { CivilDateTime(iso8601: $0) },
            present: try row.value(1, "present") { CivilDateTime(iso8601: $0) }, position: try row[2])
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
        moves = try SeriesMoveRows.fetch(of: uid, db)
        zones = context.zones
    }

    /// Whether any of them may have had another.
    var mayDiffer: Bool { !moves.isEmpty }

    /// The name that a date has now; where there is no such date any more, the one that it would have, which stands for all of
    /// those that it had.
    ///
    /// - Parameters:
    ///   - position: of the notification that said something under that name.
    ///   - start: the start that it named, on the clock there.
    func present(_ recurrenceID: CivilDateTime?, saidAt position: Int, starting start: CivilDateTime?) throws
        -> CivilDateTime?
    {
        try present(recurrenceID, saidAt: position, starting: start, after: moves)
    }

    private func present(
        _ recurrenceID: CivilDateTime?, saidAt position: Int, starting start: CivilDateTime? = nil,
        after moves: [SeriesMove]
    ) throws -> CivilDateTime? {
        // Of one that was deleted it is not known whether it was one of its own at last: so all its names are one.
        let isSingle = meeting.map { !$0.isSeries || $0.rounds != nil } ?? self.moves.isEmpty
        if recurrenceID == nil, isSingle { return nil }
        guard let recurrenceID = recurrenceID ?? nameOfSingle(saidAt: position, starting: start, after: moves)
        else { return nil }
        let names = SeriesMove.names(of: recurrenceID, saidAt: position, after: moves)
        // One date of a series that became a meeting of its own.
        if let meeting, !meeting.isSeries, names.contains(meeting.timing.start) { return nil }
        guard !moves.isEmpty else { return recurrenceID }
        return try meeting?.presentName(among: names, in: zones) ?? names.first
    }

    /// The name under which news of a date is recorded that is gone, so that it is known as said of that: the one under which
    /// people were told, or the one that it would have.
    func lasting(_ name: CivilDateTime?, told: CivilDateTime?) throws -> CivilDateTime? {
        guard let told, let name else { return told ?? name }
        return try [told, name].first { try present($0, saidAt: .max, starting: nil) == name } ?? told
    }

    /// Every name that a date had or has of which something was said.
    func all(_ recurrenceID: CivilDateTime?, saidAt position: Int) -> [CivilDateTime] {
        recurrenceID.map { SeriesMove.names(of: $0, saidAt: position, after: moves) } ?? []
    }

    /// Every name that a date may have now of which something is owed, whenever that was named.
    func possible(_ recurrenceID: CivilDateTime?) throws -> [CivilDateTime?] {
        try (0...moves.count).map { try present(recurrenceID, saidAt: 0, after: Array(moves[$0...])) }
    }

    /// What was said of a meeting of its own is said of the date with which it became a series: where it was then, or if it
    /// was moved since, where that began.
    private func nameOfSingle(
        saidAt position: Int, starting start: CivilDateTime?, after moves: [SeriesMove]
    ) -> CivilDateTime? {
        let former = moves.first { $0.position >= position }?.former
        guard let start else {
            return former ?? meeting.map { $0.segments[0].timing.start } ?? moves.last?.present
        }
        // Other zone data may read the start some hours from where it was; a move of a later date is none of this one.
        let isOfThis = former.map { abs($0.secondsSinceEpoch - start.secondsSinceEpoch) <= 43_200 } ?? false
        return isOfThis ? former : start
    }

    /// The start that fields of an entry name, on the clock there.
    func start(among fields: [String: String]) -> CivilDateTime? {
        guard let start = fields[EntryField.start].flatMap({ Instant(rfc3339: $0) }),
            let zone = fields[EntryField.zone].flatMap({ zones.timeZone($0) })
        else { return nil }
        return zone.reading(at: start)
    }
}

extension ScheduleView {
    /// The name that a date of a meeting has now, of which something was said.
    public func presentName(of notification: StoredNotification, in meeting: Meeting) throws -> CivilDateTime? {
        let names = try DateNames(of: meeting.uid, meeting, context, db)
        return try names.present(
            notification.recurrenceID, saidAt: notification.position, starting: names.start(among: notification.fields))
    }
}
