import ConveneCore
import ConveneTestSupport
import GRDB
import Testing
import ZonedTime

@testable import ConveneStore

@Suite("A check of the database")
struct CheckTests {
    let scene = StoreScene()

    @Test("After any edits and deliveries, there is nothing to find", arguments: 0..<8)
    func content(seed: UInt64) async throws {
        let store = try scene.open()
        var random = RandomMeetings(seed: 500 + seed)
        var now = StoreScene.now
        var numbers: [Int] = []
        for step in 0..<30 {
            switch step % 6 {
            case 0, 1: try await store.edit(&random, &numbers, adding: "\(step)", at: now)
            case 2, 3: try await store.edit(&random, &numbers, at: now)
            case 4:
                now = now.advanced(bySeconds: Int64.random(in: 1...900, using: &random.random) * 60)
                // Once in a while the daemon is down, and all of it stays owed.
                if random.chance(70) { try await store.deliverAll(by: now) }
            default:
                // Or its clock is set back.
                if random.chance(30) { now = now.advanced(bySeconds: -3_600) }
            }
            #expect(try store.checkAll(at: now) == [], "step \(step)")
        }
        #expect(try store.checkFile(limit: 10) == [])
    }

    /// A damage, and the table in which it must be found.
    struct Damage: Sendable, CustomTestStringConvertible {
        let sql: String
        let place: String

        var testDescription: String { sql }
    }

    @Test(
        "Whatever is derived wrongly is found where it is, and can be written anew",
        arguments: [
            Damage(sql: "DELETE FROM dated WHERE meeting = 1", place: "dated"),
            Damage(sql: "UPDATE dated SET starts = starts + 60, ends = ends + 60 WHERE meeting = 1", place: "dated"),
            Damage(
                sql: "INSERT INTO dated(meeting, span, starts, ends) SELECT meeting, span, starts, ends FROM dated",
                place: "dated"),
            Damage(sql: "DELETE FROM track WHERE id = (SELECT min(id) FROM track)", place: "track"),
            Damage(sql: "UPDATE track SET day_mask = 0", place: "track"),
            Damage(sql: "UPDATE track SET last_day = last_day - 1 WHERE last_day IS NOT NULL", place: "track"),
            Damage(sql: "UPDATE track_group SET last_day = 5 WHERE endless = 0", place: "track_group"),
            Damage(sql: "DELETE FROM queue WHERE meeting = 1", place: "queue"),
            Damage(sql: "DELETE FROM queue WHERE meeting = 2", place: "queue"),
            Damage(sql: "UPDATE queue SET due = due + 60 WHERE meeting = 1", place: "queue"),
            Damage(sql: "UPDATE queue SET identity = 'another' WHERE meeting = 1", place: "queue"),
            Damage(sql: "UPDATE queue SET is_own = 1 WHERE meeting = 2", place: "queue"),
            Damage(sql: "UPDATE queue SET meeting = 2 WHERE meeting = 1", place: "queue"),
            Damage(sql: "UPDATE meeting SET folded = 'lunch' WHERE number = 1", place: "meeting"),
            Damage(sql: "UPDATE meeting SET parts = 0 WHERE number = 1", place: "meeting"),
            Damage(sql: "UPDATE side SET office_key = 'x/y'", place: "side"),
        ])
    func derived(damage: Damage) async throws {
        let store = try await scene.openWithMeetings()
        let before = try await written(store)
        #expect(try store.checkAll(at: StoreScene.now) == [])
        try await store.record { db in try db.execute(sql: damage.sql) }

        let faults = try store.checkAll(at: StoreScene.now)
        #expect(faults.contains { $0.place == damage.place }, "\(faults)")
        #expect(faults.allSatisfy { $0.canBeRebuilt && !$0.what.isEmpty })

        try await store.rebuild(faults.compactMap(\.meeting), at: StoreScene.now)
        #expect(try store.checkAll(at: StoreScene.now) == [])
        #expect(try await written(store) == before)
    }

    @Test("A reminder that was said and stands in the queue all the same is found")
    func saidAgain() async throws {
        let store = try await scene.openWithMeetings()
        let later = Instant.at("2026-03-26T14:50:00")
        let said = try await store.dump("SELECT identity FROM queue WHERE meeting = 1")
        try await store.deliverAll(by: later)
        #expect(try store.checkAll(at: later) == [])
        try await store.record { db in
            try db.execute(sql: "UPDATE queue SET identity = ? WHERE meeting = 2", arguments: [said[0]])
        }
        let places = try store.checkAll(at: later).map(\.place)
        #expect(places == ["queue", "queue"])
    }

    @Test("A row that belongs to nothing is found")
    func orphan() async throws {
        let store = try await scene.openWithMeetings()
        try store.close()
        try scene.makeFile { db in
            try db.execute(
                sql: "PRAGMA foreign_keys = OFF; INSERT INTO alarm(meeting, id, trigger) VALUES (99, 'a', '-PT15M')")
        }
        let faults = try scene.open().checkAll(at: StoreScene.now)
        #expect(faults.map(\.place) == ["file"])
        #expect(faults.first?.what == "a row of 'alarm' belongs to no row of 'meeting'")
        #expect(faults.first?.canBeRebuilt == false)
    }

    @Test("An index that lacks what its table holds is found by SQLite's check")
    func damagedIndex() async throws {
        let store = try await scene.openWithMeetings()
        let root = try #require(
            try await store.dump("SELECT rootpage FROM sqlite_schema WHERE name = 'queue_by_due'").first.flatMap(
                Int.init))
        try store.close()
        var bytes = scene.directory.bytes(of: "convene.db")
        // The last bytes of a page hold the first entry that was made in it.
        for index in root * 4_096 - 6..<root * 4_096 { bytes[index] ^= 0x15 }
        scene.directory.write(bytes, to: "convene.db")
        let faults = try scene.open().checkAll(at: StoreScene.now)
        #expect(faults.contains { $0.place == "file" && $0.what.contains("queue_by_due") }, "\(faults)")
    }

    @Test("A meeting that cannot be read is named, and the others are looked at all the same")
    func unreadable() async throws {
        let store = try await scene.openWithMeetings()
        try await store.record { db in
            try db.execute(sql: "UPDATE segment SET start = '2026-99-99T00:00:00' WHERE meeting = 1")
            try db.execute(sql: "DELETE FROM queue WHERE meeting = 2")
        }
        let faults = try store.checkAll(at: StoreScene.now)
        #expect(faults.map(\.place) == ["meeting", "queue"])
        #expect(faults.map(\.meeting) == [1, 2])
        #expect(faults.map(\.canBeRebuilt) == [false, true])
    }

    /// What people wrote, and what was said: no check changes any of it.
    private func written(_ store: MeetingStore) async throws -> [String] {
        try await store.dump(
            """
            SELECT number || uid || revision || summary FROM meeting UNION ALL
            SELECT meeting || start || duration || zone || coalesce(rule, '') FROM segment UNION ALL
            SELECT meeting || id || trigger FROM alarm UNION ALL SELECT identity FROM notification UNION ALL
            SELECT id || what FROM log
            """)
    }
}

extension StoreScene {
    /// A store with a single meeting that two sides attend, a series without an end, and one that ends.
    fileprivate func openWithMeetings() async throws -> MeetingStore {
        let store = try open()
        var talks = try Meeting.talks("talks", alarms: .quarter)
        talks.sides = [Side(party: Party(name: "Japan"), office: "DG", person: "Takizaki")]
        try await store.add(talks)
        try await store.add(.talks("call", rule: "FREQ=WEEKLY", alarms: .quarter))
        try await store.add(.talks("course", rule: "FREQ=DAILY;COUNT=5", alarms: .quarter))
        return store
    }
}

extension MeetingStore {
    fileprivate func checkAll(at now: Instant) throws -> [StoreFault] {
        var faults = try checkFile(limit: 100)
        var last: Int? = 0
        while let number = last {
            let part = try check(behind: number, limit: 2, at: now)
            faults += part.faults
            last = part.last
        }
        return faults
    }
}
