import ConveneCore
import FoundationEssentials
import GRDB
import ZonedTime

/// The names of the dates of which something was said, or is owed: each has the one that its date has now, so that what was
/// said of a date stays said of it.
enum DateNameRows {
    /// Days for which what was said of a date counts, once that is past.
    static let days: Int64 = 40

    /// Lets them follow a change of their meeting.
    static func rename(
        from old: Meeting, to meeting: Meeting, after move: SeriesMove?, at now: Instant, _ context: Context,
        _ db: Database
    ) throws {
        guard move != nil || old.segments != meeting.segments else { return }
        let begin = TimeZone.utc.reading(at: now.advanced(bySeconds: -days * 86_400))
        for table in ["notification", "outbox"] {
            let names = try db.rows(
                """
                SELECT DISTINCT recurrence_id FROM \(table)
                WHERE uid = ? AND (recurrence_id IS NULL OR recurrence_id >= ?)
                """, [meeting.uid, begin.iso8601]
            ) { row in try row.optional(0, "recurrence_id") { CivilDateTime(iso8601: $0) } }
            var present: [String: String] = [:]
            for former in names {
                let name = try meeting.name(of: former, in: old, after: move, in: context.zones)
                if name != former { present[former?.iso8601 ?? ""] = name?.iso8601 ?? "" }
            }
            guard !present.isEmpty else { continue }
            // All at once: one may get the name that another had.
            try db.run(
                """
                UPDATE \(table) SET recurrence_id = nullif(renamed.value, '') FROM json_each(?) AS renamed
                WHERE uid = ? AND coalesce(recurrence_id, '') = renamed.key
                """, [String(decoding: try JSONEncoder().encode(present), as: UTF8.self), meeting.uid])
        }
    }
}
