public import ConveneCore
import GRDB
public import ZonedTime

// What waits for another meeting, and is to be decided once it is known what became of that.
extension ScheduleView {
    /// Meetings that hang on another, in the order of their numbers.
    public func numbers(relatedTo target: Int, limit: Int) throws -> [Int] {
        try db.rows(
            "SELECT DISTINCT meeting FROM relation WHERE target = ? ORDER BY meeting LIMIT ?", [target, limit]
        ).map { $0[0] }
    }

    /// Meetings that are possible and depend on another, the newest first.
    public func numbers(thatAwait limit: Int) throws -> [Int] {
        try db.rows("SELECT number FROM meeting WHERE awaits = 1 ORDER BY number DESC LIMIT ?", [limit])
            .map { $0[0] }
    }

    /// Whether a possible meeting is to be decided: it is known whether something that it depends on takes place.
    public func isToDecide(uid: String) throws -> Bool {
        guard let meeting = try meeting(uid: uid), meeting.status == .possible else { return false }
        return try meeting.relations.contains { relation in
            guard relation.kind == .dependsOn, let target = try self.meeting(relation.target) else { return false }
            return try target.standing(ofDate: relation.recurrenceID, in: context.zones).isToDecideOn
        }
    }
}

extension ScheduleTransaction {
    /// Owes the news that a meeting is to be decided.
    ///
    /// - Parameter reason: what has become of the one that it depends on: '1#sep held'.
    ///
    /// It is said once more on the third morning there, where it still waits then and the meeting is not over. One that
    /// waits already is asked no more: this one stands for it, and brings it back where it is withdrawn.
    ///
    /// - Parameter unlessAsked: nothing but that, where that was the last that was said of it.
    public func oweDecision(
        about meeting: Meeting, because reason: String, record: String, unlessAsked: Bool = false,
        in zones: any TimeZoneSource
    ) throws {
        func owe(at due: Instant, _ identity: String, _ fields: [String: String]) throws {
            // One that is brought back may have been said.
            guard try !NotificationRows.exists(identity, db) else { return }
            let entry = OutboxEntry(
                identity: identity, kind: .decision, uid: meeting.uid, meeting: meeting.number, recurrenceID: nil,
                summary: meeting.summary, told: nil, due: due, fields: fields)
            try OutboxRows.insert(entry, sendAfter: due, db)
        }
        let identity = "\(context.databaseID)/decision:\(record)/\(meeting.uid)"
        var fields = [EntryField.message: reason]
        if let waiting = try DecisionRows.waiting(about: meeting.uid, db) {
            (fields[OutboxEntry.instead], fields[OutboxEntry.insteadReason]) = (waiting.record, waiting.reason)
        }
        try withdrawDecisions(about: meeting)
        if try !unlessAsked || !isAsked(about: meeting, because: reason) {
            try owe(at: now.advanced(bySeconds: try SettingRows.changePause(db)), identity, fields)
        }
        let zone = try zones.zone(named: meeting.timing.zone)
        guard let day = zone.reading(at: now).date.advanced(byDays: 3), let morning = CivilTime(hour: 9, minute: 0)
        else { return }
        let again = zone.instant(of: CivilDateTime(day, morning))
        guard try meeting.isSeries || again < meeting.occurrence(of: nil, in: zones)?.endsAt ?? again else { return }
        try owe(at: again, identity + "/again", fields.merging([OutboxEntry.again: "1"]) { _, new in new })
    }

    /// Whether a decision about a meeting waits to be asked for, or asked for again.
    public func isDecisionOwed(about meeting: Meeting) throws -> Bool {
        try DecisionRows.waiting(about: meeting.uid, db) != nil
    }

    /// Whether the last that was said is that a meeting is to be decided, for that reason.
    private func isAsked(about meeting: Meeting, because reason: String) throws -> Bool {
        let last = try db.row(
            """
            SELECT message FROM notification WHERE uid = ? AND (kind = 'decision' OR substr(identity, -7) = '/undone')
            ORDER BY position DESC LIMIT 1
            """, [meeting.uid]
        ) { try $0[0] as String }
        return last?.hasSuffix(", \(reason)") ?? false
    }

    /// Drops the decisions about a meeting that were not asked yet.
    private func withdrawDecisions(about meeting: Meeting) throws {
        try db.run("DELETE FROM outbox WHERE uid = ? AND kind = 'decision'", [meeting.uid])
    }

    /// Drops the decisions that a change asked for, and that were not said yet; owes the news that those that were said
    /// are asked for no longer. Whether that is so is looked at once more when it is sent.
    public func withdrawDecisions(of record: String) throws {
        let prefix = "\(context.databaseID)/decision:\(record)/"
        let span: StatementArguments = [prefix, prefix.dropLast() + "0"]
        let withdrawn = try db.rows(
            "DELETE FROM outbox WHERE identity >= ? AND identity < ? RETURNING uid, fields", span
        ) { row in (uid: try row[0] as String?, fields: try (try row[1] as String?).map(OutboxRows.fields) ?? [:]) }
        // Its two rows name the same one.
        let fieldsOf = Dictionary(withdrawn.map { ($0.uid, $0.fields) }) { first, _ in first }
        for (uid, fields) in fieldsOf {
            guard let uid, let record = fields[OutboxEntry.instead], let meeting = try schedule.meeting(uid: uid),
                meeting.status == .possible
            else { continue }
            let reason = fields[OutboxEntry.insteadReason] ?? ""
            try oweDecision(about: meeting, because: reason, record: record, in: context.zones)
        }
        let said = try db.rows(
            """
            SELECT uid, identity, max(position) FROM notification
            WHERE identity >= ? AND identity < ? AND kind = 'decision' GROUP BY uid
            """, span
        ) { row in (uid: try row[0] as String?, identity: try row[1] as String) }
        for case (let uid?, let identity) in said {
            // What was decided meanwhile is known to be.
            guard let meeting = try schedule.meeting(uid: uid), meeting.status == .possible else { continue }
            try DecisionRows.oweNone(about: meeting, since: identity, at: now, db)
        }
    }

    /// Drops the decisions about a meeting that are owed, and owes the news that the last one that was said is asked for no
    /// longer: what it depends on is open again. Whether that is so is looked at once more when it is sent.
    public func takeBackDecisions(about meeting: Meeting) throws {
        try withdrawDecisions(about: meeting)
        // What was decided meanwhile is known to be.
        guard meeting.status == .possible else { return }
        let last: String? = try db.row(
            "SELECT identity FROM notification WHERE uid = ? AND kind = 'decision' ORDER BY position DESC LIMIT 1",
            [meeting.uid]
        ) { try $0[0] }
        // Of another database, whose copy this one was, nothing is taken back.
        guard let last, last.hasPrefix("\(context.databaseID)/") else { return }
        try DecisionRows.oweNone(about: meeting, since: last, at: now, db)
    }
}
