import ConveneCore
import ConveneTestSupport
import GRDB
import Recurrence
import Testing
import ZonedTime

@testable import ConveneStore

/// What is there after opening, and what is refused.
@Suite("Opening the database")
struct OpeningTests {
    let scene = StoreScene()

    @Test("The connection that writes waits for the disk, in WAL mode, with foreign keys")
    func pragmas() async throws {
        let store = try scene.open()
        #expect(try store.synchronous() == 2)
        let (journal, foreignKeys) = try await store.record { db in
            (
                try String.fetchOne(db, sql: "PRAGMA journal_mode"), try Bool.fetchOne(db, sql: "PRAGMA foreign_keys")
            )
        }
        #expect(journal == "wal")
        #expect(foreignKeys == true)
    }

    @Test("Every table is STRICT")
    func strict() async throws {
        let tables = try await scene.open().dump(
            """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'
            """)
        #expect(tables == [])
    }

    @Test("Opened again, it has the same id and all that was written; it leaves one file")
    func again() async throws {
        let first = try scene.open()
        let id = first.context.databaseID
        let meeting = try await first.add(.talks(rule: "FREQ=WEEKLY;COUNT=5"))
        try first.close()
        #expect(Array(try scene.files().keys) == ["convene.db"])

        let second = try scene.open()
        #expect(second.context.databaseID == id)
        #expect(try await second.meeting(meeting.number) == meeting)
    }

    @Test("After closing it takes no write")
    func closed() async throws {
        let store = try scene.open()
        try store.close()
        await #expect(throws: StoreError.closed) { try await store.add(.talks()) }
    }

    // MARK: Migrations

    @Test("A migration that has landed never changes")
    func landed() {
        // Schema.migrations may grow; what files were once made with stays as it is.
        #expect(Schema.migrations.prefix(landedHashes.count).map(hash) == landedHashes)
        #expect(Schema.version == Schema.migrations.count)
    }

    @Test("What a file of version 14 knows as said of a date has the name that its date has now")
    func namesOf14() async throws {
        try scene.makeFile { db in
            try db.makeFile(ofVersion: 14)
            // Moved by a day from the second date on, and an hour later from the third; what was said third came between.
            let names = ["26T15", "27T15", "28T15", "29T16"].map { "'2026-03-\($0):00:00'" }
            for (position, name) in [names[0], names[1], names[2], names[3], "NULL"].enumerated() {
                try db.execute(
                    sql: """
                        INSERT INTO notification(position, identity, kind, message, uid, recurrence_id, due, late, recorded,
                            boot, uptime, fields)
                        VALUES (\(position + 1), 'n\(position)', 'reminder', '', '\(position < 4 ? "u" : "uid-7")',
                            \(name), 0, 0, 0, 'b', 0, '{}')
                        """)
            }
            try db.execute(
                sql: """
                    INSERT INTO series_move(uid, former, present, record, said) VALUES
                        ('u', \(names[1]), \(names[2]), 'l1', 2),
                        ('u', \(names[2]), '2026-03-28T16:00:00', 'l2', 3)
                    """)
        }
        let store = try scene.open()
        #expect(
            try await store.dump("SELECT recurrence_id FROM notification ORDER BY position") == [
                "2026-03-26T15:00:00", "2026-03-28T16:00:00", "2026-03-28T16:00:00", "2026-03-29T16:00:00",
                "2026-03-26T15:00:00",
            ])
        let undone = try await store.fetch { try SeriesMoveRows.made(by: "l1", of: "u", $0) }
        #expect(undone == SeriesMove(former: .at("2026-03-27T15:00:00"), present: .at("2026-03-28T15:00:00")))
    }

    @Test("A file of version 1 becomes one of today, and keeps what people wrote")
    func migration() async throws {
        try scene.makeFile { db in
            try db.execute(sql: Schema.migrations[0])
            try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            try db.execute(sql: "PRAGMA user_version = 1")
            try db.execute(sql: versionOneRows)
        }
        let store = try scene.open()
        #expect(try await store.dump("PRAGMA user_version") == ["\(Schema.version)"])
        #expect(try await store.dump("SELECT rest FROM summary_word ORDER BY word") == ["dg talks", "talks"])
        #expect(store.context.databaseID == "d1")

        let meeting = try #require(try await store.meeting(7))
        #expect(meeting.uid == "uid-7")
        #expect(meeting.summary == "DG talks")
        #expect(meeting.timing.start == .at("2026-03-26T15:00:00"))
        #expect(meeting.segments[0].rule?.text == "FREQ=WEEKLY")
        #expect(meeting.segments[0].exclusions == [.at("2026-04-02T15:00:00")])
        #expect(meeting.overrides.map(\.status) == [.cancelled])
        #expect(meeting.alarms == .own([Alarm(id: "a1", trigger: .beforeStart(.seconds(900)))]))
        let log = try await store.read { try $0.log(of: 7, limit: 5) }
        #expect(log.map(\.what) == ["new"])

        // And it can be written to.
        let next = try await store.add(.talks("next"))
        #expect(next.number == 8)
    }

    // MARK: Refusals

    @Test("A file that a newer program wrote is refused, and stays as it is")
    func newer() throws {
        try scene.open().close()
        try scene.makeFile { try $0.execute(sql: "PRAGMA user_version = 999") }
        try refused(.newer(path: scene.path, found: 999, known: Schema.version))
    }

    @Test("A file of another program is refused, and stays as it is", arguments: ["delete", "wal"])
    func foreign(journalMode: String) throws {
        try scene.makeFile { db in
            try db.execute(sql: "PRAGMA journal_mode = \(journalMode)")
            try db.execute(sql: "CREATE TABLE note(text); INSERT INTO note VALUES ('mine')")
        }
        try refused(.notOurs(path: scene.path))
    }

    @Test("A file with another program's application id is refused")
    func foreignID() throws {
        try scene.makeFile { try $0.execute(sql: "PRAGMA application_id = 252006674; CREATE TABLE a(b)") }
        try refused(.notOurs(path: scene.path))
    }

    @Test("A file that is no database is refused, and stays as it is")
    func text() throws {
        scene.directory.write(
            Array(repeating: "Minutes of the talks, day one.\n", count: 200).joined().utf8, to: "convene.db")
        try refused(.notOurs(path: scene.path))
    }

    @Test("A file whose pages are damaged is refused, and stays as it is")
    func damaged() throws {
        try scene.open().close()
        var bytes = scene.directory.bytes(of: "convene.db")
        for index in 4_096..<bytes.count { bytes[index] = 0xA5 }
        scene.directory.write(bytes, to: "convene.db")
        let before = try scene.files()
        let error = try #require(throws: StoreError.self) { try scene.open() }
        guard case .damaged(path: scene.path, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.isFatal)
        #expect(try scene.files() == before)
    }

    @Test("A file that lacks a table is refused by that table's name")
    func missingTable() throws {
        try scene.open().close()
        try scene.makeFile { try $0.execute(sql: "DROP TABLE outbox") }
        try refused(.damaged(path: scene.path, reason: "the table 'outbox' is missing or not what it was"))
    }

    @Test("A folder that is not there is named")
    func noFolder() {
        let path = scene.directory.path + "/none/convene.db"
        #expect(throws: StoreError.cannotOpen(path: path, reason: "\(path).lock: No such file or directory")) {
            try MeetingStore(path: path, zones: scene.zones) { "id" }
        }
    }

    private func refused(_ expected: StoreError) throws {
        let before = try scene.files()
        #expect(throws: expected) { try scene.open() }
        #expect(try scene.files() == before)
    }

    // MARK: Copying

    @Test("A copy is a database of its own: another id, also in what it owes and has said")
    func copy() async throws {
        let store = try scene.open()
        try await store.add(.talks(rule: "FREQ=DAILY"))
        try await store.deliverAll(by: .at("2026-03-25T15:00:00"))
        let oldID = store.context.databaseID
        let target = scene.directory.path + "/rehearsal.db"
        try MeetingStore.copy(scene.path, to: target, newID: "rehearsal")

        let copy = try MeetingStore(path: target, zones: scene.zones) { "id" }
        #expect(copy.context.databaseID == "rehearsal")
        let identities = "SELECT identity FROM queue UNION ALL SELECT identity FROM notification ORDER BY identity"
        let old = try await store.dump(identities)
        #expect(old.count == 3)
        #expect(try await copy.dump(identities) == old.map { "rehearsal" + $0.dropFirst(oldID.count) })
        #expect(try await copy.journalCursor() == nil)
    }
}

/// FNV-1a, so that a migration's text needs no second copy here.
extension Database {
    /// As a program of that version left it, with a series of the first.
    fileprivate func makeFile(ofVersion version: Int) throws {
        add(function: NameRows.wordStarts)
        for (index, migration) in Schema.migrations.prefix(version).enumerated() {
            try execute(sql: migration)
            if index == 0 { try execute(sql: versionOneRows) }
        }
        try execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        try execute(sql: "PRAGMA user_version = \(version)")
    }
}

private func hash(_ text: String) -> String {
    let value = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return String(value, radix: 16)
}

private let landedHashes = [
    "f5605af6cda80f9", "28fbcf65b410130", "d91464e38acd101c", "5c0edfcea45e9181", "a0da411843949ab6",
    "40c15bc786c3198", "284b602c23f2254d", "48af8e7980a57293", "2b8b40b3673090b0", "593e941794599bff",
    "8147ba2c32e61286", "d25d06a63df14755", "ade15c1a8bca2704", "88a569d8f8a86c55",
]

private let versionOneRows = """
    INSERT INTO setting VALUES ('id', 'd1');
    INSERT INTO meeting VALUES (7, 'uid-7', 1, 'DG talks', 'dg talks', 'Foreign Office', NULL, 0);
    INSERT INTO segment VALUES (7, 0, 'timed', '2026-03-26T15:00:00', 'PT1H', 'Europe/London', NULL, 'confirmed',
        'FREQ=WEEKLY', NULL, '2026-04-02T15:00:00', NULL);
    INSERT INTO override VALUES (7, '2026-04-09T15:00:00', NULL, NULL, NULL, NULL, NULL, 'cancelled', NULL, NULL, NULL);
    INSERT INTO alarm VALUES (7, 'a1', '-PT15M');
    INSERT INTO log VALUES (1, 'l1', 1774267200, 1000, 'yuri', 'add', 7, 'DG talks', 'new', NULL, 1, NULL, NULL);
    """
