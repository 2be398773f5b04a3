import ConveneCore
import GRDB
import Recurrence
import ZonedTime

/// A meeting in its tables: `meeting`, `segment`, `override`, `alarm`.
enum MeetingRows {
    /// The same through what was read lately.
    static func fetch(_ number: Int, _ cache: MeetingCache?, _ db: Database) throws -> Meeting? {
        guard let cache else { return try fetch(number, db) }
        let row = try db.rows("SELECT revision FROM meeting WHERE number = ?", [number]) { row -> Int in try row[0] }
        guard let revision = row.first else { return nil }
        if let kept = cache.meeting(number, revision: revision) { return kept }
        let meeting = try fetch(number, db)
        if let meeting { cache.keep(meeting) }
        return meeting
    }

    /// - Parameter parts: what to look for besides what `meeting.parts` names.
    static func fetch(_ number: Int, parts: Int = 0, _ db: Database) throws -> Meeting? {
        let found = try db.rows(
            """
            SELECT uid, revision, summary, place, note, standard_alarms, parts, default_alarms
            FROM meeting WHERE number = ?
            """, [number]
        ) { row in
            let hasStandardAlarms: Bool = try row[5]
            let adopted = try row.optional(7, "default_alarms") { StandardAlarms(text: $0) }
            let meeting = Meeting(
                uid: try row[0], number: number, revision: try row[1], summary: try row[2], place: try row[3],
                note: try row[4],
                segments: try segments(of: number, db), overrides: try overrides(of: number, db),
                alarms: try adopted.map { .adopted($0) }
                    ?? (hasStandardAlarms ? .standard : .own(try alarms(of: number, db))))
            return (meeting, parts: try row[6] as Int)
        }
        guard let (row, named) = found.first else { return nil }
        var meeting = row
        try PartRows.fetch(parts | named, of: number, into: &meeting, db)
        return meeting
    }

    static func fetch(uid: String, _ db: Database) throws -> Meeting? {
        try db.row("SELECT number FROM meeting WHERE uid = ?", [uid]).flatMap { try fetch($0[0], db) }
    }

    /// Writes a new meeting.
    ///
    /// - Parameter number: the number it had before, where it comes back; else it is given the next one.
    static func insert(_ meeting: Meeting, number: Int?, _ db: Database) throws -> Int {
        try db.run(
            """
            INSERT INTO meeting(number, uid, revision, summary, folded, place, note, standard_alarms, parts,
                default_alarms, awaits)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                number, meeting.uid, meeting.revision, meeting.summary, Folding.fold(meeting.summary), meeting.place,
                meeting.note, meeting.alarms == .standard, PartRows.mask(of: meeting), meeting.alarms.adopted?.text,
                meeting.awaits,
            ])
        let number = Int(db.lastInsertedRowID)
        try insertParts(of: meeting, number, db)
        return number
    }

    static func update(_ meeting: Meeting, _ db: Database) throws {
        try db.run(
            """
            UPDATE meeting SET revision = ?, summary = ?, folded = ?, place = ?, note = ?, standard_alarms = ?,
                parts = ?, default_alarms = ?, awaits = ?
            WHERE number = ?
            """,
            [
                meeting.revision, meeting.summary, Folding.fold(meeting.summary), meeting.place, meeting.note,
                meeting.alarms == .standard, PartRows.mask(of: meeting), meeting.alarms.adopted?.text, meeting.awaits,
                meeting.number,
            ])
        for table in ["segment", "override", "alarm"] {
            try db.run("DELETE FROM \(table) WHERE meeting = ?", [meeting.number])
        }
        try PartRows.delete(of: meeting.number, db)
        try insertParts(of: meeting, meeting.number, db)
    }

    static func delete(_ number: Int, _ db: Database) throws {
        try db.run("DELETE FROM meeting WHERE number = ?", [number])
    }

    private static func insertParts(of meeting: Meeting, _ number: Int, _ db: Database) throws {
        for (position, segment) in meeting.segments.enumerated() {
            let timing = segment.timing
            try db.run(
                """
                INSERT INTO segment(meeting, position, form, start, duration, zone, city, status, rule, dates,
                    exclusions, ends_before)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    number, position, timing.form.rawValue, timing.start.iso8601, timing.duration.iso8601, timing.zone,
                    timing.city, segment.status.rawValue, segment.rule?.text, CivilList.text(segment.dates),
                    CivilList.text(segment.exclusions), segment.endsBefore?.iso8601,
                ])
        }
        for override in meeting.overrides {
            let timing = override.timing
            try db.run(
                """
                INSERT INTO override(meeting, recurrence_id, form, start, duration, zone, city, status, summary,
                    place, note)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    number, override.recurrenceID.iso8601, timing?.form.rawValue, timing?.start.iso8601,
                    timing?.duration.iso8601, timing?.zone, timing?.city, override.status?.rawValue, override.summary,
                    override.place, override.note,
                ])
        }
        try PartRows.insert(of: meeting, number, db)
        guard case .own(let alarms) = meeting.alarms else { return }
        for alarm in alarms {
            try db.run(
                "INSERT INTO alarm(meeting, id, trigger, when_late) VALUES (?, ?, ?, ?)",
                [number, alarm.id, alarm.trigger.text, alarm.whenLate.rawValue])
        }
    }

    private static func segments(of number: Int, _ db: Database) throws -> [Segment] {
        let segments = try db.rows(
            """
            SELECT form, start, duration, zone, city, status, rule, dates, exclusions, ends_before
            FROM segment WHERE meeting = ? ORDER BY position
            """, [number]
        ) { row in
            Segment(
                try timing(row, first: 0), status: try row.value(5, "status") { Status(rawValue: $0) },
                rule: try row.optional(6, "rule") { try RecurrenceRule($0) },
                dates: try row.optional(7, "dates", CivilList.parse) ?? [],
                exclusions: try row.optional(8, "exclusions", CivilList.parse) ?? [],
                endsBefore: try row.optional(9, "ends_before") { CivilDateTime(iso8601: $0) })
        }
        guard !segments.isEmpty else {
            throw StoreError.unreadable(table: "segment", column: "meeting", value: "\(number)")
        }
        return segments
    }

    private static func overrides(of number: Int, _ db: Database) throws -> [Override] {
        try db.rows(
            """
            SELECT recurrence_id, form, start, duration, zone, city, status, summary, place, note
            FROM override WHERE meeting = ? ORDER BY recurrence_id
            """, [number]
        ) { row in
            let form: String? = try row[1]
            return Override(
                try row.value(0, "recurrence_id") { CivilDateTime(iso8601: $0) },
                timing: form == nil ? nil : try timing(row, first: 1),
                status: try row.optional(6, "status") { Status(rawValue: $0) }, summary: try row[7], place: try row[8],
                note: try row[9])
        }
    }

    private static func alarms(of number: Int, _ db: Database) throws -> [Alarm] {
        try db.rows("SELECT id, trigger, when_late FROM alarm WHERE meeting = ? ORDER BY id", [number]) { row in
            Alarm(
                id: try row[0], trigger: try row.value(1, "trigger") { AlarmTrigger(text: $0) },
                whenLate: try row.value(2, "when_late") { WhenLate(rawValue: $0) })
        }
    }

    /// Form, start, duration, zone and city from five columns.
    static func timing(_ row: Columns, first: Int) throws -> Timing {
        Timing(
            form: try row.value(first, "form") { Form(rawValue: $0) },
            start: try row.value(first + 1, "start") { CivilDateTime(iso8601: $0) }, zone: try row[first + 3],
            city: try row[first + 4], duration: try row.value(first + 2, "duration") { CalendarDuration(iso8601: $0) })
    }
}

extension Alarms {
    /// The default that was adopted, where it was another than at first.
    var adopted: StandardAlarms? { if case .adopted(let adopted) = self { adopted } else { nil } }
}
