import ConveneCore
import Dispatch
import Glibc
import Logging
import Synchronization
import ZonedTime

/// Takes notifications to the journal, and reads the journal to see that it holds them: the loop of `CourierRound`.
///
/// The courier has a thread of its own, since libsystemd wants one and a hanging journald must hold up nobody.
/// While nothing is under way the thread sleeps without a time limit; while something is, it looks at the journal
/// again after pauses that begin at a tenth of a millisecond (journald announces its changes half a second late).
final class JournalCourier: Sendable {
    /// Tells that the machine has news for the scheduler.
    let news: AsyncStream<Void>
    private let configuration: CourierRound.Configuration
    private let machine: SharedMachine
    private let door: SystemJournal
    private let clock: @Sendable () -> Instant
    private let newID: @Sendable () -> String
    private let logger: Logger
    private let isStopped = Mutex(false)
    private let bell = DispatchSemaphore(value: 0)
    private let tell: AsyncStream<Void>.Continuation

    init(
        _ configuration: CourierRound.Configuration, _ machine: SharedMachine, door: SystemJournal,
        clock: @escaping @Sendable () -> Instant, newID: @escaping @Sendable () -> String, logger: Logger
    ) {
        self.configuration = configuration
        self.machine = machine
        self.door = door
        self.clock = clock
        self.newID = newID
        self.logger = logger
        (news, tell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Begins: a fence first, and nothing else before it was seen.
    func start() {
        let queue = DispatchQueue(label: "convened.courier")
        queue.async { self.run() }
    }

    func stop() {
        isStopped.withLock { $0 = true }
        bell.signal()
        tell.finish()
    }

    /// There is something to send.
    func ring() { bell.signal() }

    private func run() {
        var round = CourierRound(
            configuration, machine, door: door, at: monotonicMicroseconds(), newID: newID, logger: logger)
        while true {
            wait(until: round.nextDeadline(at: monotonicMicroseconds()))
            if isStopped.withLock({ $0 }) { return }
            round.turn(at: monotonicMicroseconds(), clock: clock())
            if machine({ $0.hasNews }) { tell.yield() }
        }
    }

    private func wait(until deadline: Int64?) {
        guard let deadline else { return bell.wait() }
        let pause = deadline - monotonicMicroseconds()
        guard pause > 0 else { return }
        _ = bell.wait(timeout: .now() + .microseconds(Int(min(pause, 3_600_000_000))))
    }
}

/// Microseconds of a clock that never steps.
func monotonicMicroseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
}
