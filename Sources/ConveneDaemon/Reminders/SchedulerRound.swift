import ConveneCore
package import ConveneStore
package import LinuxTime
package import Logging
package import ZonedTime

/// What the store's loop does when something has happened: carries out what the machine says, until it says nothing
/// more, and tells it what came of each.
package struct SchedulerRound: Sendable {
    private let machine: SharedMachine
    private let clock: any AlarmClock
    private let store: MeetingStore
    private let composer: EntryComposer
    private let zones: ZoneData
    private let bootID: String
    private let uptime: @Sendable () -> Int64
    private let logger: Logger

    /// The zone data as something that can be another after a while.
    package struct ZoneData: Sendable {
        package let reload: @Sendable () -> Void
        package let fingerprint: @Sendable () -> String

        package init(reload: @escaping @Sendable () -> Void, fingerprint: @escaping @Sendable () -> String) {
            self.reload = reload
            self.fingerprint = fingerprint
        }
    }

    /// What a round was good for.
    package struct Report: Sendable {
        /// How many notifications were newly recorded.
        package var countRecorded = 0
        /// Nothing is owed and nothing under way; something is due next at that instant.
        package var rest: Instant??
        /// Entries wait for the journal's loop.
        package var hasOutgoing = false
    }

    /// At most so many meetings are derived anew in one go.
    private static let derivationBatch = 200
    private let derivation = Derivation()

    package init(
        machine: SharedMachine, clock: any AlarmClock, store: MeetingStore, composer: EntryComposer, zones: ZoneData,
        bootID: String, uptime: @escaping @Sendable () -> Int64, logger: Logger
    ) {
        self.machine = machine
        self.clock = clock
        self.store = store
        self.composer = composer
        self.zones = zones
        self.bootID = bootID
        self.uptime = uptime
        self.logger = logger
    }

    /// One action, or `nil` where there is nothing to do until something happens.
    ///
    /// Where the store cannot (a full disk), it tries again a little later. What the store cannot recover from it
    /// tells by its failures, and these end the daemon.
    package func step() async -> Report? {
        // Read once, so that one action has one now.
        let now = clock.now()
        guard let action = machine({ $0.nextAction(at: now) }) else { return nil }
        do {
            return try await perform(action, at: now)
        } catch let error as CannotRecord {
            logger.error("What became of what is due cannot be recorded now: \(error.reason)")
            machine { $0.failed(.record([], cursor: nil), at: now) }
            return Report()
        } catch {
            logger.error("What is due cannot be looked up or recorded now: \(error)")
            machine { $0.failed(action, at: now) }
            return Report()
        }
    }

    private func perform(_ action: ReminderMachine.Action, at now: Instant) async throws -> Report {
        var report = Report()
        switch action {
        case .reloadZones:
            zones.reload()
            derivation.restart()
            machine { $0.reloadedZones() }
        case .shortenPauses:
            try await store.shortenPauses(at: now)
            machine { $0.shortenedPauses() }
        case .oweAgain(let lost):
            try await store.oweAgain(lost, boot: bootID, at: now)
            if !lost.isEmpty { logger.warning("The journal has lost \(lost.count) entries of its last minutes.") }
            machine { $0.owedAgain() }
        case .record(let entries, let cursor):
            report.countRecorded = try await store.recordDelivered(
                entries, upTo: cursor, in: BootMoment(boot: bootID, uptime: uptime()), at: now)
            machine { $0.recorded(entries, upTo: cursor) }
        case .lookUp(let limit, let late, let pastUnderWay):
            let found =
                limit > 0
                ? try await outgoing(by: now, limit: limit, late: late, pastUnderWay)
                : ReminderMachine.Found(next: try await store.nextDeadline(after: now))
            machine { $0.found(found, at: now) }
            report.hasOutgoing = !found.entries.isEmpty
        case .prepare(let due, let limit):
            let found = try await prepared(for: due, limit: limit)
            machine { $0.prepared(found, for: due) }
        case .send:
            report.hasOutgoing = true
        case .standAside(let limit):
            let hasMoved = try await store.standAside(by: now, limit: limit)
            machine { $0.stoodAside(hasMoved: hasMoved) }
        case .arm(let deadline):
            clock.arm(at: deadline)
        case .derive:
            try await derive(at: now)
        case .rest(let next):
            report.rest = .some(next)
        }
        return report
    }

    // MARK: What is owed

    private func outgoing(
        by now: Instant, limit: Int, late: Int, _ pastUnderWay: Bool
    ) async throws -> ReminderMachine.Found {
        let (held, count) = machine { ($0.held, $0.countHeld) }
        let owed = try await store.owed(
            by: now, limit: limit, late: late, pastUnderWay: pastUnderWay, isUnderWay: { held.contains($0) },
            countUnderWay: count)
        var (entries, stale, dropped) = composed(owed.reminders, at: now)
        // Where nothing can be recorded, what is to be dropped or derived waits for that, and holds up nobody.
        let (stales, drops) = pastUnderWay ? ([], []) : (stale, dropped)
        if !stales.isEmpty { try await recording { try await store.derive(stales, at: now) } }
        if !drops.isEmpty {
            try await recording { try await store.drop(drops) }
            logger.info(
                "\(drops.count == 1 ? "1 reminder was" : "\(drops.count) reminders were") late, and dropped as wished.")
        }
        var hasMoved = false
        for row in owed.outbox where row.kind == .digest {
            if composer.isSheetMoved(row) {
                hasMoved = true
            } else {
                entries.append(try await store.read { [composer] in try composer.sheet(row, $0, at: now) })
            }
        }
        let movesSheets = hasMoved && !pastUnderWay
        if movesSheets { try await recording { try await store.deriveSheets() } }
        for row in owed.outbox where row.kind != .digest {
            let meeting = try await meeting(row.uid)
            // It is asked for again: nobody needs to hear that it was not for a moment.
            let isToDecide = row.takesBackDecision ? try await isToDecide(row.uid) : false
            if !isToDecide, let entry = try composer.entry(for: row, meeting: meeting, at: now) {
                entries.append(entry)
            } else if !pastUnderWay {
                try await recording { try await store.withdraw(row.identity) }
            }
        }
        let combined = ComposedEntry.combined(entries, at: now, here: composer.here)
        var found = outgoing(combined, at: now)
        found.countLate = combined.count { $0.isLate(at: now) && !$0.isSheet }
        // Where nothing can be recorded and nothing said, looking again would find the same, again and again.
        let isStuck = pastUnderWay && combined.isEmpty
        found.isAll = isStuck || (stales.isEmpty && drops.isEmpty && !movesSheets && !owed.hasMore)
        found.hasMoreLate = owed.hasMoreLate && !isStuck
        found.next = owed.next
        return found
    }

    /// The entries of the reminders, without those that are to be derived anew, and those that are to be dropped.
    private func composed(
        _ reminders: [OwedReminder], at now: Instant
    ) -> (entries: [ComposedEntry], stale: [Int], dropped: [String]) {
        var entries: [ComposedEntry] = []
        var stale: [Int] = []
        var dropped: [String] = []
        for reminder in reminders {
            do {
                // A row that is no longer due then, or at all, was derived from other zone data.
                let entry = try composer.entry(for: reminder, at: now)
                if entry == nil {
                    stale.append(reminder.meeting.number)
                } else if reminder.isDropped(at: now) {
                    dropped.append(reminder.identity)
                } else if let entry {
                    entries.append(entry)
                }
            } catch {
                logger.error("\(reminder.meeting.number) \(reminder.meeting.summary) cannot be said: \(error)")
            }
        }
        return (entries, stale, dropped)
    }

    private func outgoing(_ entries: [ComposedEntry], at now: Instant) -> ReminderMachine.Found {
        ReminderMachine.Found(entries.map { $0.outgoing(from: composer.origin, at: now) })
    }

    /// The reminders that will be due then; what else will be due is looked up when it is.
    private func prepared(for due: Instant, limit: Int) async throws -> ReminderMachine.Found {
        let (held, count) = machine { ($0.held, $0.countHeld) }
        let coming = try await store.coming(
            at: due, limit: limit, isUnderWay: { held.contains($0) }, countUnderWay: count)
        let (entries, stale, dropped) = composed(coming.reminders, at: due)
        let combined = ComposedEntry.combined(entries, at: due, here: composer.here)
        var found = outgoing(combined, at: due)
        found.isAll = stale.isEmpty && dropped.isEmpty && !coming.hasMore
        found.next = coming.next
        return found
    }

    private func isToDecide(_ uid: String?) async throws -> Bool {
        guard let uid else { return false }
        return try await store.read { try $0.isToDecide(uid: uid) }
    }

    /// What a look-up writes on its way: where the disk is full, what is due is said all the same.
    private struct CannotRecord: Error {
        let reason: any Error
    }

    private func recording(_ body: () async throws -> Void) async throws {
        do { try await body() } catch { throw CannotRecord(reason: error) }
    }

    private func meeting(_ uid: String?) async throws -> Meeting? {
        guard let uid else { return nil }
        return try await store.read { try $0.meeting(uid: uid) }
    }

    // MARK: Zone data

    /// Derives a part of all instants again where the zone data is another than the one they were derived from.
    private func derive(at now: Instant) async throws {
        let fingerprint = zones.fingerprint()
        guard try await store.needsDerivation(from: fingerprint) else {
            machine { $0.derived(isComplete: true) }
            return
        }
        let last = try await store.derive(
            behind: derivation.last, limit: SchedulerRound.derivationBatch, from: fingerprint, at: now)
        if let last {
            derivation.advance(to: last)
        } else {
            if derivation.last > 0 {
                logger.info("Zone data \(fingerprint): the schedule's instants were derived again.")
            }
            derivation.restart()
        }
        machine { $0.derived(isComplete: last == nil) }
    }
}
