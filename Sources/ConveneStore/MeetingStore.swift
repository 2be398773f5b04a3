public import ConveneCore
import GRDB
public import ZonedTime

/// The schedule on disk: one SQLite file.
///
/// Writes go through one queue and are answered when they are durable; reads see the last commit.
public final class MeetingStore: Sendable {
    public let path: String
    public let context: Context
    /// What is wrong with a store that has to be given up, once: after that the process should end.
    public let failures: AsyncStream<StoreError>

    private let pool: DatabasePool
    private let commits: CommitQueue
    private let lock: DatabaseLock
    private let endFailures: AsyncStream<StoreError>.Continuation
    let cache = MeetingCache()
    private let newID: @Sendable () -> String

    /// Opens the database, and makes it where there is none.
    ///
    /// - Parameters:
    ///   - newID: gives a random UUID each time; it names databases, log records and alarms.
    public init(
        path: String, zones: any TimeZoneSource, standardAlarms: StandardAlarms = .initial,
        newID: @escaping @Sendable () -> String
    ) throws {
        self.path = path
        self.newID = newID
        // By its own name: a daemon that comes to the file through a link must meet the same lock.
        let file = DatabaseFile.resolved(path)
        lock = try DatabaseLock(forDatabaseAt: file)
        pool = try DatabaseFile.open(file)
        let id = try pool.writeWithoutTransaction { db in
            try Settings.databaseID(db, makingIt: newID().filter { $0 != "-" }.lowercased())
        }
        context = Context(databaseID: id, zones: zones, standardAlarms: standardAlarms)
        let (stream, continuation) = AsyncStream<StoreError>.makeStream(bufferingPolicy: .bufferingOldest(1))
        failures = stream
        endFailures = continuation
        commits = CommitQueue(pool, path: path, files: OpenFiles(file)) { continuation.yield($0) }
    }

    /// Copies a database, which may be in use, as one of its own: under a new id, so that its entries in the
    /// journal are not taken for those of the first.
    public static func copy(_ source: String, to target: String, newID: String) throws {
        do {
            try DatabaseFile.copy(source, to: target, newID: newID)
        } catch {
            throw StoreError.translating(error, path: source)
        }
    }

    /// Reads the schedule as of one moment.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (ScheduleView) throws -> Result
    ) async throws -> Result {
        try readHere { [context, cache] db in try body(ScheduleView(db, context, cache)) }
    }

    /// Changes the schedule; returns when the change is on disk.
    public func write<Result: Sendable>(
        at now: Instant, by author: Author, _ body: @escaping @Sendable (ScheduleTransaction) throws -> Result
    ) async throws -> Result {
        try await commits.write { [context, newID] db in
            try body(ScheduleTransaction(db, context, now: now, author: author, newID: newID))
        }
    }

    /// A write that belongs to no person.
    func record<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        try await commits.write(body)
    }

    func fetch<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        try readHere(body)
    }

    /// Reads on the caller's thread: a read is short, and to wake two others for it takes longer than the read.
    func readHere<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            return try pool.read(body)
        } catch {
            throw StoreError.translating(error, path: path)
        }
    }

    /// `PRAGMA synchronous` of the connection that writes; 2 is FULL.
    func synchronous() throws -> Int {
        try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? 0 }
    }

    /// Takes no more writes, and lets go of the file: it holds everything then.
    public func close() throws {
        commits.close()
        endFailures.finish()
        // SQLite does so only when a connection that may write is the last one; where it fails, the next start can.
        _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try pool.close()
    }
}
