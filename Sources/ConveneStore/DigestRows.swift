import ConveneCore
import GRDB
import ZonedTime

/// The next of the day's sheets waits in the outbox, one row.
enum DigestRows {
    /// Puts the next sheet of today's setting that is due after a moment in the place of what waited.
    static func replace(after moment: Instant, _ context: Context, _ db: Database) throws {
        try db.run("DELETE FROM outbox WHERE kind = 'digest'")
        guard let digest = try SettingRows.digest(db), let zone = context.zones.timeZone(digest.zone) else { return }
        try insert(digest, digest.next(dueAfter: moment, in: zone), zone, context, db)
    }

    /// After the one that waited was said comes the next, also where that is due already.
    static func advance(past row: OutboxEntry, _ context: Context, _ db: Database) throws {
        guard try isNext(row, db) else { return }
        guard let digest = try SettingRows.digest(db), let zone = context.zones.timeZone(digest.zone),
            let said = NotificationIdentity.sheet(row.identity, database: context.databaseID, of: digest)
        else { return }
        try insert(digest, digest.next(after: said, in: zone), zone, context, db)
    }

    /// Owes a sheet again whose entry the journal has lost, where the setting is still the same; made anew.
    static func oweAgain(_ identity: String, at now: Instant, _ context: Context, _ db: Database) throws {
        guard let digest = try SettingRows.digest(db), let zone = context.zones.timeZone(digest.zone),
            let said = NotificationIdentity.sheet(identity, database: context.databaseID, of: digest)
        else { return }
        try NotificationRows.remove(identity, db)
        let entry = entry(digest, said, zone, context)
        // It was due then: a clock that is set back meanwhile does not hold it up.
        try OutboxRows.insert(entry, sendAfter: min(entry.due, now), db)
    }

    /// Whether it is the one that waits, and none that the journal had lost: what stood between such a one and the one
    /// that waits was said, or is past.
    static func isNext(_ row: OutboxEntry, _ db: Database) throws -> Bool {
        try db.row("SELECT 1 FROM outbox WHERE kind = 'digest' AND due > ? LIMIT 1", [row.due.secondsSinceEpoch]) == nil
    }

    /// The sheet behind one of the same setting; `nil` where there is none.
    static func following(_ row: OutboxEntry, _ context: Context, _ db: Database) throws -> OutboxEntry? {
        guard let digest = try SettingRows.digest(db), let zone = context.zones.timeZone(digest.zone),
            let said = NotificationIdentity.sheet(row.identity, database: context.databaseID, of: digest),
            let next = digest.next(after: said, in: zone)
        else { return nil }
        return entry(digest, next, zone, context)
    }

    /// Today's zone data may give the sheet that waits another instant; its wall clock stays.
    static func derive(_ context: Context, _ db: Database) throws {
        let waiting: [String] = try db.rows("SELECT identity FROM outbox WHERE kind = 'digest'").map { $0[0] }
        for identity in waiting {
            guard let named = NotificationIdentity.sheet(identity, database: context.databaseID),
                let zone = context.zones.timeZone(named.zone)
            else { continue }
            let due = zone.instant(of: named.reading).secondsSinceEpoch
            try db.run("UPDATE outbox SET due = ?1, send_after = ?1 WHERE identity = ?2", [due, identity])
        }
    }

    private static func insert(
        _ digest: Digest, _ first: CivilDateTime?, _ zone: TimeZone, _ context: Context, _ db: Database
    ) throws {
        var next = first
        while let reading = next {
            let entry = entry(digest, reading, zone, context)
            if try !NotificationRows.exists(entry.identity, db) {
                return try OutboxRows.insert(entry, sendAfter: entry.due, db)
            }
            next = digest.next(after: reading, in: zone)
        }
    }

    private static func entry(
        _ digest: Digest, _ reading: CivilDateTime, _ zone: TimeZone, _ context: Context
    ) -> OutboxEntry {
        OutboxEntry(
            identity: NotificationIdentity.digest(database: context.databaseID, digest, at: reading), kind: .digest,
            uid: nil, meeting: nil, recurrenceID: nil, summary: "", told: nil, due: zone.instant(of: reading),
            fields: [EntryField.zone: digest.zone])
    }
}
