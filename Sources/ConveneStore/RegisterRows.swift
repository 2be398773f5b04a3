import ConveneCore
import FoundationEssentials
import GRDB
import ZonedTime

/// The register of parties, offices, persons, and who holds which office from when to when.
///
/// Nobody fills it in first: it learns from what is typed. Each row that a change touches is kept with the record of
/// that change as it was before, so that `undo` brings it back.
enum RegisterRows {
    /// One row as it was before a change; `old` is absent where there was none.
    struct Before: Codable {
        let table: String
        let key: [String]
        let old: [String?]?
        /// Of the day's sheet: when the first one was due that was owed by then, in seconds since 1970.
        var owed: Int64?
    }

    // MARK: Looking up

    static func party(_ name: String, _ db: Database) throws -> Party? {
        try db.row("SELECT name, city, zone FROM party WHERE key = ?", [Folding.fold(name)])
            .map { Party(name: $0[0], city: $0[1], zone: $0[2]) }
    }

    static func parties(limit: Int, _ db: Database) throws -> [Party] {
        try db.rows("SELECT name, city, zone FROM party ORDER BY key LIMIT ?", [limit])
            .map { Party(name: $0[0], city: $0[1], zone: $0[2]) }
    }

    static func office(_ key: String, _ db: Database) throws -> Office? {
        try db.row("SELECT party, title FROM office WHERE key = ?", [key]).map { Office(party: $0[0], title: $0[1]) }
    }

    static func person(_ name: String, _ db: Database) throws -> String? {
        try db.row("SELECT name FROM person WHERE key = ?", [Folding.fold(name)])?[0]
    }

    /// Of an office, a person, a party, or all; the latest first.
    static func tenures(
        office: String? = nil, person: String? = nil, party: String? = nil, limit: Int, _ db: Database
    ) throws -> [Tenure] {
        let found: (condition: String, arguments: StatementArguments)
        if let office {
            found = ("WHERE tenure.office = ? ORDER BY tenure.since DESC", [office])
        } else if let person {
            found = ("WHERE tenure.person = ? ORDER BY tenure.since DESC", [Folding.fold(person)])
        } else if let party {
            found = (
                "WHERE tenure.office >= ? AND tenure.office < ? ORDER BY tenure.office, tenure.since DESC",
                [party + "/", party + "0"]
            )
        } else {
            found = ("ORDER BY tenure.office, tenure.since DESC", [])
        }
        return try db.rows(
            """
            SELECT office.party, office.title, person.name, tenure.since, tenure.until FROM tenure
            JOIN office ON office.key = tenure.office JOIN person ON person.key = tenure.person
            \(found.condition) LIMIT ?
            """, found.arguments + [limit]
        ) { row in
            let since: String = try row[3]
            return Tenure(
                office: Office(party: try row[0], title: try row[1]), person: try row[2],
                since: since.isEmpty ? nil : try row.value(3, "since") { PartialDate(text: $0) },
                until: try row.optional(4, "until") { CivilDate(iso8601: $0) })
        }
    }

    // MARK: Learning

    static func learn(_ party: Party, _ changes: inout [Before], _ db: Database) throws {
        let key = Folding.fold(party.name)
        let old = try self.party(party.name, db)
        guard old?.city == nil || (party.city != nil && old?.city != party.city) else { return }
        guard old == nil || party.city != nil else { return }
        try set("party", [key], [old?.name ?? party.name, party.city, party.zone], &changes, db)
    }

    static func learn(_ office: Office, _ changes: inout [Before], _ db: Database) throws {
        guard try self.office(office.key, db) == nil else { return }
        try set("office", [office.key], [office.party, office.title], &changes, db)
    }

    /// Who holds an office; each tenure ends the day before the next begins.
    ///
    /// - Returns: whether that was news.
    @discardableResult
    static func learn(_ tenure: Tenure, _ changes: inout [Before], _ db: Database) throws -> Bool {
        try learn(tenure.office, &changes, db)
        let person = Folding.fold(tenure.person), office = tenure.office.key
        if try self.person(tenure.person, db) == nil {
            try set("person", [person], [tenure.person], &changes, db)
        }
        let known = try tenures(office: office, limit: 200, db)
        if tenure.since == nil, known.contains(where: { Folding.fold($0.person) == person }) { return false }
        let now = Tenure.sequence(known, with: tenure)
        guard Set(now) != Set(known) else { return false }
        for gone in known where !now.contains(where: { key(of: $0) == key(of: gone) }) {
            try set(gone, nil, &changes, db)
        }
        for present in now where !known.contains(present) { try set(present, present, &changes, db) }
        return true
    }

    private static func key(of tenure: Tenure) -> [String] {
        [tenure.office.key, tenure.since?.text ?? "", Folding.fold(tenure.person)]
    }

    /// Writes a tenure's row, or with `nil` takes it away, and keeps what was.
    private static func set(_ tenure: Tenure, _ new: Tenure?, _ changes: inout [Before], _ db: Database) throws {
        try set("tenure", key(of: tenure), new.map { [$0.until?.iso8601] }, &changes, db)
    }

    // MARK: Undoing

    static func text(_ changes: [Before]) throws -> String? {
        changes.isEmpty ? nil : String(decoding: try JSONEncoder().encode(changes), as: UTF8.self)
    }

    static func changes(_ text: String) throws -> [Before] {
        do {
            return try JSONDecoder().decode([Before].self, from: Data(text.utf8))
        } catch {
            throw StoreError.unreadable(table: "log", column: "register", value: text)
        }
    }

    /// Whether what a change touched was touched again by a later one that stands.
    static func isTouched(since entry: LogEntry, _ changes: [Before], _ db: Database) throws -> Bool {
        let mine = Set(changes.map(\.subject))
        let later: [String] = try db.rows(
            """
            SELECT register FROM log WHERE register IS NOT NULL AND \(LogRows.changes(behind: "?1"))
            """, [entry.position]
        ) { try $0[0] }
        return try later.contains { text in
            try RegisterRows.changes(text).contains { mine.contains($0.subject) }
        }
    }

    /// Brings back what was, the last change first, and keeps what is until then. What something else has come to rely
    /// on stays.
    ///
    /// - Parameter since: what was due by then is not said, but for what was owed; `nil` where all that is past is past.
    static func restore(
        _ restored: [Before], owedSince since: Instant?, at now: Instant, _ changes: inout [Before],
        _ context: Context, _ db: Database
    ) throws {
        let moment = since ?? now
        let isAtOnce = since != nil
        for change in restored.reversed() {
            let key = change.key
            switch change.table {
            case "setting":
                // An empty text stands for none.
                let old = change.old?.first.flatMap { $0 }.flatMap { $0.isEmpty ? nil : $0 }
                // What was owed then is owed again, where what was due since is.
                let since = isAtOnce ? change.owed.map { Instant(secondsSinceEpoch: $0 - 1) } : nil
                let owed = try SettingRows.set(
                    key[0], old, owedSince: min(moment, since ?? moment), at: now, context, db)
                changes.append(
                    Before(table: "setting", key: [key[0], old ?? ""], old: [key[1]], owed: owed))
            case "party" where change.old == nil:
                let isUsed = try db.row("SELECT 1 FROM office WHERE key GLOB ? LIMIT 1", [key[0] + "/*"]) != nil
                if !isUsed { try set("party", key, nil, &changes, db) }
            case "office" where change.old == nil, "person" where change.old == nil:
                let isUsed =
                    try db.row("SELECT 1 FROM tenure WHERE \(change.table) = ? LIMIT 1", [key[0]]) != nil
                if !isUsed { try set(change.table, key, nil, &changes, db) }
            default:
                try set(change.table, key, change.old, &changes, db)
            }
        }
    }

    /// The columns of a table of the register: those of its key first.
    private static let columns: [String: (keys: [String], values: [String])] = [
        "party": (["key"], ["name", "city", "zone"]), "office": (["key"], ["party", "title"]),
        "person": (["key"], ["name"]), "tenure": (["office", "since", "person"], ["until"]),
    ]

    /// Writes a row, or with `nil` takes it away, and keeps what was.
    private static func set(
        _ table: String, _ key: [String], _ values: [String?]?, _ changes: inout [Before], _ db: Database
    ) throws {
        guard let columns = columns[table] else {
            throw StoreError.unreadable(table: "log", column: "register", value: table)
        }
        let named = columns.keys.map { "\($0) = ?" }.joined(separator: " AND ")
        let old = try db.row(
            "SELECT \(columns.values.joined(separator: ", ")) FROM \(table) WHERE \(named)", StatementArguments(key)
        ).map { row in columns.values.indices.map { row[$0] as String? } }
        guard old != values else { return }
        changes.append(Before(table: table, key: key, old: old))
        guard let values else {
            return try db.run("DELETE FROM \(table) WHERE \(named)", StatementArguments(key))
        }
        let all = columns.keys + columns.values
        try db.run(
            """
            INSERT INTO \(table)(\(all.joined(separator: ", "))) VALUES (\(all.map { _ in "?" }.joined(separator: ", ")))
            ON CONFLICT DO UPDATE SET \(columns.values.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
            """, StatementArguments(key + values))
    }
}

extension RegisterRows.Before {
    /// What it is about: a setting, a party, a person, or an office with all who hold it.
    fileprivate var subject: [String] {
        switch table {
        case "tenure", "office": ["office", key[0]]
        default: [table, key[0]]
        }
    }
}
