import ConveneCore
import GRDB
public import ZonedTime

// Instants are derived from wall clocks, and derived again when the zone data changes.
extension MeetingStore {
    /// Which alarms are those of which form, counted up where that changes: what is stored follows other rules then.
    private static let alarmRules = "3"

    /// Whether the instants were derived from zone data of another fingerprint, or the queue by other rules.
    public func needsDerivation(from fingerprint: String) async throws -> Bool {
        try await fetch { db in
            try Settings.get("zones", db) != fingerprint || Settings.get("alarm-rules", db) != MeetingStore.alarmRules
        }
    }

    /// Derives the instants of up to `limit` meetings behind `number` again.
    ///
    /// - Returns: the number of the last one, or `nil` when all are done and the fingerprint is stored.
    public func derive(behind number: Int, limit: Int, from fingerprint: String, at now: Instant) async throws -> Int? {
        let context = context
        return try await record { db in
            if number == 0 { try DigestRows.derive(context, db) }
            let numbers: [Int] = try db.rows(
                "SELECT number FROM meeting WHERE number > ? ORDER BY number LIMIT ?", [number, limit]
            ).map { $0[0] }
            for number in numbers { try MeetingStore.derive(number, cause: fingerprint, at: now, context, db) }
            if numbers.isEmpty {
                try Settings.set("zones", fingerprint, db)
                try Settings.set("alarm-rules", MeetingStore.alarmRules, db)
            }
            return numbers.last
        }
    }

    /// Derives the instants of these meetings again.
    public func derive(_ numbers: [Int], at now: Instant) async throws {
        let context = context
        try await record { db in
            for number in numbers { try MeetingStore.derive(number, cause: "stale", at: now, context, db) }
        }
    }

    /// Derives the instants of the day's sheets again.
    public func deriveSheets() async throws {
        let context = context
        try await record { db in try DigestRows.derive(context, db) }
    }

    private static func derive(
        _ number: Int, cause: String, at now: Instant, _ context: Context, _ db: Database
    ) throws {
        guard let meeting = try MeetingRows.fetch(number, db) else { return }
        try IndexRows.replace(meeting, isNew: false, in: context.zones, db)
        let queued = try QueueRows.fetch(of: number, db)
        var rows = try meeting.queue(
            derivedFrom: queued, after: now, standard: context.standardAlarms, in: context.zones)
        if case .own = meeting.alarms, try Settings.get("alarm-rules", db) != MeetingStore.alarmRules {
            rows = try meeting.queue(after: now, owed: rows, standard: context.standardAlarms, in: context.zones)
        }
        try QueueRows.replace(rows, of: meeting, isNew: false, context, db)
        try OutboxRows.announceDifferences(of: meeting.uid, cause: "zones:\(cause)", at: now, context, db)
    }
}
