public import ConveneCore
import GRDB
public import ZonedTime

/// The schedule as one read, or one transaction, sees it.
public struct ScheduleView {
    let db: Database
    public let context: Context
    /// What was read lately; `nil` inside a write, which sees what may never come on disk.
    let cache: MeetingCache?

    init(_ db: Database, _ context: Context, _ cache: MeetingCache? = nil) {
        self.db = db
        self.context = context
        self.cache = cache
    }

    public func meeting(_ number: Int) throws -> Meeting? {
        try MeetingRows.fetch(number, cache, db)
    }

    public func meeting(uid: String) throws -> Meeting? {
        try MeetingRows.fetch(uid: uid, db)
    }

    /// The meetings that a folded text means, at most `limit`, the newest first: those of which it is the whole
    /// summary; where there are none, those of which it is the beginning of a word; else all that hold it.
    public func numbers(called folded: String, limit: Int) throws -> [Int] {
        try NameRows.numbers(called: folded, limit: limit, db)
    }

    /// The meetings of which a folded text is the whole summary, at most `limit`, the newest first.
    public func numbers(calledExactly folded: String, limit: Int) throws -> [Int] {
        try NameRows.numbers(calledExactly: folded, limit: limit, db)
    }

    /// Summaries to suggest where a reference names none: those of the newest meetings.
    public func newestSummaries(limit: Int) throws -> [String] {
        try db.rows("SELECT summary FROM meeting ORDER BY number DESC LIMIT ?", [limit]).map { $0[0] }
    }

    public func countMeetings() throws -> Int {
        try db.row("SELECT count(*) FROM meeting")?[0] ?? 0
    }

    /// What takes place, in the order of start, lazily.
    ///
    /// - Parameters:
    ///   - statuses: only what stands so; a recurring occurrence may be yielded that does not.
    ///   - undated: which of the rounds that have no date yet.
    public func upcoming(
        endingAfter instant: Instant, startingBefore limit: Instant, statuses: Set<Status>? = nil,
        undated: UndatedRounds = .all
    ) throws -> UpcomingOccurrences {
        try UpcomingOccurrences(
            endingAfter: instant, startingBefore: limit, statuses: statuses, undated: undated,
            in: StoredIndex(db, cache), zones: context.zones)
    }

    /// What the sheet of a day names, in the order of its start.
    public func sheet(of date: CivilDate, in zone: TimeZone) throws -> [Occurrence] {
        let span = DaySheet.span(of: date, in: zone)
        var found: [Occurrence] = []
        var looked = 0
        var upcoming = try upcoming(endingAfter: span.lowerBound, startingBefore: span.upperBound)
        while looked < 1_000, let next = try upcoming.next() {
            looked += 1
            if DaySheet.names(next.occurrence) { found.append(next.occurrence) }
        }
        return found
    }

    // MARK: The log

    public func logEntry(_ id: String) throws -> LogEntry? { try LogRows.fetch(id: id, db) }

    public func latestLogEntry(by uid: Int) throws -> LogEntry? { try LogRows.latest(by: uid, db) }

    /// Whether something later than that record changed the same meeting, and stands.
    public func hasLaterChange(than entry: LogEntry) throws -> Bool {
        try LogRows.hasLaterChange(of: entry.meeting, than: entry.position, db)
    }

    /// The meeting as it was before a change; `nil` where it was not there.
    public func meeting(before entry: LogEntry) throws -> Meeting? {
        try LogRows.before(of: entry.id, db).map { try MeetingSnapshot(text: $0).meeting }
    }

    /// The changes that a change brought with it, the oldest first.
    public func log(causedBy id: String) throws -> [LogEntry] { try LogRows.caused(by: id, db) }

    /// The newest first.
    public func log(of meeting: Int?, below position: Int = .max, limit: Int) throws -> [LogEntry] {
        try LogRows.newest(of: meeting, below: position, limit: limit, db)
    }

    /// The oldest first.
    public func log(after position: Int, limit: Int) throws -> [LogEntry] {
        try LogRows.fetch(after: position, limit: limit, db)
    }

    // MARK: Notifications

    /// When it is told that a date is not as people were told; `nil` where nothing of that kind waits.
    public func changeIsTold(of uid: String, _ recurrenceID: CivilDateTime?) throws -> Instant? {
        let due: Int64? = try db.row(
            """
            SELECT max(send_after) FROM outbox
            WHERE uid = ? AND recurrence_id IS ? AND kind = 'change' AND \(OutboxRows.isOfMeeting)
            """, [uid, recurrenceID?.iso8601])?[0]
        return due.map { Instant(secondsSinceEpoch: $0) }
    }

    /// Whether the journal was told anything since an instant, or may be by now: also of another meeting, for what moves
    /// with this one, the sheet of the day or news of an office may have said what it was.
    public func isAnythingSaid(since instant: Instant, by now: Instant) throws -> Bool {
        let last: Int64? = try db.row("SELECT recorded FROM notification ORDER BY position DESC LIMIT 1")?[0]
        if let last, last >= instant.secondsSinceEpoch { return true }
        return try countOwed(by: now) > 0
    }

    /// Whether a reminder was seen in the journal, or is still to come.
    public func isSaidOrOwed(_ identity: String) throws -> Bool {
        try db.row(
            "SELECT 1 FROM notification WHERE identity = ?1 UNION ALL SELECT 1 FROM queue WHERE identity = ?1 LIMIT 1",
            [identity]) != nil
    }

    /// The oldest first.
    public func notifications(after position: Int, limit: Int) throws -> [StoredNotification] {
        try NotificationRows.fetch(after: position, limit: limit, db)
    }

    /// The positions of the newest log entry and the newest notification; 0 where there is none.
    public func lastPositions() throws -> (log: Int, notification: Int) {
        (
            try db.row("SELECT max(position) FROM log")?[0] ?? 0,
            try db.row("SELECT max(position) FROM notification")?[0] ?? 0
        )
    }

    public func countNotifications() throws -> Int {
        try db.row("SELECT count(*) FROM notification")?[0] ?? 0
    }

    /// How many are due by now and not yet seen in the journal.
    public func countOwed(by now: Instant) throws -> Int {
        try QueueRows.count(owedBy: now, db) + OutboxRows.count(owedBy: now, db)
    }

    /// When something is due next after `now`.
    public func nextDue(after now: Instant) throws -> Instant? {
        let times = [try QueueRows.nextDue(after: now, db), try OutboxRows.nextDue(after: now, db)]
        return times.compactMap { $0 }.min()
    }
}
