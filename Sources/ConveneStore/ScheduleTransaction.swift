public import ConveneCore
import GRDB
public import ZonedTime

/// The schedule inside one transaction: what a write sees, and what it may change.
///
/// A change, its record in the log and its effect on the queue of alarms are one call, and so commit together
/// or not at all.
public struct ScheduleTransaction {
    let db: Database
    public let context: Context
    /// One now for the whole transaction.
    public let now: Instant
    public let author: Author
    private let newID: () -> String
    let learned = LearnedRows()

    init(_ db: Database, _ context: Context, now: Instant, author: Author, newID: @escaping () -> String) {
        self.db = db
        self.context = context
        self.now = now
        self.author = author
        self.newID = newID
    }

    public var schedule: ScheduleView { ScheduleView(db, context) }

    /// A change to be logged.
    public struct Change: Sendable {
        public var verb: String
        /// What changed, in words.
        public var what: String
        /// The record that this one reverses.
        public var undoes: String?
        /// The record whose change brought this one with it.
        public var cause: String?
        /// Of talks in rounds, the round that it is about.
        public var round: PeriodName?
        /// Of a series, that its dates have other names with it.
        public var seriesMove: SeriesMove?

        public init(
            verb: String, what: String, undoes: String? = nil, cause: String? = nil, round: PeriodName? = nil,
            seriesMove: SeriesMove? = nil
        ) {
            self.verb = verb
            self.what = what
            self.undoes = undoes
            self.cause = cause
            self.round = round
            self.seriesMove = seriesMove
        }
    }

    /// Plans a new meeting under the next short number, or the one it had before.
    ///
    /// - Parameter moment: reminders that were due by then are not said; now, unless something is brought back.
    public func insert(
        _ meeting: Meeting, number: Int? = nil, owedSince moment: Instant? = nil, _ change: Change
    ) throws -> Meeting {
        let number = try MeetingRows.insert(meeting, number: number, db)
        let meeting = meeting.numbered(number)
        try NameRows.insert(meeting, db)
        try IndexRows.replace(meeting, isNew: true, in: context.zones, db)
        let rows = try meeting.queue(
            after: moment ?? now, owed: try owedBefore(change, since: moment, of: meeting),
            standard: context.standardAlarms,
            in: context.zones)
        try QueueRows.replace(rows, of: meeting, isNew: true, context, db)
        try log(change, meeting, before: nil, revision: meeting.revision)
        return meeting
    }

    /// Puts a changed meeting in the place of what it was.
    ///
    /// - Parameter moment: reminders that were due by then are not said, but for those that were owed already; now,
    ///   unless something is brought back.
    public func update(
        _ old: Meeting, to changed: Meeting, owedSince moment: Instant? = nil, _ change: Change
    ) throws -> Meeting {
        var meeting = changed
        meeting.revision = old.revision + 1
        try MeetingRows.update(meeting, db)
        if meeting.summary != old.summary { try NameRows.replace(meeting, db) }
        try IndexRows.replace(meeting, isNew: false, in: context.zones, db)
        var waiting = try QueueRows.fetch(of: meeting.number, db)
        if old.segments != meeting.segments || old.overrides != meeting.overrides {
            waiting = try old.eachOwed(waiting, by: now, in: context.zones)
        }
        // What this takes out of the queue although it was owed stands with its record.
        let rows = try meeting.queue(
            after: moment ?? now, owed: waiting + (try owedBefore(change, since: moment, of: meeting)),
            standard: context.standardAlarms, in: context.zones)
        try QueueRows.replace(rows, of: meeting, isNew: false, context, db)
        let taken = waiting.filter { row in row.due <= now && !rows.contains { $0.isSame(as: row) } }
        try log(
            change, meeting, before: old, revision: meeting.revision, owed: taken,
            move: try move(of: old, to: meeting, change))
        return meeting
    }

    /// Whether its dates have other names with it.
    private func move(of old: Meeting, to meeting: Meeting, _ change: Change) throws -> SeriesMove? {
        if let move = change.seriesMove { return move }
        if let undone = change.undoes, let move = try SeriesMoveRows.made(by: undone, of: meeting.uid, db) {
            return move.reversed
        }
        return try SeriesMove(of: old, becoming: meeting, in: context.zones)
    }

    /// Removes a meeting; the log keeps what it was.
    public func delete(_ meeting: Meeting, _ change: Change) throws {
        let owed = try QueueRows.fetch(of: meeting.number, db).filter { $0.due <= now }
        try MeetingRows.delete(meeting.number, db)
        try log(change, meeting, before: meeting, revision: nil, owed: owed)
    }

    /// What was owed before the change that is undone at once, by the zone data of today.
    private func owedBefore(_ change: Change, since moment: Instant?, of meeting: Meeting) throws -> [QueuedAlarm] {
        guard moment != nil, let undone = change.undoes else { return [] }
        return try OwedRows.fetch(of: undone, db).compactMap { row in
            guard let occurrence = try meeting.occurrence(of: row.recurrenceID, in: context.zones) else { return nil }
            let zone = try context.zones.zone(named: occurrence.timing.zone)
            let reminder = Reminder(row.alarm, of: occurrence, due: row.alarm.trigger.due(for: occurrence, in: zone))
            return QueuedAlarm(reminder, isOwn: row.isOwn)
        }
    }

    /// A slip that is taken back at once takes no reminder with it, so what was due since is owed, and what was owed before
    /// is again; what is undone later is decided anew (`nil`).
    public func owedSince(undoing entry: LogEntry) throws -> Instant? {
        (0...(try SettingRows.changePause(db))).contains(now.seconds(since: entry.at)) ? entry.at : nil
    }

    private func log(
        _ change: Change, _ meeting: Meeting, before: Meeting?, revision: Int?, owed: [QueuedAlarm] = [],
        move: SeriesMove? = nil
    ) throws {
        let id = try append(
            change, number: meeting.number, summary: meeting.summary, before: before, revision: revision,
            owed: try OwedRows.text(owed))
        if let move { try SeriesMoveRows.insert(move, of: meeting.uid, record: id, db) }
        if let before, revision != nil {
            let step = DateNameRows.Step(
                record: id, undoes: change.undoes, old: before, new: meeting, move: move)
            try DateNameRows.rename(after: step, at: now, context, db)
        }
        try OutboxRows.announceDifferences(of: meeting.uid, cause: id, at: now, context, db)
    }

    /// - Returns: the id of the record.
    @discardableResult
    func append(
        _ change: Change, number: Int, summary: String, before: Meeting?, revision: Int?, owed: String? = nil
    ) throws -> String {
        let id = newID()
        try LogRows.append(
            id: id, at: now, author, verb: change.verb, meeting: number, summary: summary, what: change.what,
            before: try before.map { try MeetingSnapshot($0).text }, revision: revision, undoes: change.undoes,
            cause: change.cause, round: change.round, register: try RegisterRows.text(learned.changes),
            owed: owed, db)
        learned.changes = []
        learned.record = id
        return id
    }
}
