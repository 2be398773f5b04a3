public import ConveneCore
import GRDB
public import ZonedTime

/// Of which notifications note is taken.
public enum Acknowledged: Hashable, Sendable {
    /// What was missed.
    case missed
    /// What was said of one date, or of a single meeting; by its UID.
    case ofMeeting(String, CivilDateTime?)
    /// What was said of a meeting, whatever the date; by its UID.
    case ofWhole(String)
    /// By its identity.
    case one(String)
}

/// Who took note of what was said: the record of the log stands with each notification.
enum AcknowledgementRows {
    static func count(_ what: Acknowledged, _ db: Database) throws -> Int {
        let (condition, arguments) = condition(what)
        return try db.row("SELECT count(*) FROM notification WHERE acknowledged IS NULL AND \(condition)", arguments)?[
            0] ?? 0
    }

    static func set(_ what: Acknowledged, record: String, _ db: Database) throws {
        let (condition, arguments) = condition(what)
        var all = StatementArguments([record])
        all += arguments
        try db.run("UPDATE notification SET acknowledged = ? WHERE acknowledged IS NULL AND \(condition)", all)
    }

    /// Nobody took note of these any more: the record was undone.
    static func withdraw(record: String, _ db: Database) throws {
        try db.run("UPDATE notification SET acknowledged = NULL WHERE acknowledged = ?", [record])
    }

    private static func condition(_ what: Acknowledged) -> (String, StatementArguments) {
        switch what {
        case .ofMeeting(let uid, let recurrenceID?):
            return ("uid = ? AND recurrence_id = ?", [uid, recurrenceID.iso8601])
        case .missed: return ("kind = 'missed'", [])
        case .ofMeeting(let uid, nil): return ("uid = ? AND recurrence_id IS NULL", [uid])
        case .ofWhole(let uid): return ("uid = ?", [uid])
        case .one(let identity): return ("identity = ?", [identity])
        }
    }
}

extension ScheduleView {
    public func countUnacknowledged(_ what: Acknowledged) throws -> Int {
        try AcknowledgementRows.count(what, db)
    }

    /// What was missed and nobody took note of, the latest first.
    public func missed(limit: Int) throws -> [StoredNotification] { try NotificationRows.missed(limit: limit, db) }

    /// What was last said of a meeting.
    public func lastSaid(of uid: String) throws -> StoredNotification? {
        try NotificationRows.last(of: uid, db)
    }

    /// What was said under an identity.
    public func notification(_ identity: String) throws -> StoredNotification? {
        try NotificationRows.fetch(identity, db)
    }

    /// Whether what was put off is still to be said; after its hour it is not, also where the meeting was moved since.
    public func isWaiting(_ snooze: Snooze, of meeting: Meeting) throws -> Bool {
        try QueueRows.fetch(of: meeting.number, db).contains { $0.alarm.id == snooze.alarm.id }
    }

    /// Whether a reminder that was put off was said.
    public func isSaid(_ snooze: Snooze, of meeting: Meeting) throws -> Bool {
        guard let occurrence = try meeting.occurrence(of: snooze.recurrenceID, in: context.zones) else { return true }
        let identity = NotificationIdentity.reminder(
            database: context.databaseID, meeting: meeting.uid, alarm: snooze.alarm,
            recurrenceID: snooze.recurrenceID, of: occurrence.timing)
        return try NotificationRows.isSaid(identity, db)
    }
}

extension ScheduleTransaction {
    /// Takes note of what was said, under the last record of the log.
    public func acknowledge(_ what: Acknowledged) throws {
        try AcknowledgementRows.set(what, record: learned.record, db)
    }

    public func withdrawAcknowledgements(of record: String) throws {
        try AcknowledgementRows.withdraw(record: record, db)
    }
}
