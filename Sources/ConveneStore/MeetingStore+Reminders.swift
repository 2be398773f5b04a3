public import ConveneCore
import GRDB
public import ZonedTime

// The side of the store that the scheduler of reminders works with.
extension MeetingStore {
    /// When something is due next after `now`.
    public func nextDeadline(after now: Instant) async throws -> Instant? {
        try await read { try $0.nextDue(after: now) }
    }

    /// Records what the journal was seen to hold, and moves the queue on.
    ///
    /// Record, next deadline and the cursor up to which everything was read commit together, so after a crash
    /// at any point the queue still knows what is owed. Recording twice changes nothing. An entry that the
    /// schedule no longer says owes the news of the change.
    ///
    /// - Returns: how many of them were new.
    @discardableResult
    public func recordDelivered(
        _ entries: [SeenEntry], upTo cursor: String?, in moment: BootMoment, at now: Instant
    ) async throws -> Int {
        let context = context
        return try await record { db in
            var count = 0
            // In a burst nobody is asked for news in vain.
            var hasChanges = try OutboxRows.hasChanges(db)
            for entry in entries {
                for identity in entry.identities where try !NotificationRows.exists(identity, db) {
                    count += 1
                    let queued = try QueueRows.advance(past: identity, context, db)
                    // What stands in the queue never stands in the outbox, too.
                    let outbox = try queued == nil ? OutboxRows.fetch(identity, db) : nil
                    let seen =
                        try entry.identities.count == 1
                        ? entry.renamed(context, db)
                        : entry.part(identity, queued, outbox, context, db)
                    try NotificationRows.insert(seen, identity, in: moment, at: now, db)
                    if let outbox {
                        try OutboxRows.remove(identity, db)
                        if outbox.kind == .digest { try DigestRows.advance(past: outbox, context, db) }
                    }
                    let stands = queued.map { seen.agrees(with: $0.alarm, in: context.zones) } ?? false
                    guard let uid = seen.uid else { continue }
                    if !stands {
                        // What was said once may have been overtaken while it was on its way.
                        try OutboxRows.announceDifferences(of: uid, cause: identity, at: now, context, db)
                        hasChanges = true
                        if seen.kind == .decision, outbox == nil {
                            try DecisionRows.appeared(identity, about: uid, at: now, context, db)
                        }
                    } else if hasChanges, seen.kind == .reminder {
                        // It has said what a change was to say.
                        try OutboxRows.withdrawChanges(of: uid, db) { $0 == seen.recurrenceID }
                    }
                }
            }
            if let cursor { try Settings.set("cursor", cursor, db) }
            return count
        }
    }

    /// Moves the queue on past what is late and was not to be said then.
    public func drop(_ identities: [String]) async throws {
        let context = context
        try await record { db in
            for identity in identities {
                guard let dropped = try QueueRows.advance(past: identity, context, db) else { continue }
                try db.run(
                    "UPDATE meeting SET dropped_until = max(coalesce(dropped_until, ?1), ?1) WHERE number = ?2",
                    [dropped.alarm.due.secondsSinceEpoch, dropped.meeting])
            }
        }
    }

    /// Lets series go on past what waits of them because too much is late: so nothing that is due just now waits behind it.
    ///
    /// - Returns: whether any of them did.
    public func standAside(by now: Instant, limit: Int) async throws -> Bool {
        let context = context
        let lately = now.advanced(bySeconds: -WhenLate.grace)
        guard try await fetch({ try QueueRows.hasSeries(owedBy: lately, $0) }) else { return false }
        return try await record { try QueueRows.standAside(by: lately, limit: limit, context, $0) } > 0
    }

    /// Lets changes and decisions wait for their pause at most, from now on: after a clock was set back.
    public func shortenPauses(at now: Instant) async throws {
        let end = try await fetch { db -> Instant? in
            let end = now.advanced(bySeconds: try SettingRows.changePause(db))
            return try OutboxRows.hasPause(beyond: end, db) ? end : nil
        }
        if let end { try await record { try OutboxRows.endPauses(by: end, $0) } }
    }

    /// Drops what is owed no longer, because nothing differs any more.
    public func withdraw(_ identity: String) async throws {
        try await record { db in try OutboxRows.remove(identity, db) }
    }

    /// Owes one harmless entry.
    public func oweTest(_ identity: String, at now: Instant) async throws {
        try await record { db in
            let entry = OutboxEntry(
                identity: identity, kind: .test, uid: nil, meeting: nil, recurrenceID: nil, summary: "", told: nil,
                due: now,
                fields: nil)
            try OutboxRows.insert(entry, sendAfter: now, db)
        }
    }

    public func isDelivered(_ identity: String) async throws -> Bool {
        try await fetch { db in try NotificationRows.exists(identity, db) }
    }

    // MARK: Starting

    /// The cursor up to which everything in the journal was read.
    public func journalCursor() async throws -> String? {
        try await fetch { try Settings.get("cursor", $0) }
    }

    /// Every uid under which the daemon has run on this database, this one included.
    public func ownUIDs(including uid: Int) async throws -> [Int] {
        try await record { db in
            try db.run("INSERT INTO own_uid(uid) VALUES (?) ON CONFLICT DO NOTHING", [uid])
            return try db.rows("SELECT uid FROM own_uid ORDER BY uid").map { $0[0] }
        }
    }

    /// Identities recorded in the last minutes of an earlier boot of the machine: journald writes through only
    /// every five minutes, so a power cut may have taken them.
    public func lastRecorded(notIn boot: String) async throws -> [String] {
        try await fetch { try NotificationRows.lastRecorded(seconds: 600, notIn: boot, $0) }
    }

    /// Owes again what the journal has lost of earlier boots, and asks no more for what they have recorded.
    ///
    /// What the schedule no longer says is not said again; its record stays, since people may have read it.
    public func oweAgain(_ lost: [String], boot: String, at now: Instant) async throws {
        let context = context
        try await record { db in
            for identity in lost {
                guard let row = try NotificationRows.recorded(identity, db) else { continue }
                if NotificationIdentity.isSheet(identity, database: context.databaseID) {
                    try DigestRows.oweAgain(identity, at: now, context, db)
                } else if [.reminder, .missed, .open].contains(row.kind) {
                    try QueueRows.oweAgain(identity, row, context, db)
                } else if try !DecisionRows.isOver(identity, row.kind, about: row.uid, context, db) {
                    try OutboxRows.oweAgain(identity, row, at: now, db)
                }
            }
            try NotificationRows.settleBoots(before: boot, db)
        }
    }
}

extension SeenEntry {
    /// The same under the name that its date has now, where the meeting was moved while this was on its way.
    fileprivate func renamed(_ context: Context, _ db: Database) throws -> SeenEntry {
        guard let uid, let revision else { return self }
        var renamed = self
        renamed.recurrenceID = try DateNameRows.present(
            recurrenceID, of: uid, identities[0], saidBy: revision, context, db)
        return renamed
    }

    /// Whether it named the start that a row of the queue has now: zone data can move it meanwhile.
    func agrees(with row: QueuedAlarm, in zones: any TimeZoneSource) -> Bool {
        guard let startsAt, kind != .missed, let zone = zones.timeZone(row.zone) else { return true }
        return startsAt == zone.instant(of: row.start) || startsAt == zone.firstInstant(of: row.start.date)
    }
}
