import ConveneCore
import GRDB
public import ZonedTime

/// Something in the file that is not as it should be.
public struct StoreFault: Hashable, Sendable {
    /// The table that is wrong; `file` where SQLite's own check found it.
    public let place: String
    /// The meeting that it is about.
    public let meeting: Int?
    public let summary: String?
    /// What is wrong, in words.
    public let what: String
    /// Whether the rows can be written anew from what people wrote.
    public let canBeRebuilt: Bool
}

/// What one part of a check has found.
public struct CheckedPart: Hashable, Sendable {
    public var faults: [StoreFault] = []
    /// How many meetings were looked at.
    public var countMeetings = 0
    /// The number of the last one; `nil` where there are no further ones.
    public var last: Int?
}

// Proves that what is derived is what a rebuild from what people wrote gives, and that SQLite finds the file whole.
// Each call is one read: it sees one moment, holds up no write, and is short but for `checkFile`.
extension MeetingStore {
    /// What SQLite's own checks say, and what no single meeting shows; at most `limit` faults.
    public func checkFile(limit: Int) throws -> [StoreFault] {
        try readHere { db in
            var faults = try db.rows("PRAGMA integrity_check(\(limit))").map { $0[0] as String }
                .filter { $0 != "ok" }.map { StoreFault.ofFile($0) }
            for row in try db.rows("PRAGMA foreign_key_check").prefix(limit) {
                let (table, parent): (String, String) = (row[0], row[2])
                faults.append(.ofFile("a row of '\(table)' belongs to no row of '\(parent)'"))
            }
            return Array((faults + (try groupFaults(db)) + (try saidFaults(db))).prefix(limit))
        }
    }

    /// Compares what is derived from up to `limit` meetings behind `number`.
    public func check(behind number: Int, limit: Int, at now: Instant) throws -> CheckedPart {
        let context = context
        return try readHere { db in
            var part = CheckedPart()
            let meetings: [(number: Int, summary: String)] = try db.rows(
                "SELECT number, summary FROM meeting WHERE number > ? ORDER BY number LIMIT ?", [number, limit]
            ).map { ($0[0], $0[1]) }
            for (number, summary) in meetings {
                do {
                    part.faults += try MeetingStore.faults(of: number, summary, at: now, context, db)
                } catch let error as DatabaseError {
                    throw error
                } catch {
                    part.faults.append(
                        StoreFault(
                            place: "meeting", meeting: number, summary: summary, what: "cannot be read: \(error)",
                            canBeRebuilt: false))
                }
            }
            part.countMeetings = meetings.count
            part.last = meetings.last?.number
            return part
        }
    }

    /// Writes anew what is derived from these meetings, and the groups in which their tracks stand.
    public func rebuild(_ numbers: [Int], at now: Instant) async throws {
        let context = context
        try await record { db in
            try db.run(
                """
                UPDATE track_group SET last_day = (SELECT max(last_day) FROM track WHERE track_group = track_group.id)
                WHERE endless = 0
                """)
            let meetings = try numbers.compactMap { try MeetingRows.fetch($0, parts: PartRows.all, db) }
            let queues = try meetings.map { try QueueRows.rebuilt($0, at: now, context, db) }
            // First all of them go: a row may stand at another's.
            for meeting in meetings {
                try QueueRows.replace([], of: meeting, isNew: false, context, db)
            }
            for (meeting, rows) in zip(meetings, queues) {
                try MeetingRows.update(meeting, db)
                try NameRows.replace(meeting, db)
                try IndexRows.replace(meeting, isNew: false, in: context.zones, db)
                try QueueRows.replace(rows, of: meeting, isNew: true, context, db)
            }
        }
        // What was read while something of it could not be found.
        cache.clear()
    }

    private static func faults(
        of number: Int, _ summary: String, at now: Instant, _ context: Context, _ db: Database
    ) throws -> [StoreFault] {
        guard let meeting = try MeetingRows.fetch(number, parts: PartRows.all, db) else { return [] }
        let rebuilt = try DerivedRows(rebuilding: meeting, at: now, context, db)
        return try DerivedRows(storedFor: number, db).differences(from: rebuilt).map { table, missing, surplus in
            var parts: [String] = []
            if missing > 0 { parts.append(missing == 1 ? "1 row is missing" : "\(missing) rows are missing") }
            if surplus > 0 { parts.append(surplus == 1 ? "1 row is not its own" : "\(surplus) rows are not its own") }
            return StoreFault(
                place: table, meeting: number, summary: summary, what: parts.joined(separator: ", "),
                canBeRebuilt: true)
        }
    }

    /// A group that claims to end before one of its tracks does would hide it.
    private func groupFaults(_ db: Database) throws -> [StoreFault] {
        let count: Int =
            try db.row(
                """
                SELECT count(*) FROM track JOIN track_group ON track_group.id = track_group
                WHERE endless <> (track.last_day IS NULL) OR track_group.last_day < track.last_day
                """)?[0] ?? 0
        return count == 0
            ? []
            : [
                StoreFault(
                    place: "track_group", meeting: nil, summary: nil, what: "\(count) series stand behind its end",
                    canBeRebuilt: true)
            ]
    }

    /// What was said already must not be owed any more.
    private func saidFaults(_ db: Database) throws -> [StoreFault] {
        try ["queue", "outbox"].compactMap { table in
            let count: Int =
                try db.row("SELECT count(*) FROM \(table) JOIN notification USING (identity)")?[0] ?? 0
            return count == 0
                ? nil
                : StoreFault(
                    place: table, meeting: nil, summary: nil, what: "\(count) rows owe what was said already",
                    canBeRebuilt: false)
        }
    }
}

extension StoreFault {
    fileprivate static func ofFile(_ what: String) -> StoreFault {
        StoreFault(place: "file", meeting: nil, summary: nil, what: what, canBeRebuilt: false)
    }
}
