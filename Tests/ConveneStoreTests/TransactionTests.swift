import ConveneCore
import ConveneTestSupport
import Testing
import ZonedTime

@testable import ConveneStore

/// A change, its log record and its effect on the queue are one transaction.
@Suite("Changes of the schedule")
struct TransactionTests {
    let scene = StoreScene()

    @Test("A new meeting stands in the tables, the log and the queue at once")
    func insert() async throws {
        let store = try scene.open()
        let added = try await store.add(.talks())
        #expect(added.number == 1)
        #expect(try await store.meeting(1) == added)
        #expect(try await store.read { try $0.meeting(uid: "talks") } == added)
        // London keeps Greenwich time until the 29th.
        #expect(try await store.queue() == ["2026-03-25T15:00 -P1D", "2026-03-26T14:45 -PT15M"])
        let log = try await store.read { try $0.log(of: 1, limit: 10) }
        #expect(log.map(\.verb) == ["add"])
        #expect(log.map(\.author) == [StoreScene.author])
        #expect(log.map(\.at) == [StoreScene.now])
        #expect(log.map(\.revision) == [1])
    }

    @Test("A change counts the revision up, moves the queue, and keeps what was in the log")
    func update() async throws {
        let store = try scene.open()
        let old = try await store.add(.talks())
        let changed = try await store.change(1) { meeting in
            let later = meeting.timing.starting(at: .at("2026-03-30T15:00:00"))
            try meeting.move(nil, to: later, in: SampleZones.shared)
        }
        #expect(changed.revision == 2)
        // British Summer Time: 15:00 there is 14:00 UTC.
        #expect(try await store.queue() == ["2026-03-29T14:00 -P1D", "2026-03-30T13:45 -PT15M"])
        let (entry, before) = try await store.read { view in
            let entry = try #require(try view.log(of: 1, limit: 1).first)
            return (entry, try view.meeting(before: entry))
        }
        #expect(entry.revision == 2)
        #expect(before == old)
    }

    @Test("Where one part of a write fails, nothing of it is there")
    func atomic() async throws {
        let store = try scene.open()
        try await store.add(.talks())
        let tables = [
            "meeting", "segment", "dated", "track", "queue", "log", "sqlite_sequence",
        ]
        func contents() async throws -> [[String]] {
            var contents: [[String]] = []
            for table in tables { contents.append(try await store.dump("SELECT * FROM \(table)")) }
            return contents
        }
        let before = try await contents()
        struct Trouble: Error {}
        await #expect(throws: Trouble.self) {
            try await store.write(at: StoreScene.now, by: StoreScene.author) { transaction in
                _ = try transaction.insert(.talks("second", rule: "FREQ=DAILY"), .init(verb: "add", what: "new"))
                throw Trouble()
            }
        }
        // The second has the uid of the first.
        await #expect(throws: StoreError.self) { try await store.add(.talks()) }
        #expect(try await contents() == before)
    }

    @Test("Every form, status, rule, override and alarm comes back from the log as it was", arguments: 0..<4)
    func snapshots(seed: UInt64) async throws {
        let store = try scene.open()
        var random = RandomMeetings(seed: seed)
        for index in 0..<12 {
            let added = try await store.add(random.meeting(uid: "\(index)"))
            #expect(try await store.meeting(added.number) == added)
            try await store.change(added.number) { $0.summary = "Other talks" }
            let before = try await store.read { view in
                try view.meeting(before: try #require(try view.log(of: added.number, limit: 1).first))
            }
            #expect(before == added)
        }
    }

    @Test("What was deleted can come back under its number, and reversing is recorded on both sides")
    func undo() async throws {
        let store = try scene.open()
        let meeting = try await store.add(.talks())
        try await store.write(at: StoreScene.now, by: StoreScene.author) { transaction in
            try transaction.delete(meeting, .init(verb: "delete", what: "deleted"))
        }
        #expect(try await store.queue() == [])
        let deletion = try #require(try await store.read { try $0.latestLogEntry(by: 1_000) })
        #expect(deletion.verb == "delete")
        #expect(deletion.revision == nil)

        let back = try await store.write(at: StoreScene.now, by: StoreScene.author) { transaction in
            let before = try #require(try transaction.schedule.meeting(before: deletion))
            return try transaction.insert(
                before, number: before.number, .init(verb: "undo", what: "undeleted", undoes: deletion.id))
        }
        #expect(back == meeting)
        #expect(try await store.meeting(1) == meeting)
        #expect(try await store.queue().count == 2)
        let log = try await store.read { try $0.log(of: 1, limit: 10) }
        #expect(log.map(\.verb) == ["undo", "delete", "add"])
        #expect(log[0].undoes == deletion.id)
        #expect(log[1].undoneBy == log[0].id)
        // What is next to undo is the addition: neither the undo nor what it reversed.
        #expect(try await store.read { try $0.latestLogEntry(by: 1_000) }?.verb == "add")
        #expect(try await store.read { try $0.latestLogEntry(by: 1_001) } == nil)
    }

    @Test(
        "A name means the meetings that bear it, else those with a word that begins so, else those that hold it",
        arguments: [
            ("rok-japan", [3, 1]), ("cafe", [2]), ("JAPAN", [3, 1]), ("japan talks", [1]), ("talks", [5]),
            ("tal", [5, 4, 1]),
            ("apan", [3, 1]), ("café at", [2]), ("lks", [5, 4, 1]), ("100%", []), ("\"talks\"", []),
            ("talks in", [4]), ("국장", [6]), ("협의", [6]),
        ])
    func named(typed: String, numbers: [Int]) async throws {
        let store = try scene.open()
        for summary in [
            "ROK–Japan talks", "Café at the embassy", "rok–JAPAN lunch", "The talks in Geneva", "Talks", "한일 국장급협의",
        ] {
            try await store.add(.talks(called: summary))
        }
        #expect(try await store.numbers(called: typed) == numbers)
    }

    @Test("Another summary is found under its own words and no longer under the old ones; a deleted meeting under none")
    func renamed() async throws {
        let store = try scene.open()
        try await store.add(.talks(called: "Budget talks"))
        let visit = try await store.add(.talks(called: "Visit"))
        try await store.change(1) { $0.summary = "Round table" }
        #expect(try await store.numbers(called: "budget") == [])
        #expect(try await store.numbers(called: "table") == [1])
        try await store.write(at: StoreScene.now, by: StoreScene.author) { transaction in
            try transaction.delete(visit, .init(verb: "delete", what: "deleted"))
        }
        #expect(try await store.numbers(called: "visit") == [])
        #expect(try await store.dump("SELECT rest FROM summary_word ORDER BY word") == ["round table", "table"])
    }
}

extension MeetingStore {
    fileprivate func numbers(called typed: String) async throws -> [Int] {
        try await read { try $0.numbers(called: Folding.fold(typed), limit: 10) }
    }
}

extension Meeting {
    fileprivate static func talks(called summary: String) throws -> Meeting {
        var meeting = try talks(summary)
        meeting.summary = summary
        return meeting
    }
}
