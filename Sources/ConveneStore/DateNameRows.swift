import ConveneCore
import FoundationEssentials
import GRDB
import ZonedTime

/// The names of the dates of which something was said, or is owed: each has the one that its date has now, so that what was
/// said of a date stays said of it. What a change renamed has its former name back when that is undone.
enum DateNameRows {
    /// Days for which what was said of a date counts, once that is past.
    static let days: Int64 = 40

    /// A change of a meeting that gave its dates other names, or may have.
    struct Step {
        /// Of the log.
        let record: String
        /// The record that it took back.
        let undoes: String?
        let old: Meeting
        let new: Meeting
        let move: SeriesMove?
    }

    /// Something that was said, or is owed.
    private struct Row {
        let identity: String
        let name: CivilDateTime?
        /// The revision of the meeting by which it was.
        let revision: Int?
    }

    /// Lets them follow a change of their meeting.
    static func rename(after step: Step, at now: Instant, _ context: Context, _ db: Database) throws {
        guard step.move != nil || step.old.segments != step.new.segments else { return }
        let rows = try rows(of: step.new.uid, at: now, db)
        guard !rows.isEmpty else { return }
        let present = try present(of: rows, after: step, context, db)
        let renamed = rows.filter { present[$0.name] != $0.name }
        guard !renamed.isEmpty else { return }
        for row in renamed { try keep(row.name, of: row.identity, before: step.record, db) }
        let names = Dictionary(uniqueKeysWithValues: present.map { ($0?.iso8601 ?? "", $1?.iso8601 ?? "") })
        let text = String(decoding: try JSONEncoder().encode(names), as: UTF8.self)
        // All at once: one may get the name that another had.
        for table in ["notification", "outbox"] {
            try db.run(
                """
                UPDATE \(table) SET recurrence_id = nullif(renamed.value, '') FROM json_each(?) AS renamed
                WHERE uid = ? AND coalesce(recurrence_id, '') = renamed.key AND renamed.value <> renamed.key
                """, [text, step.new.uid])
        }
    }

    /// What each date is called after a change, by the name that it had: no two the same.
    private static func present(
        of rows: [Row], after step: Step, _ context: Context, _ db: Database
    ) throws -> [CivilDateTime?: CivilDateTime?] {
        let former = try step.undoes.map { try kept(before: $0, db) } ?? [:]
        let undone = try step.undoes.flatMap { try LogRows.fetch(id: $0, db)?.revision }
        var present: [CivilDateTime?: CivilDateTime?] = [:]
        for (name, rows) in Dictionary(grouping: rows, by: \.name) {
            if let row = rows.first(where: { former[$0.identity] != nil }), let back = former[row.identity] {
                present[name] = .some(back)
            } else if let undone, rows.contains(where: { $0.revision.map { $0 < undone } ?? true }) {
                // It was there before what is taken back, which did nothing to it.
                present[name] = .some(name)
            } else {
                present[name] = .some(
                    try step.new.name(of: name, in: step.old, after: step.move, in: context.zones))
            }
        }
        return try apart(present, step.old, context)
    }

    /// Tells those apart that would have one name: it goes to the date that there was before the change, and one that was gone
    /// already is gone for good, unless that is undone: its name is then some seconds past the full minute.
    private static func apart(
        _ present: [CivilDateTime?: CivilDateTime?], _ old: Meeting, _ context: Context
    ) throws -> [CivilDateTime?: CivilDateTime?] {
        var apart = present
        var taken = Set(present.values)
        for (name, formers) in Dictionary(grouping: present.keys, by: { present[$0] ?? nil }) where formers.count > 1 {
            let sorted = formers.sorted { ($0 ?? .min) < ($1 ?? .min) }
            let there = try sorted.first { try old.occurrence(of: $0, in: context.zones) != nil } ?? sorted[0]
            for former in sorted where former != there {
                guard let base = former ?? name else { continue }
                let free = (1..<60).lazy.compactMap { base.advanced(bySeconds: $0) }.first { !taken.contains($0) }
                guard let free else { continue }
                taken.insert(free)
                apart[former] = .some(free)
            }
        }
        return apart
    }

    private static func rows(of uid: String, at now: Instant, _ db: Database) throws -> [Row] {
        let begin = TimeZone.utc.reading(at: now.advanced(bySeconds: -days * 86_400))
        return try ["notification", "outbox"].flatMap { table in
            try db.rows(
                """
                SELECT identity, recurrence_id, CAST(json_extract(fields, '$.\(EntryField.revision)') AS INTEGER)
                FROM \(table) WHERE uid = ? AND (recurrence_id IS NULL OR recurrence_id >= ?)
                """, [uid, begin.iso8601]
            ) { row in
                Row(
                    identity: try row[0], name: try row.optional(1, "recurrence_id") { CivilDateTime(iso8601: $0) },
                    revision: try row[2])
            }
        }
    }

    // MARK: Former names

    private static func keep(
        _ name: CivilDateTime?, of identity: String, before record: String, _ db: Database
    ) throws {
        try db.run(
            "INSERT INTO former_name(record, identity, recurrence_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [record, identity, name?.iso8601])
    }

    private static func kept(before record: String, _ db: Database) throws -> [String: CivilDateTime?] {
        let rows = try db.rows("SELECT identity, recurrence_id FROM former_name WHERE record = ?", [record]) { row in
            (
                identity: try row[0] as String,
                name: try row.optional(1, "recurrence_id") { CivilDateTime(iso8601: $0) }
            )
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.identity, $0.name) })
    }

    // MARK: On its way

    /// The name that a date has now of which something was said by an earlier revision of its meeting.
    static func present(
        _ name: CivilDateTime?, of uid: String, _ identity: String, saidBy revision: Int, _ context: Context,
        _ db: Database
    ) throws -> CivilDateTime? {
        let last: Int? = try db.row("SELECT revision FROM meeting WHERE uid = ?", [uid])?[0]
        guard let last, last > revision, let meeting = try MeetingRows.fetch(uid: uid, db) else { return name }
        var former: [String: CivilDateTime?] = [:]
        var present = name
        for step in try LogRows.steps(to: meeting, after: revision, db) {
            let before = present
            if let back = step.undoes.flatMap({ former[$0] }) {
                present = back
            } else {
                present = try step.new.name(of: before, in: step.old, after: step.move, in: context.zones)
            }
            former[step.record] = .some(before)
            if present != before { try keep(before, of: identity, before: step.record, db) }
        }
        return present
    }
}
