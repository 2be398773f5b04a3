internal import Dispatch
internal import Synchronization
public import Testing

/// Gives each test of a suite a thread of its own, a few of them at a time.
///
/// A test that talks to another process waits for it with its thread. The threads on which tests run otherwise are
/// as few as the processor's cores: two tests that wait there hold up all others, those too that would end their wait.
public struct OwnThread: SuiteTrait, TestTrait, TestScoping {
    public var isRecursive: Bool { true }

    @concurrent public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        await Seats.shared.take()
        defer { Seats.shared.leave() }
        try await withTaskExecutorPreference(SerialThread(), operation: function)
    }
}

extension Trait where Self == OwnThread {
    /// Each test on a thread of its own.
    public static var ownThread: OwnThread { OwnThread() }
}

/// Runs tasks one after the other on a thread that others' waiting does not hold up.
public final class SerialThread: TaskExecutor {
    // A serial queue always finds a thread, whatever others wait for.
    private let queue = DispatchQueue(label: "a test's own thread")

    public init() {}

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// So many tests at a time: each starts daemons and journals, and more would only keep each other waiting.
private final class Seats: Sendable {
    static let shared = Seats(count: 6)

    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(free: count))
    }

    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil as CheckedContinuation<Void, Never>?
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
