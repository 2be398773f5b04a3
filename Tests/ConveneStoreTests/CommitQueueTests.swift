import ConveneTestSupport
import Dispatch
import GRDB
import Synchronization
import Testing

@testable import ConveneStore

/// Writes that arrive together share a commit.
@Suite("The commit queue")
@MainActor
struct CommitQueueTests {
    private let directory = TemporaryDirectory()
    private let pool: DatabasePool
    private let commits = CommitCounter()
    private let queue: CommitQueue

    init() throws {
        pool = try DatabasePool(path: directory.path + "/commits.db")
        try pool.write { db in
            try db.execute(sql: "CREATE TABLE note(text TEXT NOT NULL CHECK (text <> '')) STRICT; CREATE TABLE gate(a)")
        }
        pool.add(transactionObserver: commits)
        queue = CommitQueue(pool, path: "commits.db", files: OpenFiles(pool.path)) { _ in }
    }

    /// Starts writes of which the first holds the connection until all of them have arrived.
    private func writeTogether(_ bodies: [@Sendable (Database) throws -> Void]) async -> [Result<Void, any Error>] {
        let gate = DispatchSemaphore(value: 0)
        let isHolding = Mutex(false)
        var arrived = 0
        var tasks = [
            Task { @MainActor in
                try await queue.write { db in
                    try db.execute(sql: "INSERT INTO gate VALUES (1)")
                    isHolding.withLock { $0 = true }
                    gate.wait()
                }
            }
        ]
        while !isHolding.withLock({ $0 }) { await Task.yield() }
        for body in bodies {
            tasks.append(
                Task { @MainActor in
                    arrived += 1
                    // Up to here and into the queue nothing else runs on this actor.
                    try await queue.write(body)
                })
        }
        while arrived < bodies.count { await Task.yield() }
        gate.signal()
        var results: [Result<Void, any Error>] = []
        for task in tasks { results.append(await task.result) }
        return Array(results.dropFirst())
    }

    private nonisolated static func note(_ text: String) -> @Sendable (Database) throws -> Void {
        { try $0.execute(sql: "INSERT INTO note VALUES (?)", arguments: [text]) }
    }

    private func notes() async throws -> [String] {
        try await pool.read { try String.fetchAll($0, sql: "SELECT text FROM note ORDER BY rowid") }
    }

    @Test("What arrives while a commit is under way shares the next one")
    func shared() async throws {
        let results = await writeTogether((1...40).map { CommitQueueTests.note("\($0)") })
        #expect(results.allSatisfy { (try? $0.get()) != nil })
        #expect(try await notes() == (1...40).map(String.init))
        // One for the write that held the connection, one for all the others.
        #expect(commits.count == 2)
    }

    @Test("One that is alone and fails leaves nothing behind, and the next is written")
    func failingAlone() async throws {
        await #expect(throws: StoreError.failed(reason: "CHECK constraint failed: text <> ''")) {
            try await queue.write { db in
                try CommitQueueTests.note("half of it")(db)
                try CommitQueueTests.note("")(db)
            }
        }
        #expect(commits.count == 0)
        try await queue.write(CommitQueueTests.note("next"))
        #expect(try await notes() == ["next"])
        #expect(commits.count == 1)
    }

    @Test("One that fails takes nothing with it but its own, and is told why")
    func failing() async throws {
        let results = await writeTogether([
            CommitQueueTests.note("before"),
            { db in
                try CommitQueueTests.note("half of it")(db)
                try CommitQueueTests.note("")(db)
            },
            CommitQueueTests.note("after"),
        ])
        #expect(try await notes() == ["before", "after"])
        #expect(commits.count == 2)
        let isDone = results.map { (try? $0.get()) != nil }
        #expect(isDone == [true, false, true])
        #expect(throws: StoreError.failed(reason: "CHECK constraint failed: text <> ''")) { try results[1].get() }
    }

    @Test("None is answered before the commit that it shares")
    func acknowledged() async throws {
        let commits = commits
        let seen = Mutex<[Int]>([])
        let counts = await writeTogether(
            (1...3).map { number in
                { db in
                    try CommitQueueTests.note("\(number)")(db)
                    seen.withLock { $0.append(commits.count) }
                }
            })
        // All three ran before the second commit; the answers came after it.
        #expect(seen.withLock { $0 } == [1, 1, 1])
        #expect(counts.count == 3)
        #expect(commits.count == 2)

        // One alone reads its own write as soon as it is answered, on another connection.
        try await queue.write(CommitQueueTests.note("4"))
        #expect(commits.count == 3)
        #expect(try await notes().last == "4")
    }

    @Test("A commit that fails is told to each that shared it, and nothing of it is there")
    func failedCommit() async throws {
        try await pool.write { db in
            try db.execute(
                sql: """
                    CREATE TABLE parent(id INTEGER PRIMARY KEY);
                    CREATE TABLE child(parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
                    """)
        }
        let results = await writeTogether([
            CommitQueueTests.note("innocent"), { try $0.execute(sql: "INSERT INTO child VALUES (1)") },
        ])
        for result in results {
            #expect(throws: StoreError.failed(reason: "FOREIGN KEY constraint failed")) { try result.get() }
        }
        #expect(try await notes() == [])
        // And the next one is written.
        try await queue.write(CommitQueueTests.note("next"))
        #expect(try await notes() == ["next"])
    }

    @Test("Closed, it refuses what comes, and finishes what it has")
    func closing() async throws {
        let queue = queue
        let results = await writeTogether([CommitQueueTests.note("last"), { _ in queue.close() }])
        #expect(results.allSatisfy { (try? $0.get()) != nil })
        await #expect(throws: StoreError.closed) { try await queue.write(CommitQueueTests.note("late")) }
        #expect(try await notes() == ["last"])
    }
}

/// Counts commits.
private final class CommitCounter: TransactionObserver, Sendable {
    private let commits = Mutex(0)

    var count: Int { commits.withLock { $0 } }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ db: Database) { commits.withLock { $0 += 1 } }
    func databaseDidRollback(_ db: Database) {}
}
