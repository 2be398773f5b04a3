import ConveneCore
import FoundationEssentials
import GRDB
import ZonedTime

/// What was owed of a meeting when a change took it out of the queue: it stands with the record of that change, so that an
/// undo at once loses nothing that was due and waited, be it for the journal or for its turn.
enum OwedRows {
    private struct Row: Codable {
        let alarm: String
        let trigger: String
        let recurrenceID: String?
        let isOwn: Bool
        let due: Int64
        let start: String
        let zone: String
    }

    /// - Returns: `nil` for none.
    static func text(_ rows: [QueuedAlarm]) throws -> String? {
        guard !rows.isEmpty else { return nil }
        let rows = rows.map {
            Row(
                alarm: $0.alarm.id, trigger: $0.alarm.trigger.text, recurrenceID: $0.recurrenceID?.iso8601,
                isOwn: $0.isOwn, due: $0.due.secondsSinceEpoch, start: $0.start.iso8601, zone: $0.zone)
        }
        return String(decoding: try JSONEncoder().encode(rows), as: UTF8.self)
    }

    /// What the record of a change holds.
    static func fetch(of record: String, _ db: Database) throws -> [QueuedAlarm] {
        guard let text = try LogRows.owed(of: record, db) else { return [] }
        let unreadable = StoreError.unreadable(table: "log", column: "owed", value: text)
        guard let rows = try? JSONDecoder().decode([Row].self, from: Data(text.utf8)) else { throw unreadable }
        return try rows.map { row in
            guard let trigger = AlarmTrigger(text: row.trigger), let start = CivilDateTime(iso8601: row.start) else {
                throw unreadable
            }
            return QueuedAlarm(
                alarm: Alarm(id: row.alarm, trigger: trigger),
                recurrenceID: row.recurrenceID.flatMap { CivilDateTime(iso8601: $0) }, isOwn: row.isOwn,
                due: Instant(secondsSinceEpoch: row.due), start: start, zone: row.zone, length: nil)
        }
    }
}
