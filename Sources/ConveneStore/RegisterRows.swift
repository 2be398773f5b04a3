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
        let columns = """
            SELECT office.party, office.title, person.name, tenure.since, tenure.until FROM tenure
            JOIN office ON office.key = tenure.office JOIN person ON person.key = tenure.person
            """
        let rows: [Row]
        if let office {
            rows = try db.rows(
                columns + " WHERE tenure.office = ? ORDER BY tenure.since DESC LIMIT ?", [office, limit])
        } else if let person {
            rows = try db.rows(
                columns + " WHERE tenure.person = ? ORDER BY tenure.since DESC LIMIT ?", [Folding.fold(person), limit])
        } else if let party {
            rows = try db.rows(
                columns
                    + " WHERE tenure.office >= ? AND tenure.office < ? ORDER BY tenure.office, tenure.since DESC LIMIT ?",
                [party + "/", party + "0", limit])
        } else {
            rows = try db.rows(columns + " ORDER BY tenure.office, tenure.since DESC LIMIT ?", [limit])
        }
        return try rows.map { row in
            let since: String = row[3]
            return Tenure(
                office: Office(party: row[0], title: row[1]), person: row[2],
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
        changes.append(Before(table: "party", key: [key], old: old.map { [$0.name, $0.city, $0.zone] }))
        try db.run(
            """
            INSERT INTO party(key, name, city, zone) VALUES (?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET city = excluded.city, zone = excluded.zone
            """, [key, party.name, party.city, party.zone])
    }

    static func learn(_ office: Office, _ changes: inout [Before], _ db: Database) throws {
        guard try self.office(office.key, db) == nil else { return }
        changes.append(Before(table: "office", key: [office.key], old: nil))
        try db.run("INSERT INTO office(key, party, title) VALUES (?, ?, ?)", [office.key, office.party, office.title])
    }

    /// Who holds an office; a tenure that went on until then ends the day before.
    ///
    /// - Returns: whether that was news.
    @discardableResult
    static func learn(_ tenure: Tenure, _ changes: inout [Before], _ db: Database) throws -> Bool {
        try learn(tenure.office, &changes, db)
        let person = Folding.fold(tenure.person), office = tenure.office.key
        if try self.person(tenure.person, db) == nil {
            changes.append(Before(table: "person", key: [person], old: nil))
            try db.run("INSERT INTO person(key, name) VALUES (?, ?)", [person, tenure.person])
        }
        let known = try tenures(office: office, limit: 100, db)
        if tenure.since == nil, tenure.until == nil, known.contains(where: { Folding.fold($0.person) == person }) {
            return false
        }
        for other in known where other.until == nil && Folding.fold(other.person) != person {
            guard let since = tenure.since?.first, let end = since.advanced(byDays: -1),
                other.since.map({ $0.first < since }) ?? true
            else { continue }
            try set(other, until: end, &changes, db)
        }
        let since = tenure.since?.text ?? ""
        // Another name for the same beginning corrects the first.
        for other in known where !since.isEmpty && other.since?.text == since && Folding.fold(other.person) != person {
            try remove(other, &changes, db)
        }
        let same = known.first { Folding.fold($0.person) == person && ($0.since?.text ?? "") == since }
        if let same, same.until == tenure.until { return false }
        // What was known without its beginning has one now.
        if !since.isEmpty, let vague = known.first(where: { Folding.fold($0.person) == person && $0.since == nil }) {
            try remove(vague, &changes, db)
        }
        changes.append(
            Before(
                table: "tenure", key: [office, since, person], old: same.map { [$0.until?.iso8601] }))
        try db.run(
            """
            INSERT INTO tenure(office, person, since, until) VALUES (?, ?, ?, ?)
            ON CONFLICT (office, since, person) DO UPDATE SET until = excluded.until
            """, [office, person, since, tenure.until?.iso8601])
        return true
    }

    private static func set(_ tenure: Tenure, until: CivilDate, _ changes: inout [Before], _ db: Database) throws {
        let key = [tenure.office.key, tenure.since?.text ?? "", Folding.fold(tenure.person)]
        changes.append(Before(table: "tenure", key: key, old: [tenure.until?.iso8601]))
        try db.run(
            "UPDATE tenure SET until = ? WHERE office = ? AND since = ? AND person = ?",
            [until.iso8601, key[0], key[1], key[2]])
    }

    private static func remove(_ tenure: Tenure, _ changes: inout [Before], _ db: Database) throws {
        let key = [tenure.office.key, tenure.since?.text ?? "", Folding.fold(tenure.person)]
        changes.append(Before(table: "tenure", key: key, old: [tenure.until?.iso8601]))
        try db.run("DELETE FROM tenure WHERE office = ? AND since = ? AND person = ?", [key[0], key[1], key[2]])
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

    /// Brings back what was, the last change first. What something else has come to rely on stays.
    static func restore(_ changes: [Before], at now: Instant, _ context: Context, _ db: Database) throws {
        for change in changes.reversed() {
            let key = change.key
            switch change.table {
            case "setting":
                try SettingRows.set(key[0], change.old?.first ?? nil, at: now, context, db)
            case "party":
                guard let old = change.old else {
                    let isUsed = try db.row("SELECT 1 FROM office WHERE key GLOB ? LIMIT 1", [key[0] + "/*"]) != nil
                    if !isUsed { try db.run("DELETE FROM party WHERE key = ?", [key[0]]) }
                    continue
                }
                try db.run(
                    "UPDATE party SET name = ?, city = ?, zone = ? WHERE key = ?", [old[0], old[1], old[2], key[0]])
            case "office", "person":
                try db.run(
                    """
                    DELETE FROM \(change.table) WHERE key = ?
                    AND NOT EXISTS (SELECT 1 FROM tenure WHERE tenure.\(change.table) = \(change.table).key)
                    """, [key[0]])
            default:
                guard let old = change.old else {
                    try db.run(
                        "DELETE FROM tenure WHERE office = ? AND since = ? AND person = ?", [key[0], key[1], key[2]])
                    continue
                }
                try db.run(
                    """
                    INSERT INTO tenure(office, person, since, until) VALUES (?, ?, ?, ?)
                    ON CONFLICT (office, since, person) DO UPDATE SET until = excluded.until
                    """, [key[0], key[2], key[1], old[0]])
            }
        }
    }
}
