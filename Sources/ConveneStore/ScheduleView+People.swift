public import ConveneCore
import GRDB
public import ZonedTime

// Who is who, and who has met.
extension ScheduleView {
    public func party(called name: String) throws -> Party? { try RegisterRows.party(name, db) }

    public func parties(limit: Int) throws -> [Party] { try RegisterRows.parties(limit: limit, db) }

    public func office(_ office: Office) throws -> Office? { try RegisterRows.office(office.key, db) }

    public func person(called name: String) throws -> String? { try RegisterRows.person(name, db) }

    /// The latest first.
    public func tenures(of office: Office, limit: Int = 100) throws -> [Tenure] {
        try RegisterRows.tenures(office: office.key, limit: limit, db)
    }

    /// The latest first.
    public func tenures(of person: String, limit: Int = 100) throws -> [Tenure] {
        try RegisterRows.tenures(person: person, limit: limit, db)
    }

    /// Of all offices of a party, the latest of each first.
    public func tenures(ofParty name: String, limit: Int) throws -> [Tenure] {
        try RegisterRows.tenures(party: Folding.fold(name), limit: limit, db)
    }

    public func tenures(limit: Int) throws -> [Tenure] { try RegisterRows.tenures(limit: limit, db) }

    /// Who holds an office on a day.
    public func holder(of office: Office, on date: CivilDate) throws -> Tenure? {
        try tenures(of: office).first { $0.covers(date) }
    }

    /// Meetings of which an office is a side, the newest first.
    public func numbers(withOffice office: Office, limit: Int) throws -> [Int] {
        try db.rows(
            "SELECT DISTINCT meeting FROM side WHERE office_key = ? ORDER BY meeting DESC LIMIT ?", [office.key, limit]
        ).map { $0[0] }
    }

    /// Meetings at which a person may have been a head: as named, or as a holder of an office; the newest first.
    public func numbers(withPerson person: String, limit: Int) throws -> [Int] {
        let key = Folding.fold(person)
        return try db.rows(
            """
            SELECT meeting FROM side WHERE person_key = ?1
            UNION SELECT side.meeting FROM tenure JOIN side ON side.office_key = tenure.office WHERE tenure.person = ?1
            ORDER BY 1 DESC LIMIT ?2
            """, [key, limit]
        ).map { $0[0] }
    }

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
    /// The id of the last record that was logged.
    public var lastRecord: String { learned.record }

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
        if let waiting = try OutboxRows.decision(about: meeting.uid, context, db) {
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
        try OutboxRows.decision(about: meeting.uid, context, db) != nil
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

    /// Owes the news that an office has another holder at meetings to come, or none where that is whom people know.
    ///
    /// - Parameters:
    ///   - since: the first day of the new one in office, where it is known.
    ///   - old: the holder until now.
    public func oweHolder(
        _ person: String, since: CivilDate? = nil, instead old: String, of office: Office, at meetings: [Meeting],
        record: String
    ) throws {
        // News that was not said yet is no news any more; who was the holder before it is whom people know.
        let prefix = "\(context.databaseID)/office:\(office.key)/"
        let span: StatementArguments = [prefix, prefix.dropLast() + "0"]
        let unsaid: String? = try db.row(
            """
            SELECT json_extract(fields, '$.\(OutboxEntry.known)') FROM outbox
            WHERE identity >= ? AND identity < ? AND kind = 'change'
            """, span)?[0]
        try db.run("DELETE FROM outbox WHERE identity >= ? AND identity < ?", span)
        let known = unsaid ?? old
        guard Folding.fold(known) != Folding.fold(person) else { return }
        var fields = [EntryField.office: office.name, EntryField.message: person, OutboxEntry.known: known]
        fields[OutboxEntry.since] = since?.iso8601
        let only = meetings.count == 1 ? meetings.first : nil
        let entry = OutboxEntry(
            identity: prefix + record, kind: .change, uid: only?.uid, meeting: only?.number, recurrenceID: nil,
            summary: only?.summary ?? "\(meetings.count) meetings", told: nil,
            due: now.advanced(bySeconds: try SettingRows.changePause(db)), fields: fields)
        try OutboxRows.insert(entry, sendAfter: entry.due, db)
    }

    /// The offices whose holders a change taught the register.
    public func officesLearned(with entry: LogEntry) throws -> [Office] {
        guard let text = try LogRows.register(of: entry.id, db) else { return [] }
        let keys = try RegisterRows.changes(text).filter { $0.table == "tenure" }.compactMap(\.key.first)
        return try Set(keys).sorted().compactMap { try RegisterRows.office($0, db) }
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
        let said = try db.rows("SELECT DISTINCT uid FROM notification WHERE identity >= ? AND identity < ?", span)
        for case let uid? in said.map({ $0[0] as String? }) {
            // What was decided meanwhile is known to be.
            guard let meeting = try schedule.meeting(uid: uid), meeting.status == .possible else { continue }
            try oweNoDecision(about: meeting, record: record)
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
        let prefix = "\(context.databaseID)/decision:"
        guard let last, last.hasPrefix(prefix) else { return }
        try oweNoDecision(about: meeting, record: String(last.dropFirst(prefix.count).prefix { $0 != "/" }))
    }

    /// - Parameter record: the one that asked for the decision.
    private func oweNoDecision(about meeting: Meeting, record: String) throws {
        let identity = "\(context.databaseID)/decision:\(record)/\(meeting.uid)/undone"
        let isOwed = try db.has(
            "SELECT 1 FROM outbox WHERE uid = ? AND kind = 'change' AND substr(identity, -7) = '/undone' LIMIT 1",
            [meeting.uid])
        guard try !isOwed && !NotificationRows.exists(identity, db) else { return }
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

    /// Remembers a party that was named.
    public func learn(_ party: Party) throws { try RegisterRows.learn(party, &learned.changes, db) }

    public func learn(_ office: Office) throws { try RegisterRows.learn(office, &learned.changes, db) }

    /// Remembers who holds an office.
    ///
    /// - Returns: whether that was news.
    @discardableResult
    public func learn(_ tenure: Tenure) throws -> Bool { try RegisterRows.learn(tenure, &learned.changes, db) }

    /// Logs what was learned by itself, without a meeting.
    public func logRegister(name: String, _ change: Change) throws {
        try append(change, number: 0, summary: name, before: nil, revision: nil)
    }

    /// Whether what a change taught the register was said otherwise by a later one that stands.
    public func isSaidOtherwise(since entry: LogEntry) throws -> Bool {
        guard let text = try LogRows.register(of: entry.id, db) else { return false }
        return try RegisterRows.isTouched(since: entry, try RegisterRows.changes(text), db)
    }

    /// Brings back what the register was before a change.
    public func restoreRegister(before entry: LogEntry) throws {
        guard let text = try LogRows.register(of: entry.id, db) else { return }
        try RegisterRows.restore(
            try RegisterRows.changes(text), owedSince: try owedSince(undoing: entry), at: now, &learned.changes,
            context, db)
    }
}

/// What the register has learned since the last record of the log, and which record that was.
final class LearnedRows {
    var changes: [RegisterRows.Before] = []
    var record = ""
}
