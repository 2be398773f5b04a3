public import ConveneCore
import FoundationEssentials
import GRDB
public import ZonedTime

/// What is said once, and belongs to no row of the queue: a change, a test, and what a lost journal took with it.
public struct OutboxEntry: Hashable, Sendable {
    public let identity: String
    public let kind: NotificationKind
    /// The UID of the meeting that it is about, and the short number that this has or had.
    public let uid: String?
    public let meeting: Int?
    public let recurrenceID: CivilDateTime?
    public let summary: String
    /// The start that people were told of; `nil` where they were told that there is none.
    public let told: Instant?
    public let due: Instant
    /// What it is made of besides; where a journal lost it, the fields of the entry as it stood there.
    public let fields: [String: String]?

    public init(
        identity: String, kind: NotificationKind, uid: String?, meeting: Int?, recurrenceID: CivilDateTime?,
        summary: String, told: Instant?, due: Instant, fields: [String: String]?
    ) {
        self.identity = identity
        self.kind = kind
        self.uid = uid
        self.meeting = meeting
        self.recurrenceID = recurrenceID
        self.summary = summary
        self.told = told
        self.due = due
        self.fields = fields
    }
}

extension OutboxEntry {
    /// Among the fields of a decision: it is asked for a second time.
    public static let again = "AGAIN"
    /// Among the fields of a decision: the record that asked for the one that waited when this took its place, and why.
    public static let instead = "INSTEAD"
    public static let insteadReason = "INSTEAD_REASON"
    /// Among the fields of a new holder: whom people know as the holder until they hear of this.
    public static let known = "KNOWN"
    /// Among the fields of a new holder: the first day in office, where it was said.
    public static let since = "SINCE"
    /// Among the fields of a change: what there is to tell.
    static let news = "NEWS"
    /// Among the fields of a change: people were told of another date on that day.
    static let shared = "SHARED"

    /// Whether it says that a decision that was asked for is asked for no longer.
    public var takesBackDecision: Bool { kind == .change && identity.drop { $0 != "/" }.hasPrefix("/decision:") }

    /// Whether it takes an hour to say which date is meant.
    public var isOfSharedDay: Bool { fields?[OutboxEntry.shared] != nil }

    /// The words in which it was said, where a journal has lost it.
    public var lostMessage: String? { fields?[EntryField.kind] == nil ? nil : fields?[EntryField.message] }

    /// Whether it is of no use any more: entries without a meeting are for 24 hours.
    public func isMissed(at now: Instant) -> Bool { now >= due.advanced(bySeconds: 86_400) }
}

extension OutboxEntry {
    /// What people know of a date from what was said of it.
    public struct Known {
        /// `nil` where it was said that there is none.
        let start: Instant?
        /// Where it was to be, and how it stood, among the fields of an entry.
        let fields: [String: String]

        static let names = [EntryField.zone, EntryField.status]

        init(start: Instant?, fields: [String: String]) {
            self.start = start
            self.fields = fields.filter { Known.names.contains($0.key) }
        }

        /// Whether it is another than what takes place now: at another time, elsewhere at the same; or without a time,
        /// whether that is because there is none yet, or because it is called off.
        public func differs(from occurrence: Occurrence?) -> Bool {
            let startsAt = occurrence?.agreedStart
            guard startsAt == start else { return true }
            if startsAt != nil { return fields[EntryField.zone].map { $0 != occurrence?.timing.zone } ?? false }
            let isToCome = fields[EntryField.status].flatMap { Status(rawValue: $0) }?.reminds ?? false
            return isToCome != (occurrence?.status.reminds ?? false)
        }
    }

    /// What people knew when this was owed.
    public var known: Known { Known(start: told, fields: fields ?? [:]) }
}

enum OutboxRows {
    /// Owes the news where people were told otherwise than the schedule now says.
    ///
    /// Whether it still differs is looked at once more when it is sent, so a change and its undo cancel out.
    static func announceDifferences(
        of uid: String, cause: String, at now: Instant, _ context: Context, _ db: Database
    ) throws {
        let told = try NotificationRows.told(of: uid, after: now.advanced(bySeconds: -DateNameRows.days * 86_400), db)
        guard !told.isEmpty else { return }
        let meeting = try MeetingRows.fetch(uid: uid, db)
        let names = Set(told.map(\.recurrenceID))
        // All that were told are judged anew.
        var waiting: [CivilDateTime?: Waiting] = [:]
        for owed in try changes(of: uid, db) where names.contains(owed.recurrenceID) {
            waiting[owed.recurrenceID] = owed
            try remove(owed.identity, db)
        }
        for told in told {
            let name = told.recurrenceID
            let occurrence = try meeting?.occurrence(of: name, in: context.zones)
            // It is news until both have passed: the meeting that was told, and the one that takes place.
            let fields = try fields(told.fields)
            let toldEnd = fields[EntryField.end].flatMap { Instant(rfc3339: $0) } ?? told.startsAt
            let end = occurrence.flatMap { $0.status.reminds ? $0.endsAt : nil }
            let isOver = max(toldEnd ?? .distantPast, end ?? .distantPast) < now
            let known = OutboxEntry.Known(start: told.startsAt, fields: fields)
            guard known.differs(from: occurrence), !isOver, occurrence?.status != .held else { continue }
            if occurrence?.status.reminds != true,
                try meeting?.takesPlace(at: told.startsAt, in: context.zones) ?? false
            {
                continue
            }
            let news = news(occurrence)
            // What waits and says the same keeps its hour: else each note that is written holds it up.
            let same = waiting[name].flatMap { $0.news == news ? $0 : nil }
            var extra = [OutboxEntry.news: news]
            if let meeting { extra[EntryField.revision] = "\(meeting.revision)" }
            if names.contains(where: { $0 != name && $0?.date == name?.date }) { extra[OutboxEntry.shared] = "1" }
            let due = try same?.due ?? now.advanced(bySeconds: SettingRows.changePause(db))
            let identity =
                same?.identity
                ?? NotificationIdentity.change(
                    database: context.databaseID, record: cause, meeting: uid, recurrenceID: name)
            let entry = OutboxEntry(
                identity: identity,
                kind: .change, uid: uid, meeting: meeting?.number ?? fields["CONVENE_NUMBER"].flatMap { Int($0) },
                recurrenceID: name,
                summary: occurrence?.summary ?? meeting?.summary ?? fields["CONVENE_SUMMARY"] ?? "",
                told: told.startsAt, due: due,
                fields: (meeting == nil ? fields : known.fields).merging(extra) { $1 })
            try insert(entry, sendAfter: same?.sendAfter ?? due, db)
        }
    }

    /// What there is to tell of a date: two of the same are one.
    private static func news(_ occurrence: Occurrence?) -> String {
        guard let occurrence else { return "gone" }
        let start = occurrence.agreedStart.map { "\($0.secondsSinceEpoch)" } ?? "none"
        return "\(start) \(occurrence.timing.zone) \(occurrence.status.reminds)"
    }

    /// News of when a date is that is owed.
    private struct Waiting {
        let identity: String
        let recurrenceID: CivilDateTime?
        let due: Instant
        let sendAfter: Instant
        let news: String?
    }

    private static func changes(of uid: String, _ db: Database) throws -> [Waiting] {
        try db.rows(
            """
            SELECT identity, recurrence_id, due, send_after, json_extract(fields, '$.\(OutboxEntry.news)') FROM outbox
            WHERE kind = 'change' AND uid = ? AND \(isOfMeeting)
            """, [uid]
        ) { row in
            Waiting(
                identity: try row[0], recurrenceID: try row.optional(1, "recurrence_id") { CivilDateTime(iso8601: $0) },
                due: Instant(secondsSinceEpoch: try row[2]), sendAfter: Instant(secondsSinceEpoch: try row[3]),
                news: try row[4])
        }
    }

    /// The news of when a date is that are owed no longer.
    static func withdrawChanges(
        of uid: String, _ db: Database, where isMeant: (CivilDateTime?) throws -> Bool
    ) throws {
        for owed in try changes(of: uid, db) where try isMeant(owed.recurrenceID) { try remove(owed.identity, db) }
    }

    static func insert(_ entry: OutboxEntry, sendAfter: Instant, _ db: Database) throws {
        let fields = try entry.fields.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        try db.run(
            """
            INSERT INTO outbox(identity, kind, uid, meeting, recurrence_id, summary, told, due, send_after, fields)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (identity) DO NOTHING
            """,
            [
                entry.identity, entry.kind.rawValue, entry.uid, entry.meeting, entry.recurrenceID?.iso8601,
                entry.summary, entry.told?.secondsSinceEpoch, entry.due.secondsSinceEpoch, sendAfter.secondsSinceEpoch,
                fields,
            ])
    }

    /// Owes again what is said once, and whose entry the journal has lost.
    static func oweAgain(
        _ identity: String, _ lost: NotificationRows.Recorded, at now: Instant, _ db: Database
    ) throws {
        var fields = try fields(lost.fields)
        try NotificationRows.remove(identity, db)
        // A change is news again if it differs from what people were told before it.
        let told = try lost.uid.flatMap { uid in
            try NotificationRows.told(of: uid, after: .distantPast, db).first { $0.recurrenceID == lost.recurrenceID }
        }
        if lost.kind == .change, let told {
            let known = OutboxEntry.Known(start: told.startsAt, fields: try self.fields(told.fields))
            for name in OutboxEntry.Known.names { fields[name] = known.fields[name] }
        }
        let entry = OutboxEntry(
            identity: identity, kind: lost.kind, uid: lost.uid, meeting: lost.meeting, recurrenceID: lost.recurrenceID,
            summary: fields[EntryField.summary] ?? "",
            told: told?.startsAt, due: lost.due, fields: fields)
        // It was due then: a clock that is set back meanwhile does not hold it up.
        try insert(entry, sendAfter: min(lost.due, now), db)
    }

    static func hasChanges(_ db: Database) throws -> Bool {
        try db.has("SELECT 1 FROM outbox WHERE kind = 'change' LIMIT 1", [])
    }

    static func hasPause(beyond end: Instant, _ db: Database) throws -> Bool {
        try db.row("SELECT 1 FROM outbox WHERE \(isPausing) LIMIT 1", [end.secondsSinceEpoch]) != nil
    }

    static func endPauses(by end: Instant, _ db: Database) throws {
        try db.run("UPDATE outbox SET send_after = ?1 WHERE \(isPausing)", [end.secondsSinceEpoch])
    }

    /// It says when a meeting is; that an office has another holder is a change too, and so is that a decision is asked
    /// for no longer (its identity has the database's id, which holds no '/', before `/decision:`).
    static let isOfMeeting = """
        json_extract(fields, '$.\(EntryField.office)') IS NULL
            AND substr(identity, instr(identity, '/'), 10) <> '/decision:'
        """

    /// It waits beyond ?1, and for no hour of its own, as a decision does that is asked for a second time.
    private static let isPausing = """
        send_after > ?1 AND kind IN ('change', 'decision') AND json_extract(fields, '$.\(OutboxEntry.again)') IS NULL
        """

    static func remove(_ identity: String, _ db: Database) throws {
        try db.run("DELETE FROM outbox WHERE identity = ?", [identity])
    }

    /// Owed by now and due after an earlier instant, but for the day's sheets; the longest waiting first.
    static func owed(after earlier: Instant, by now: Instant, limit: Int, _ db: Database) throws -> [OutboxEntry] {
        try db.rows(
            columns + " WHERE send_after > ? AND send_after <= ? AND kind <> 'digest' ORDER BY send_after LIMIT ?",
            [earlier.secondsSinceEpoch, now.secondsSinceEpoch, limit], entry)
    }

    /// The day's sheets that are owed by now: the next one, and what the journal has lost.
    static func sheets(by now: Instant, limit: Int, _ db: Database) throws -> [OutboxEntry] {
        try db.rows(
            columns + " WHERE kind = 'digest' AND send_after <= ? ORDER BY send_after LIMIT ?",
            [now.secondsSinceEpoch, limit], entry)
    }

    static func fetch(_ identity: String, _ db: Database) throws -> OutboxEntry? {
        try db.rows(columns + " WHERE identity = ?", [identity], entry).first
    }

    private static let columns =
        "SELECT identity, kind, meeting, recurrence_id, summary, told, due, fields, uid FROM outbox"

    private static func entry(_ row: Columns) throws -> OutboxEntry {
        let told: Int64? = try row[5]
        let fields: String? = try row[7]
        return OutboxEntry(
            identity: try row[0], kind: try row.value(1, "kind") { NotificationKind(rawValue: $0) }, uid: try row[8],
            meeting: try row[2], recurrenceID: try row.optional(3, "recurrence_id") { CivilDateTime(iso8601: $0) },
            summary: try row[4],
            told: told.map { Instant(secondsSinceEpoch: $0) }, due: Instant(secondsSinceEpoch: try row[6]),
            fields: try fields.map(OutboxRows.fields))
    }

    static func count(owedBy now: Instant, _ db: Database) throws -> Int {
        try db.row("SELECT count(*) FROM outbox WHERE send_after <= ?", [now.secondsSinceEpoch])?[0] ?? 0
    }

    static func nextDue(after now: Instant, _ db: Database) throws -> Instant? {
        let due: Int64? = try db.row(
            "SELECT min(send_after) FROM outbox WHERE send_after > ?", [now.secondsSinceEpoch])?[0]
        return due.map { Instant(secondsSinceEpoch: $0) }
    }

    static func fields(_ text: String) throws -> [String: String] {
        do {
            return try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
        } catch {
            throw StoreError.unreadable(table: "notification", column: "fields", value: text)
        }
    }
}
