import GRDB
import Synchronization

/// Lets writes that arrive together share one commit.
///
/// A durable commit costs milliseconds, whatever it holds. While one is under way, the writes that arrive
/// gather; the next commit takes all of them, each in a savepoint of its own, so that one that fails takes no
/// other with it. Each is answered after the commit. One that is alone needs no savepoint, for which SQLite would
/// keep every page that it changes, many in a file: it is the transaction.
final class CommitQueue: Sendable {
    /// What is done once the commit is known: `nil`, or why there was none.
    private typealias Completion = @Sendable ((any Error)?) -> Void

    private struct Job: Sendable {
        /// Runs the write, unless it is alone in a savepoint.
        let run: @Sendable (_ db: Database, _ isAlone: Bool) -> Ran
        /// Answers without running it.
        let refuse: @Sendable (any Error) -> Void
    }

    private struct Ran {
        let hasFailed: Bool
        let completion: Completion
    }

    private struct State {
        var jobs: [Job] = []
        var isFlushing = false
        var isClosed = false
    }

    /// At most so many writes share a commit.
    private static let batch = 512

    private let pool: DatabasePool
    private let path: String
    private let files: OpenFiles
    private let state = Mutex(State())
    private let onFatal: @Sendable (StoreError) -> Void

    /// - Parameters:
    ///   - path: as errors name it.
    ///   - files: those that the pool has open.
    init(_ pool: DatabasePool, path: String, files: OpenFiles, onFatal: @escaping @Sendable (StoreError) -> Void) {
        self.pool = pool
        self.path = path
        self.files = files
        self.onFatal = onFatal
    }

    /// Runs `body`, all of it or nothing, and returns when its commit is on disk.
    func write<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let path = path
            let run: @Sendable (Database, Bool) -> Ran = { db, isAlone in
                let outcome: Swift.Result<Result, any Error>
                var hasFailed = false
                do {
                    outcome = .success(try isAlone ? body(db) : CommitQueue.savepoint(db, body))
                } catch {
                    outcome = .failure(StoreError.translating(error, path: path))
                    hasFailed = true
                }
                return Ran(hasFailed: hasFailed) { commitError in
                    if let commitError, case .success = outcome {
                        continuation.resume(throwing: commitError)
                    } else {
                        continuation.resume(with: outcome)
                    }
                }
            }
            let job = Job(run: run, refuse: { continuation.resume(throwing: $0) })
            if !enqueue(job) { job.refuse(StoreError.closed) }
        }
    }

    /// Takes no more writes.
    func close() {
        state.withLock { $0.isClosed = true }
    }

    private func enqueue(_ job: Job) -> Bool {
        let (isTaken, mustFlush) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.jobs.append(job)
            let mustFlush = !state.isFlushing
            state.isFlushing = true
            return (true, mustFlush)
        }
        if mustFlush { flush() }
        return isTaken
    }

    private func flush() {
        pool.asyncWriteWithoutTransaction { db in
            while let jobs = self.takeJobs() { self.commit(jobs, in: db) }
        }
    }

    private func takeJobs() -> [Job]? {
        state.withLock { state in
            guard !state.jobs.isEmpty else {
                state.isFlushing = false
                return nil
            }
            let taken = Array(state.jobs.prefix(CommitQueue.batch))
            state.jobs.removeFirst(taken.count)
            return taken
        }
    }

    private func commit(_ jobs: [Job], in db: Database) {
        var completions: [Completion] = []
        var failure: (any Error)?
        do {
            try db.inTransaction(.immediate) {
                let isAlone = jobs.count == 1
                for job in jobs {
                    let ran = job.run(db, isAlone)
                    completions.append(ran.completion)
                    // SQLite rolls the whole back by itself on a full disk or an I/O error (lang_transaction.html).
                    guard db.isInsideTransaction else {
                        throw StoreError.failed(reason: "the transaction was rolled back")
                    }
                    if isAlone, ran.hasFailed { return .rollback }
                }
                return .commit
            }
            // Before anybody is told that it is on disk.
            if !files.areInPlace { failure = StoreError.replaced(path: path) }
        } catch {
            failure = StoreError.translating(error, path: path)
        }
        for completion in completions { completion(failure) }
        for job in jobs.dropFirst(completions.count) { job.refuse(failure ?? StoreError.closed) }
        if let fatal = failure as? StoreError, fatal.isFatal { onFatal(fatal) }
    }

    private static func savepoint<Result>(_ db: Database, _ body: (Database) throws -> Result) throws -> Result {
        var result: Result?
        try db.inSavepoint {
            result = try body(db)
            return .commit
        }
        guard let result else { throw StoreError.failed(reason: "the transaction gave no result") }
        return result
    }
}
