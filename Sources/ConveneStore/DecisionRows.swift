import ConveneCore
import GRDB
import ZonedTime

/// Questions that people were asked: that a meeting is to be decided, and that it is not any more.
enum DecisionRows {
    /// The record that asked for a decision, from the identity of what asks for it: `DATABASE/decision:RECORD/UID`.
    static func record(of identity: String) -> String {
        String(identity.drop { $0 != "/" }.drop { $0 != ":" }.dropFirst().prefix { $0 != "/" })
    }

    /// The decision about a meeting that waits to be asked for, or asked for again: which record asked for it, and why.
    static func waiting(about uid: String, _ db: Database) throws -> (record: String, reason: String)? {
        let row = try db.row(
            "SELECT identity, fields FROM outbox WHERE uid = ? AND kind = 'decision' ORDER BY send_after LIMIT 1", [uid]
        )
        guard let row, let text = row[1] as String? else { return nil }
        return (record(of: row[0]), try OutboxRows.fields(text)[EntryField.message] ?? "")
    }

    /// Owes the news that a decision is asked for no longer.
    ///
    /// - Parameter question: the identity of the last that was said of it.
    static func oweNone(about meeting: Meeting, since question: String, at now: Instant, _ db: Database) throws {
        guard try !isNoneOwed(about: meeting.uid, db), try !isTakenBack(question, about: meeting.uid, db) else {
            return
        }
        // Behind a restored backup it may be asked again after it was taken back.
        let isAgain = try NotificationRows.exists(question + "/undone", db)
        let identity = question + (isAgain ? "/\(now.secondsSinceEpoch)" : "") + "/undone"
        let entry = OutboxEntry(
            identity: identity, kind: .change, uid: meeting.uid, meeting: meeting.number,
            recurrenceID: nil, summary: meeting.summary, told: nil,
            due: now.advanced(bySeconds: try SettingRows.changePause(db)),
            fields: [
                EntryField.meeting: meeting.uid, EntryField.number: "\(meeting.number)",
                EntryField.summary: meeting.summary,
            ])
        try OutboxRows.insert(entry, sendAfter: entry.due, db)
    }

    /// Whether the news is owed that a meeting is to be decided no longer.
    private static func isNoneOwed(about uid: String?, _ db: Database) throws -> Bool {
        try db.has(
            "SELECT 1 FROM outbox WHERE uid = ? AND kind = 'change' AND substr(identity, -7) = '/undone' LIMIT 1", [uid]
        )
    }

    /// Whether a question that was recorded has been taken back since.
    private static func isTakenBack(_ identity: String, about uid: String?, _ db: Database) throws -> Bool {
        try db.has(
            """
            SELECT 1 FROM notification WHERE uid = ? AND substr(identity, -7) = '/undone'
                AND position > (SELECT position FROM notification WHERE identity = ?) LIMIT 1
            """, [uid, identity])
    }

    /// Whether what the journal has lost of a question is said no more: it was taken back, or is about to be.
    static func isOver(
        _ identity: String, _ kind: NotificationKind, about uid: String?, _ context: Context, _ db: Database
    ) throws -> Bool {
        guard let uid else { return false }
        // One that says so is enough.
        if identity.hasSuffix("/undone") { return try isNoneOwed(about: uid, db) }
        guard kind == .decision else { return false }
        if try isTakenBack(identity, about: uid, db) { return true }
        // News that the journal has lost, too, of an earlier question is dropped where this one stands.
        return try isNoneOwed(about: uid, db) && !ScheduleView(db, context).isToDecide(uid: uid)
    }

    /// The journal holds a question that is owed no longer: it was taken back while it was on its way, and who took it back
    /// could not know that it would be read.
    static func appeared(
        _ identity: String, about uid: String, at now: Instant, _ context: Context, _ db: Database
    ) throws {
        guard let meeting = try MeetingRows.fetch(uid: uid, db), meeting.status == .possible,
            try waiting(about: uid, db) == nil,
            try !ScheduleView(db, context).isToDecide(uid: uid)
        else { return }
        try oweNone(about: meeting, since: identity, at: now, db)
    }
}
