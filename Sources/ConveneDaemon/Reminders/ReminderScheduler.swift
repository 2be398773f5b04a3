import ConveneCore
import ConveneStore
import LinuxTime
import Logging
import Synchronization
import ZonedTime

/// Says what is due: the loop of `SchedulerRound`.
///
/// Clock, courier and people's edits tell the machine what happened; who brings news does what the machine then says,
/// unless another is at it, who looks once more. It waits for the store, never for the journal.
final class ReminderScheduler: Sendable {
    private struct Waiting {
        /// Those who wait until nothing is owed any more.
        var settling: [CheckedContinuation<Instant?, any Error>] = []
        var isOver = false
        var isStopped = false
        /// Somebody does what the machine says, and is to look once more before that ends.
        var isWorking = false
        var mustLookAgain = false
        /// How many notifications were recorded since the start.
        var countRecorded = 0
    }

    private let machine: SharedMachine
    private let round: SchedulerRound
    private let clock: any AlarmClock
    private let courier: JournalCourier
    private let feed: ChangeFeed
    private let bell: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation
    private let waiting = Mutex(Waiting())

    init(
        _ round: SchedulerRound, machine: SharedMachine, clock: any AlarmClock, courier: JournalCourier,
        feed: ChangeFeed
    ) {
        self.round = round
        self.machine = machine
        self.clock = clock
        self.courier = courier
        self.feed = feed
        (bell, ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The schedule was edited: look again.
    func nudge() { take(.scheduleEdited) }

    /// The zone data may be another: read it anew.
    func reloadZoneData() { take(.zoneDataChanged) }

    private func take(_ event: ReminderMachine.Event) {
        machine { $0.take(event) }
        ring.yield()
    }

    /// Ends the loop after its present step, however much is left to do.
    func stop() {
        waiting.withLock { $0.isStopped = true }
        ring.finish()
        clock.stop()
        courier.stop()
    }

    /// Waits until nothing is owed and nothing under way.
    ///
    /// - Returns: when something is due next.
    func settled() async throws -> Instant? {
        try await withCheckedThrowingContinuation { continuation in
            let isOver = waiting.withLock { waiting in
                if !waiting.isOver { waiting.settling.append(continuation) }
                return waiting.isOver
            }
            if isOver { continuation.resume(throwing: StoreError.closed) } else { nudge() }
        }
    }

    /// How much came through, and whether it is the journal that is waited for.
    func lookAtJournal() -> JournalPatience.Look {
        let countRecorded = waiting.withLock { $0.countRecorded }
        return JournalPatience.Look(countRecorded: countRecorded, waitsFor: machine { $0.waitsForJournal })
    }

    /// Tells those who wait until nothing is owed that they wait in vain.
    func endWaiting(_ error: any Error) {
        let left = waiting.withLock { waiting in
            defer { waiting.settling = [] }
            return waiting.settling
        }
        for continuation in left { continuation.resume(throwing: error) }
    }

    func run() async {
        defer { release() }
        await withTaskGroup { group in
            // What is due is worked on where it is heard of: to wake another task for it costs as much as to look it up.
            group.addTask { [self] in
                for await event in clock.events {
                    machine { $0.take(ReminderMachine.Event(event)) }
                    await work()
                }
            }
            group.addTask { [self] in
                for await _ in courier.news { await work() }
            }
            courier.start()
            ring.yield()
            for await _ in bell { await work() }
            group.cancelAll()
        }
    }

    private func work() async {
        guard beginsWork() else { return }
        repeat {
            while !waiting.withLock(\.isStopped), let report = await round.step() {
                if report.countRecorded > 0 {
                    waiting.withLock { $0.countRecorded += report.countRecorded }
                    feed.announce()
                }
                if report.hasOutgoing { courier.ring() }
                if let next = report.rest { settle(next) }
            }
        } while !endsWork()
    }

    private func beginsWork() -> Bool {
        waiting.withLock { waiting in
            waiting.mustLookAgain = waiting.isWorking
            defer { waiting.isWorking = true }
            return !waiting.isWorking
        }
    }

    /// Whether nobody brought news since the machine had nothing more to say.
    private func endsWork() -> Bool {
        waiting.withLock { waiting in
            defer { waiting.mustLookAgain = false }
            waiting.isWorking = waiting.mustLookAgain && !waiting.isStopped
            return !waiting.isWorking
        }
    }

    private func settle(_ next: Instant?) {
        let settled = waiting.withLock { waiting in
            defer { waiting.settling = [] }
            return waiting.settling
        }
        for continuation in settled { continuation.resume(returning: next) }
    }

    /// Lets nobody wait any more until nothing is owed: the daemon is about to end.
    func release() {
        let left = waiting.withLock { waiting in
            defer { waiting.settling = [] }
            waiting.isOver = true
            return waiting.settling
        }
        for continuation in left { continuation.resume(throwing: StoreError.closed) }
    }
}

extension ReminderMachine.Event {
    init(_ event: ClockEvent) {
        switch event {
        case .deadline: self = .timeReached
        case .clockChanged: self = .clockChanged
        case .zoneDataChanged: self = .zoneDataChanged
        }
    }
}
