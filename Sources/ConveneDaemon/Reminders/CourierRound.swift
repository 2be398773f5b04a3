import ConveneCore
import ConveneStore
import Logging
import Systemd
import ZonedTime

/// What the courier's thread does in one turn: send, read, and ask the delivery machine what it means.
struct CourierRound {
    struct Report {
        var seen: [SeenEntry] = []
        var cursor: String?
        var started: (lost: [String], found: [String])?
        /// Refused, or absent from the journal: owed again.
        var dropped: [String] = []
        /// The journal takes entries again.
        var reopened = false
    }

    private(set) var state = CourierState()
    private let configuration: JournalCourier.Configuration
    private let newID: () -> String
    private let logger: Logger
    private let writer: JournalWriter
    private var reader: JournalReader?
    private var delivery: Delivery
    private var sentEntries: [String: JournalEntry] = [:]
    private let startedAt: Int64
    private var lastActivity: Int64
    private var wasRefused = false
    private var entriesSinceCursor = 0

    /// Microseconds for which a journal that cannot be read is given time to become readable.
    private static let patience: Int64 = 3_000_000

    init(_ configuration: JournalCourier.Configuration, newID: @escaping () -> String, logger: Logger) {
        self.configuration = configuration
        self.newID = newID
        self.logger = logger
        writer = JournalWriter(socketPath: configuration.socketPath)
        startedAt = monotonicMicroseconds()
        lastActivity = startedAt
        delivery = Delivery(isReadable: true, at: startedAt / 1_000)
    }

    /// When to take the next turn, if nobody rings before; microseconds.
    func nextDeadline(at now: Int64) -> Int64? {
        let machine = delivery.nextDeadline(isWaiting: wasRefused).map { $0 * 1_000 }
        guard delivery.isBusy, state.isReadable else { return machine }
        // The longer nothing has come, the longer the pause: a tenth of the time waited so far.
        let pause = min(max((now - lastActivity) / 10, 100), 250_000)
        return min(machine ?? .max, now + pause)
    }

    mutating func turn(sending outgoing: [OutgoingEntry], at now: Int64, clock: Instant) -> Report {
        var report = Report()
        if !outgoing.isEmpty { lastActivity = now }
        if wasRefused, delivery.isOpen(at: now / 1_000) {
            wasRefused = false
            report.reopened = true
        }
        send(outgoing, at: now, &report)
        sendFenceIfNeeded(at: now, clock: clock)
        if delivery.isBusy { read(at: now, &report) }
        state.hasStarted = delivery.phase == .running
        return report
    }

    // MARK: Sending

    private mutating func send(_ outgoing: [OutgoingEntry], at now: Int64, _ report: inout Report) {
        for (index, item) in outgoing.enumerated() {
            guard delivery.accepts(item.identity, at: now / 1_000) else {
                report.dropped.append(item.identity)
                continue
            }
            switch writer.send(item.entry) {
            case .sent:
                if delivery.sent(item.identity, at: now / 1_000) {
                    // Nothing can be read back: the sending is all that can be known.
                    if let seen = SeenEntry(item.entry.fields.map { ($0.name, $0.value) }) { report.seen.append(seen) }
                }
            case .refused(let refusal):
                refuse(refusal, at: now)
                report.dropped += outgoing[index...].map(\.identity)
                return
            }
        }
    }

    private mutating func sendFenceIfNeeded(at now: Int64, clock: Instant) {
        guard delivery.needsFence(at: now / 1_000) else { return }
        let id = newID()
        guard let fence = try? configuration.origin.fence(id, at: clock) else { return }
        switch writer.send(fence.entry) {
        case .sent: delivery.sentFence(id, at: now / 1_000)
        case .refused(let refusal): refuse(refusal, at: now)
        }
    }

    private mutating func refuse(_ refusal: JournalRefusal, at now: Int64) {
        delivery.refused(at: now / 1_000)
        if !wasRefused { logger.warning("The journal does not take entries: \(refusal). What is due waits.") }
        wasRefused = true
        state.problem = "journald does not take entries (\(refusal)); what is due waits"
    }

    // MARK: Reading

    private mutating func read(at now: Int64, _ report: inout Report) {
        do {
            guard let reader = try openReader(at: now) else { return }
            try reader.process()
            var count = 0
            while count < 512, try reader.next() {
                count += 1
                try takeNote(of: reader, at: now, &report)
            }
            if count > 0 {
                report.cursor = try reader.cursor
                lastActivity = now
                state.problem = nil
            }
        } catch {
            logger.warning("The journal cannot be read: \(error)")
            state.problem = "the journal cannot be read (\(error))"
            self.reader = nil
        }
    }

    private mutating func takeNote(of reader: JournalReader, at now: Int64, _ report: inout Report) throws {
        guard let entry = SeenEntry(try reader.fields()) else { return }
        let fence = entry.kind == .fence ? entry.identities.first : nil
        if fence == nil { report.seen.append(entry) }
        let sighting = delivery.saw(
            identities: fence == nil ? entry.identities : [], fence: fence, at: now / 1_000)
        if !sighting.absent.isEmpty {
            logger.warning("\(sighting.absent.count) entries did not arrive in the journal; they are sent again.")
            report.dropped += sighting.absent
        }
        if sighting.hasStarted { report.started = try lookUp() }
    }

    /// The reader, at the place from which the journal has to be read; `nil` while there is nothing to read.
    private mutating func openReader(at now: Int64) throws -> JournalReader? {
        if let reader { return reader }
        switch JournalAccess.check(directory: configuration.directory) {
        case .readable:
            let reader = try JournalReader(directory: configuration.directory)
            try reader.setMatches(ownEntries)
            let isBehindCursor = try configuration.cursor.map { try reader.seek(past: $0) } ?? false
            // Where the cursor's entry is gone, reading begins at the oldest own entry.
            if !isBehindCursor { try reader.seek(.head) }
            self.reader = reader
            return reader
        case .denied where now - startedAt > CourierRound.patience:
            giveUpReading(at: now)
            return nil
        case .missing where now - startedAt > CourierRound.patience && !wasRefused:
            state.problem = "there is no journal in \(configuration.directory ?? "/var/log/journal"); what is due waits"
            return nil
        case .denied, .empty, .missing:
            return nil
        }
    }

    private var ownEntries: [JournalMatch] {
        [JournalMatch(EntryField.database, configuration.origin.databaseID)]
            + configuration.ownUIDs.map { JournalMatch("_UID", "\($0)") }
    }

    private mutating func giveUpReading(at now: Int64) {
        state.isReadable = false
        state.problem = "no right to read the journal back: a successful send counts as delivered"
        logger.error(
            "No right to read the journal: add the daemon's user to the group systemd-journal. Until then a successful send counts as delivered."
        )
        delivery = Delivery(isReadable: false, at: now / 1_000)
    }

    /// Asks for each entry that an earlier boot may have lost whether the journal has it.
    private func lookUp() throws -> (lost: [String], found: [String]) {
        var lost: [String] = []
        var found: [String] = []
        guard !configuration.lookUp.isEmpty else { return (lost, found) }
        let reader = try JournalReader(directory: configuration.directory)
        for identity in configuration.lookUp {
            try reader.setMatches(ownEntries + [JournalMatch(EntryField.identity, identity)])
            try reader.seek(.head)
            if try reader.next() { found.append(identity) } else { lost.append(identity) }
        }
        return (lost, found)
    }
}
