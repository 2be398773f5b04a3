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
}

extension ScheduleTransaction {
    /// The id of the last record that was logged.
    public var lastRecord: String { learned.record }

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
