import ConveneCore
import ConveneStore
import LinuxTime
import Logging
import Synchronization
import Systemd
import ZonedTime

/// Says what is due: one turn of the loop for each wake-up.
///
/// Look, think, hand over, arm, wait. The loop waits for the store, never for the journal: what the journal was
/// seen to hold comes back as a wake-up.
final class ReminderScheduler: Sendable {
    private enum WakeUp: Sendable {
        case clock(ClockEvent)
        case courier(CourierEvent)
        case nudge
    }

    private struct Waiting {
        var isNudged = false
        /// Those who wait until nothing is owed any more.
        var settling: [CheckedContinuation<Instant?, any Error>] = []
        var isOver = false
        /// Seen in the journal, and not yet recorded.
        var seen: [SeenEntry] = []
        var cursor: String?
    }

    private let clock: any AlarmClock
    private let store: MeetingStore
    private let courier: JournalCourier
    private let composer: EntryComposer
    private let feed: ChangeFeed
    private let bootID: String
    private let reloadZones: @Sendable () -> Void
    private let zoneFingerprint: @Sendable () -> String
    private let logger: Logger
    private let wakeUps: AsyncStream<WakeUp>
    private let wake: AsyncStream<WakeUp>.Continuation
    private let waiting = Mutex(Waiting())
    private let zoneChanges: AsyncStream<Void>
    private let checkZones: AsyncStream<Void>.Continuation

    /// At most so many rows are looked at in one turn.
    private static let batch = 500
    /// Seconds until the store is asked again, where it could not answer.
    private static let retryPause: Int64 = 5

    init(
        clock: any AlarmClock, store: MeetingStore, courier: JournalCourier, composer: EntryComposer, feed: ChangeFeed,
        bootID: String, reloadZones: @escaping @Sendable () -> Void,
        zoneFingerprint: @escaping @Sendable () -> String, logger: Logger
    ) {
        self.clock = clock
        self.store = store
        self.courier = courier
        self.composer = composer
        self.feed = feed
        self.bootID = bootID
        self.reloadZones = reloadZones
        self.zoneFingerprint = zoneFingerprint
        self.logger = logger
        (wakeUps, wake) = AsyncStream.makeStream()
        (zoneChanges, checkZones) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The schedule was edited: look again.
    func nudge() {
        let isFirst = waiting.withLock { waiting in
            defer { waiting.isNudged = true }
            return !waiting.isNudged
        }
        if isFirst { wake.yield(.nudge) }
    }

    /// The zone data may be another: read it anew.
    func reloadZoneData() {
        wake.yield(.clock(.zoneDataChanged))
    }

    /// Ends the loop after its present turn.
    func stop() {
        wake.finish()
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

    func run() async {
        defer { release() }
        await withTaskGroup { group in
            group.addTask { [clock, wake] in
                for await event in clock.events { wake.yield(.clock(event)) }
            }
            group.addTask { [courier, wake] in
                for await event in courier.events { wake.yield(.courier(event)) }
            }
            group.addTask { [self] in
                for await _ in zoneChanges { await deriveIfNeeded() }
            }
            checkZones.yield()
            courier.start()
            await round(nil)
            for await wakeUp in wakeUps { await round(wakeUp) }
            checkZones.finish()
            group.cancelAll()
        }
    }

    // MARK: One turn

    /// Takes a wake-up in, then says what is due; where the store cannot (a full disk), tries again a little later.
    ///
    /// What the store cannot recover from it tells by its failures, and these end the daemon.
    private func round(_ wakeUp: WakeUp?) async {
        do {
            if let wakeUp { try await take(wakeUp) }
            try await recordSeen()
            try await turn()
        } catch {
            logger.error("What is due cannot be looked up or recorded now: \(error)")
            clock.arm(at: clock.now().advanced(bySeconds: ReminderScheduler.retryPause))
        }
    }

    /// Records what was seen; what cannot be recorded is kept for the next turn.
    private func recordSeen() async throws {
        let (entries, cursor) = waiting.withLock { ($0.seen, $0.cursor) }
        guard !entries.isEmpty || cursor != nil else { return }
        let count = try await store.recordDelivered(entries, upTo: cursor, boot: bootID, at: clock.now())
        waiting.withLock { waiting in
            waiting.seen.removeFirst(entries.count)
            waiting.cursor = nil
        }
        courier.recorded(entries)
        if count > 0 { feed.announce() }
    }

    private func take(_ wakeUp: WakeUp) async throws {
        switch wakeUp {
        case .nudge:
            waiting.withLock { $0.isNudged = false }
        case .clock(.zoneDataChanged):
            reloadZones()
            checkZones.yield()
        case .clock(.deadline), .clock(.clockChanged), .courier(.lookAgain):
            break
        case .courier(.started(let lost, let found)):
            try await store.oweAgain(lost, lookedUp: found, boot: bootID, at: clock.now())
            if !lost.isEmpty { logger.warning("The journal has lost \(lost.count) entries of its last minutes.") }
        case .courier(.seen(let entries, let cursor)):
            waiting.withLock { waiting in
                waiting.seen += entries
                waiting.cursor = cursor ?? waiting.cursor
            }
        }
    }

    private func turn() async throws {
        // Read once, so that one turn has one now.
        let now = clock.now()
        let room = courier.room
        var isIdle = courier.state.hasStarted && courier.countHeld == 0
        if room > 0 {
            let entries = try await outgoing(by: now, limit: min(room, ReminderScheduler.batch))
            courier.send(entries)
            isIdle = isIdle && entries.isEmpty
        }
        let next = try await store.nextDeadline(after: now)
        clock.arm(at: next)
        if isIdle { settle(next) }
    }

    private func outgoing(by now: Instant, limit: Int) async throws -> [OutgoingEntry] {
        let owed = try await store.owed(
            by: now, limit: limit, isUnderWay: { [courier] in courier.isHeld($0) }, countUnderWay: courier.countHeld)
        var entries: [OutgoingEntry] = []
        var stale: [Int] = []
        for reminder in owed.reminders {
            do {
                // A row that is no longer due then, or at all, was derived from other zone data.
                if let entry = try composer.entry(for: reminder, at: now) {
                    entries.append(entry)
                } else {
                    stale.append(reminder.meeting.number)
                }
            } catch {
                logger.error("\(reminder.meeting.number) \(reminder.meeting.summary) cannot be said: \(error)")
            }
        }
        if !stale.isEmpty { try await store.derive(stale, at: now) }
        for row in owed.outbox {
            let meeting = try await meeting(row.meeting)
            if let entry = try composer.entry(for: row, meeting: meeting, at: now) {
                entries.append(entry)
            } else {
                try await store.withdraw(row.identity)
            }
        }
        return entries
    }

    private func meeting(_ number: Int?) async throws -> Meeting? {
        guard let number else { return nil }
        return try await store.read { try $0.meeting(number) }
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

    // MARK: Zone data

    /// Derives all instants again where the zone data is another than the one they were derived from.
    ///
    /// It goes on beside the turns, a part at a time: nothing that is due waits for it.
    private func deriveIfNeeded() async {
        let fingerprint = zoneFingerprint()
        do {
            guard try await store.needsDerivation(from: fingerprint) else { return }
            var number = 0
            while let last = try await store.derive(behind: number, limit: 200, from: fingerprint, at: clock.now()) {
                number = last
                nudge()
            }
            if number > 0 { logger.info("Zone data \(fingerprint): the schedule's instants were derived again.") }
        } catch {
            logger.error("The schedule's instants cannot be derived again now: \(error)")
        }
    }
}
