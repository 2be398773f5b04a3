package import ConveneCore
package import Logging
package import ZonedTime

/// What the journal's loop does in one turn: sends and reads what the machine says, and tells it what came of it.
package struct CourierRound {
    /// As whom, and from where on.
    package struct Configuration: Sendable {
        package var origin: EntryOrigin
        /// Every uid under which the daemon has run on this database.
        package var ownUIDs: [Int]
        /// Up to where the journal was read.
        package var cursor: String?

        package init(origin: EntryOrigin, ownUIDs: [Int], cursor: String?) {
            self.origin = origin
            self.ownUIDs = ownUIDs
            self.cursor = cursor
        }
    }

    private let configuration: Configuration
    private let machine: SharedMachine
    private let door: any JournalDoor
    private let newID: () -> String
    private let logger: Logger
    private var reader: (any EntryReader)?
    /// Up to where the journal was read, also by earlier processes.
    private var cursor: String?
    private let startedAt: Int64
    private var lastActivity: Int64
    private var isWarned = false

    /// Microseconds for which a journal that cannot be read is given time to become readable.
    private static let patience: Int64 = 3_000_000
    /// At most so many entries are read in one turn.
    private static let batch = 512

    /// - Parameter now: microseconds of a clock that never steps.
    package init(
        _ configuration: Configuration, _ machine: SharedMachine, door: any JournalDoor, at now: Int64,
        newID: @escaping () -> String, logger: Logger
    ) {
        self.configuration = configuration
        self.machine = machine
        self.door = door
        self.newID = newID
        self.logger = logger
        cursor = configuration.cursor
        startedAt = now
        lastActivity = now
    }

    /// When to take the next turn, if nobody rings before; microseconds.
    package func nextDeadline(at now: Int64) -> Int64? {
        let (deadline, mustRead) = machine { ($0.journalDeadline.map { $0 * 1_000 }, $0.mustRead) }
        guard mustRead else { return deadline }
        // The longer nothing has come, the longer the pause: a tenth of the time waited so far.
        let pause = min(max((now - lastActivity) / 10, 100), 250_000)
        return min(deadline ?? .max, now + pause)
    }

    package mutating func turn(at now: Int64, clock: Instant) {
        while let action = machine({ $0.nextJournalAction(at: now / 1_000) }) {
            switch action {
            case .send(let entry): send(entry, at: now)
            case .sendFence: sendFence(at: now, clock: clock)
            case .lookUp(let identities): lookUp(identities, at: now)
            }
        }
        if machine({ $0.mustRead }) { read(at: now) }
    }

    // MARK: Sending

    private mutating func send(_ entry: OutgoingEntry, at now: Int64) {
        lastActivity = now
        switch deliver(entry) {
        case .sent:
            isWarned = false
            machine { $0.sent(entry, at: now / 1_000) }
        case .refused(let reason, _): refuse(entry, reason, at: now)
        }
    }

    private mutating func sendFence(at now: Int64, clock: Instant) {
        let id = newID()
        switch deliver(configuration.origin.fence(id, at: clock)) {
        case .sent: machine { $0.sentFence(id, at: now / 1_000) }
        case .refused(let reason, _): refuse(nil, reason, at: now)
        }
    }

    /// Where the journal's queue is full, a burst waits for it a moment rather than to be taken back.
    private func deliver(_ entry: OutgoingEntry) -> JournalSendOutcome {
        let outcome = door.send(entry)
        guard case .refused(_, isFull: true) = outcome, door.waitForRoom() else { return outcome }
        return door.send(entry)
    }

    private mutating func refuse(_ entry: OutgoingEntry?, _ reason: String, at now: Int64) {
        machine {
            $0.refused(
                entry, because: "journald does not take entries (\(reason)); what is due waits", at: now / 1_000)
        }
        if !isWarned { logger.warning("The journal does not take entries: \(reason). What is due waits.") }
        isWarned = true
    }

    // MARK: Reading

    private mutating func read(at now: Int64) {
        do {
            guard let reader = try openReader(at: now) else { return }
            try reader.lookAtFiles()
            var count = 0
            while count < CourierRound.batch, try reader.next() {
                count += 1
                guard let entry = SeenEntry(try reader.fields()) else { continue }
                let absent = machine { $0.saw(entry, at: now / 1_000) }
                if absent > 0 {
                    logger.warning("\(absent) entries did not arrive in the journal; they are sent again.")
                }
            }
            guard count > 0 else { return }
            let cursor = try reader.currentCursor()
            self.cursor = cursor
            machine { $0.read(upTo: cursor) }
            lastActivity = now
        } catch {
            logger.warning("The journal cannot be read: \(error)")
            machine { $0.cannotRead(because: "the journal cannot be read (\(error))") }
            self.reader = nil
        }
    }

    /// The reader, at the place from which the journal has to be read; `nil` while there is nothing to read.
    private mutating func openReader(at now: Int64) throws -> (any EntryReader)? {
        if let reader { return reader }
        switch door.access {
        case .readable:
            let reader = try door.openReader()
            try reader.setMatches(ownEntries)
            let isBehindCursor = try cursor.map { try reader.seek(past: $0) } ?? false
            // Where the cursor's entry is gone, reading begins at the oldest own entry.
            if !isBehindCursor { try reader.seekHead() }
            self.reader = reader
            return reader
        case .denied where now - startedAt > CourierRound.patience:
            giveUpReading(at: now)
            return nil
        case .missing(let place) where now - startedAt > CourierRound.patience && !isWarned:
            machine { $0.cannotRead(because: "there is no journal in \(place); what is due waits") }
            return nil
        case .denied, .empty, .missing:
            return nil
        }
    }

    private var ownEntries: [(field: String, value: String)] {
        [(EntryField.database, configuration.origin.databaseID)] + configuration.ownUIDs.map { ("_UID", "\($0)") }
    }

    private mutating func giveUpReading(at now: Int64) {
        machine {
            $0.giveUpReading(
                because: "no right to read the journal back: a successful send counts as delivered", at: now / 1_000)
        }
        logger.error(
            "No right to read the journal: add the daemon's user to the group systemd-journal. Until then a successful send counts as delivered."
        )
    }

    /// Asks for each entry that an earlier boot may have lost whether the journal has it.
    private mutating func lookUp(_ identities: [String], at now: Int64) {
        do {
            var lost: [String] = []
            let reader = try door.openReader()
            for identity in identities {
                try reader.setMatches(ownEntries + [(EntryField.identity, identity)])
                try reader.seekHead()
                if try !reader.next() { lost.append(identity) }
            }
            machine { $0.lookedUp(lost: lost) }
        } catch {
            logger.warning("The journal cannot be asked for what an earlier boot may have lost: \(error)")
            machine {
                $0.lookUpFailed(because: "the journal cannot be read (\(error))", at: now / 1_000)
            }
        }
    }
}
