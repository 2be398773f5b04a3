import ConveneCore
import ConveneStore
import Dispatch
import Glibc
import Logging
import Synchronization
import Systemd
import ZonedTime

/// Takes notifications to the journal, and reads the journal to see that it holds them.
///
/// The courier has a thread of its own, since libsystemd wants one and a hanging journald must hold up nobody.
/// While nothing is under way the thread sleeps without a time limit; while something is, it looks at the journal
/// again after pauses that begin at a tenth of a millisecond (journald announces its changes half a second late).
final class JournalCourier: Sendable {
    /// What the thread and its callers share.
    private struct Mailbox {
        var outgoing: [OutgoingEntry] = []
        /// In the mailbox, under way, or seen and not yet recorded: taken by nobody a second time.
        var held: Set<String> = []
        var isStopped = false
        var state = CourierState()
    }

    /// Where to send, where to read, and as whom.
    struct Configuration: Sendable {
        var socketPath = JournalWriter.systemSocketPath
        /// `nil` stands for the machine's own journal.
        var directory: String?
        var origin: EntryOrigin
        /// Every uid under which the daemon has run on this database.
        var ownUIDs: [Int]
        /// Up to where the journal was read.
        var cursor: String?
        /// Identities that may have been lost with an earlier boot.
        var lookUp: [String] = []
    }

    let events: AsyncStream<CourierEvent>
    private let configuration: Configuration
    private let clock: @Sendable () -> Instant
    private let newID: @Sendable () -> String
    private let logger: Logger
    private let mailbox = Mutex(Mailbox())
    private let bell = DispatchSemaphore(value: 0)
    private let tell: AsyncStream<CourierEvent>.Continuation

    init(
        _ configuration: Configuration, clock: @escaping @Sendable () -> Instant,
        newID: @escaping @Sendable () -> String, logger: Logger
    ) {
        self.configuration = configuration
        self.clock = clock
        self.newID = newID
        self.logger = logger
        (events, tell) = AsyncStream.makeStream()
    }

    /// Begins: a fence first, and nothing else before it was seen.
    func start() {
        let queue = DispatchQueue(label: "convened.courier")
        queue.async { self.run() }
    }

    func stop() {
        mailbox.withLock { $0.isStopped = true }
        bell.signal()
        tell.finish()
    }

    var state: CourierState { mailbox.withLock { $0.state } }

    /// Whether a notification is on its way already.
    func isHeld(_ identity: String) -> Bool { mailbox.withLock { $0.held.contains(identity) } }

    var countHeld: Int { mailbox.withLock { $0.held.count } }

    /// How many more may be given to the courier now.
    var room: Int {
        mailbox.withLock { $0.state.hasStarted ? max(0, Delivery.capacity - $0.held.count) : 0 }
    }

    /// Takes what is not on its way already.
    func send(_ entries: [OutgoingEntry]) {
        let isNew = mailbox.withLock { mailbox in
            let new = entries.filter { mailbox.held.insert($0.identity).inserted }
            mailbox.outgoing += new
            return !new.isEmpty
        }
        if isNew { bell.signal() }
    }

    /// What was seen is recorded now, and may be forgotten.
    func recorded(_ entries: [SeenEntry]) {
        mailbox.withLock { mailbox in
            for entry in entries { mailbox.held.subtract(entry.identities) }
        }
    }

    // MARK: The thread

    private func run() {
        var round = CourierRound(configuration, newID: newID, logger: logger)
        while true {
            let deadline = round.nextDeadline(at: monotonicMicroseconds())
            wait(until: deadline)
            let (outgoing, isStopped) = mailbox.withLock { mailbox in
                defer { mailbox.outgoing = [] }
                return (mailbox.outgoing, mailbox.isStopped)
            }
            if isStopped { return }
            let report = round.turn(sending: outgoing, at: monotonicMicroseconds(), clock: clock())
            publish(report, round.state)
        }
    }

    private func wait(until deadline: Int64?) {
        guard let deadline else { return bell.wait() }
        let pause = deadline - monotonicMicroseconds()
        guard pause > 0 else { return }
        _ = bell.wait(timeout: .now() + .microseconds(Int(min(pause, 3_600_000_000))))
    }

    private func publish(_ report: CourierRound.Report, _ state: CourierState) {
        mailbox.withLock { mailbox in
            mailbox.held.subtract(report.dropped)
            mailbox.state = state
            mailbox.state.countUnderWay = mailbox.held.count
        }
        if !report.seen.isEmpty || report.cursor != nil { tell.yield(.seen(report.seen, cursor: report.cursor)) }
        if let started = report.started { tell.yield(.started(lost: started.lost, found: started.found)) }
        if !report.dropped.isEmpty || report.reopened { tell.yield(.lookAgain) }
    }
}

/// Microseconds of a clock that never steps.
func monotonicMicroseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
}
