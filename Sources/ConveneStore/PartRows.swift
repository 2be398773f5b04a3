import ConveneCore
import GRDB
import ZonedTime

/// What only some meetings have, in tables of its own: rounds, sides, answers, relations, notes,
/// reminders that were put off.
enum PartRows {
    private enum Part: Int, CaseIterable {
        case rounds = 1
        case sides = 2
        case answers = 4
        case relations = 8
        case notes = 16
        case snoozes = 32
    }

    /// Every part that there is.
    static let all = Part.allCases.reduce(0) { $0 | $1.rawValue }

    /// Which parts a meeting has, as `meeting.parts` keeps it.
    static func mask(of meeting: Meeting) -> Int {
        var mask = 0
        if meeting.rounds != nil { mask |= Part.rounds.rawValue }
        if !meeting.sides.isEmpty { mask |= Part.sides.rawValue }
        if !meeting.answers.isEmpty { mask |= Part.answers.rawValue }
        if !meeting.relations.isEmpty { mask |= Part.relations.rawValue }
        if !meeting.notes.isEmpty { mask |= Part.notes.rawValue }
        if !meeting.snoozes.isEmpty { mask |= Part.snoozes.rawValue }
        return mask
    }

    static func fetch(_ mask: Int, of number: Int, into meeting: inout Meeting, _ db: Database) throws {
        guard mask != 0 else { return }
        if mask & Part.rounds.rawValue != 0 { meeting.rounds = try rounds(of: number, db) }
        if mask & Part.sides.rawValue != 0 { meeting.sides = try sides(of: number, db) }
        if mask & Part.answers.rawValue != 0 { meeting.answers = try answers(of: number, db) }
        if mask & Part.relations.rawValue != 0 { meeting.relations = try relations(of: number, db) }
        if mask & Part.notes.rawValue != 0 { meeting.notes = try notes(of: number, db) }
        if mask & Part.snoozes.rawValue != 0 { meeting.snoozes = try snoozes(of: number, db) }
    }

    static func delete(of number: Int, _ db: Database) throws {
        for table in ["rounds", "host", "round", "side", "answer", "relation", "note", "snooze"] {
            try db.run("DELETE FROM \(table) WHERE meeting = ?", [number])
        }
    }

    static func insert(of meeting: Meeting, _ number: Int, _ db: Database) throws {
        if let rounds = meeting.rounds { try insert(rounds, number, db) }
        for (position, side) in meeting.sides.enumerated() {
            try db.run(
                """
                INSERT INTO side(meeting, position, party, city, zone, office, person, office_key, person_key)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    number, position, side.party?.name, side.party?.city, side.party?.zone, side.office, side.person,
                    side.officeKey, side.person.map(Folding.fold),
                ])
        }
        for (position, answer) in meeting.answers.enumerated() {
            let timing = answer.timing
            try db.run(
                """
                INSERT INTO answer(meeting, position, recurrence_id, party, is_yes, reason, form, start, duration, zone,
                    city)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    number, position, answer.recurrenceID?.iso8601, answer.party, answer.isYes, answer.reason,
                    timing.form.rawValue, timing.start.iso8601, timing.duration.iso8601, timing.zone, timing.city,
                ])
        }
        for (position, relation) in meeting.relations.enumerated() {
            try db.run(
                "INSERT INTO relation(meeting, position, kind, target, recurrence_id) VALUES (?, ?, ?, ?, ?)",
                [number, position, relation.kind.rawValue, relation.target, relation.recurrenceID?.iso8601])
        }
        for (position, note) in meeting.notes.enumerated() {
            try db.run(
                "INSERT INTO note(meeting, position, date, text, recurrence_id) VALUES (?, ?, ?, ?, ?)",
                [number, position, note.date.iso8601, note.text, note.recurrenceID?.iso8601])
        }
        for (position, snooze) in meeting.snoozes.enumerated() {
            try db.run(
                "INSERT INTO snooze(meeting, position, id, recurrence_id, trigger) VALUES (?, ?, ?, ?, ?)",
                [number, position, snooze.id, snooze.recurrenceID?.iso8601, snooze.trigger.text])
        }
    }

    private static func insert(_ rounds: Rounds, _ number: Int, _ db: Database) throws {
        try db.run(
            "INSERT INTO rounds(meeting, cadence, first_number) VALUES (?, ?, ?)",
            [number, rounds.cadence.rawValue, rounds.firstNumber])
        for (position, host) in rounds.hosts.enumerated() {
            try db.run(
                "INSERT INTO host(meeting, position, name, city, zone) VALUES (?, ?, ?, ?, ?)",
                [number, position, host.name, host.city, host.zone])
        }
        for record in rounds.records {
            try db.run(
                "INSERT INTO round(meeting, period, number, host, ending, reason) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    number, record.period.iso8601, record.number, record.host, record.ending?.text, record.reason,
                ])
        }
    }

    // MARK: Reading

    private static func rounds(of number: Int, _ db: Database) throws -> Rounds? {
        let plan = try db.row("SELECT cadence, first_number FROM rounds WHERE meeting = ?", [number]) { row in
            (cadence: try row.value(0, "cadence") { Cadence(rawValue: $0) }, firstNumber: try row[1] as Int)
        }
        guard let plan else { return nil }
        let hosts = try db.rows("SELECT name, city, zone FROM host WHERE meeting = ? ORDER BY position", [number]) {
            Party(name: try $0[0], city: try $0[1], zone: try $0[2])
        }
        let records = try db.rows(
            "SELECT period, number, host, ending, reason FROM round WHERE meeting = ? ORDER BY period", [number]
        ) { row in
            RoundRecord(
                try row.value(0, "period") { CivilDateTime(iso8601: $0) }, number: try row[1], host: try row[2],
                ending: try row.optional(3, "ending") { RoundRecord.Ending(text: $0) }, reason: try row[4])
        }
        return Rounds(cadence: plan.cadence, hosts: hosts, firstNumber: plan.firstNumber, records: records)
    }

    private static func sides(of number: Int, _ db: Database) throws -> [Side] {
        try db.rows("SELECT party, city, zone, office, person FROM side WHERE meeting = ? ORDER BY position", [number])
        {
            row in
            let party: String? = try row[0]
            return Side(
                party: try party.map { Party(name: $0, city: try row[1], zone: try row[2]) }, office: try row[3],
                person: try row[4])
        }
    }

    private static func answers(of number: Int, _ db: Database) throws -> [Answer] {
        try db.rows(
            """
            SELECT recurrence_id, party, is_yes, reason, form, start, duration, zone, city
            FROM answer WHERE meeting = ? ORDER BY position
            """, [number]
        ) { row in
            Answer(
                recurrenceID: try row.optional(0, "recurrence_id") { CivilDateTime(iso8601: $0) }, party: try row[1],
                isYes: try row[2], reason: try row[3], timing: try MeetingRows.timing(row, first: 4))
        }
    }

    private static func relations(of number: Int, _ db: Database) throws -> [Relation] {
        try db.rows("SELECT kind, target, recurrence_id FROM relation WHERE meeting = ? ORDER BY position", [number]) {
            row in
            Relation(
                try row.value(0, "kind") { Relation.Kind(rawValue: $0) }, target: try row[1],
                recurrenceID: try row.optional(2, "recurrence_id") { CivilDateTime(iso8601: $0) })
        }
    }

    private static func notes(of number: Int, _ db: Database) throws -> [DatedNote] {
        try db.rows("SELECT date, text, recurrence_id FROM note WHERE meeting = ? ORDER BY position", [number]) {
            row in
            DatedNote(
                date: try row.value(0, "date") { CivilDate(iso8601: $0) }, text: try row[1],
                recurrenceID: try row.optional(2, "recurrence_id") { CivilDateTime(iso8601: $0) })
        }
    }
}

extension PartRows {
    private static func snoozes(of number: Int, _ db: Database) throws -> [Snooze] {
        try db.rows("SELECT id, recurrence_id, trigger FROM snooze WHERE meeting = ? ORDER BY position", [number]) {
            row in
            Snooze(
                id: try row[0], recurrenceID: try row.optional(1, "recurrence_id") { CivilDateTime(iso8601: $0) },
                trigger: try row.value(2, "trigger") { AlarmTrigger(text: $0) })
        }
    }
}

extension Side {
    /// How an office is looked up: its party and its title.
    var officeKey: String? {
        guard let party, let office else { return nil }
        return Office(party: party.name, title: office).key
    }
}

extension RoundRecord.Ending {
    /// `skipped`, `merged 2019-11-01T00:00:00`.
    var text: String {
        switch self {
        case .skipped: "skipped"
        case .merged(let other): "merged \(other.iso8601)"
        }
    }

    init?(text: String) {
        if text == "skipped" {
            self = .skipped
        } else if text.hasPrefix("merged "), let other = CivilDateTime(iso8601: text.dropFirst(7)) {
            self = .merged(into: other)
        } else {
            return nil
        }
    }
}
