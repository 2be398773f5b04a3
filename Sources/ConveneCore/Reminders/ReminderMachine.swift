public import ZonedTime

/// Decides everything about reminders on their way: what is looked up, said, read back, recorded, and when to look
/// again.
///
/// It is told what happened and the time; it answers with what to do next, and is told what came of that. It has no
/// clock, no store and no journal. Two loops carry it out, neither of which waits for the other: one works with the
/// store (`nextAction`), the other with the journal (`nextJournalAction`).
///
/// Its promise: a notification is *held* from the moment it is taken out of the store until its record is on disk,
/// and nobody takes it a second time meanwhile. What is dropped on the way (refused, or absent from the journal) is
/// held no longer, and is looked up again.
public struct ReminderMachine: Sendable {
    /// What happened outside.
    public enum Event: Hashable, Sendable {
        /// The moment for which the timer was armed has come.
        case timeReached
        /// Somebody set the clock.
        case clockChanged
        /// The zone data, or the machine's zone, is another.
        case zoneDataChanged
        case scheduleEdited
    }

    /// What the store's loop has to do next; it reports back by the method named with each.
    public enum Action: Sendable {
        /// Read zone data anew. (`reloadedZones`)
        case reloadZones
        /// Let no news wait longer than its pause: a clock that was set back would have it wait for hours.
        /// (`shortenedPauses`)
        case shortenPauses
        /// Owe again what the journal has lost of an earlier boot, if anything. (`owedAgain`)
        case oweAgain(lost: [String])
        /// Record what was seen, and up to where the journal was read. (`recorded`)
        case record([SeenEntry], cursor: String?)
        /// Look up what is owed by now, at most so many, and of what is late at most so many; where nothing can be
        /// recorded, also what stands behind that in its series. (`found`)
        case lookUp(limit: Int, late: Int, pastUnderWay: Bool)
        /// Let series go on past what waits of them, at most so many, because too much is late. (`stoodAside`)
        case standAside(limit: Int)
        /// Compose what will be due then, at most so much, and change nothing. (`prepared`)
        case prepare(due: Instant, limit: Int)
        /// Wake the journal's loop: what was prepared is due.
        case send
        /// Arm the timer.
        case arm(Instant?)
        /// Derive a part of the schedule's instants from the present zone data. (`derived`)
        case derive
        /// Nothing is owed and nothing under way; something is due next at that instant.
        case rest(next: Instant?)
    }

    /// At most so many rows are looked at in one turn.
    public static let batch = 1_000
    /// After a long sleep not everything is said at once: at most so many late entries in so many seconds, half of what
    /// journald's default rate limit lets pass (`RateLimitBurst=10000`, `RateLimitIntervalSec=30s`).
    public static let lateLimit = 5_000
    public static let lateWindow: Int64 = 30
    /// Seconds until the store is asked again, where it could not answer.
    public static let retryPause: Int64 = 5

    var delivery: Delivery
    /// Taken out of the store, and not yet sent.
    var outgoing: [OutgoingEntry] = []
    /// The identities of what is outgoing, sent, or seen and not yet recorded.
    public internal(set) var held: Set<String> = []
    /// Seen in the journal, and not yet recorded; and up to where it was read.
    var seen: [SeenEntry] = []
    var cursor: String?
    /// Of what was asked about, what the journal has lost.
    var lookedUp: [String]?
    /// What to ask the journal about when the start is over.
    var toLookUp: [String]
    var lookUpAfter: Int64 = 0
    /// The journal refused, and was not yet tried again.
    var isClosed = false
    /// What is wrong with the journal, a sentence.
    public internal(set) var problem: String?

    var mustLook = true
    private var mustReload = false
    private var mustShorten = true
    private var mustDerive = true
    private var mustStandAside = false
    /// Both may take many turns: they take them in turn.
    private var isDerivationNext = true
    private var mustArm = false
    private var next: Instant?
    private var preparation = Preparation()
    /// When more of what is late may be said, where that has to wait.
    private var lateGoesOn: Instant?
    /// Until when nothing is asked of the store, and until when it is only not asked to record.
    private var pausedUntil: Instant?
    private var recordsPausedUntil: Instant?
    private var isResting = false
    /// When the present window of late entries began, and how many were taken in it.
    private var lateSince: Instant?
    private var countLate = 0
    private let lateLimit: Int

    /// - Parameters:
    ///   - lookUp: identities that an earlier boot may have lost.
    ///   - lateLimit: at most so many late entries are said in `lateWindow` seconds; at least 1.
    ///   - time: of a clock that never steps, in milliseconds.
    public init(lookingUp lookUp: [String] = [], lateLimit: Int = ReminderMachine.lateLimit, at time: Int64) {
        self.lateLimit = max(1, lateLimit)
        delivery = Delivery(isReadable: true, at: time)
        toLookUp = lookUp
    }

    /// Whether the store could not do what it was asked, and is asked again a little later.
    public var isPaused: Bool { pausedUntil != nil || recordsPausedUntil != nil }

    public var countHeld: Int { held.count }
    public var isReadable: Bool { delivery.isReadable }
    public var hasStarted: Bool { delivery.phase == .running && lookedUp == nil && toLookUp.isEmpty }

    /// What is waited for before the journal has shown what it took.
    public static let notYetSeen = "sent, and not yet seen in the journal"
    /// What is waited for before anything is sent.
    public static let notYetRead = "the journal is being read up to the present"

    /// What is waited for where the store takes no record.
    public static let notYetRecorded = "said, and not yet recorded: the database cannot be written"

    /// What keeps the schedule waiting where it is the journal, or the record of what it holds, a sentence.
    public var waitsForJournal: String? {
        if recordsPausedUntil != nil, !seen.isEmpty { return ReminderMachine.notYetRecorded }
        guard delivery.isBusy || isClosed || !hasStarted || !outgoing.isEmpty else { return nil }
        return problem ?? (hasStarted ? ReminderMachine.notYetSeen : ReminderMachine.notYetRead)
    }

    public func isHeld(_ identity: String) -> Bool { held.contains(identity) }

    // MARK: Told by the world

    public mutating func take(_ event: Event) {
        if event == .zoneDataChanged { mustReload = true }
        if event == .clockChanged { mustShorten = true }
        pausedUntil = nil
        recordsPausedUntil = nil
        let prepared = preparation
        lookAgain()
        // That its time has come changes nothing of what was prepared for it.
        if event == .timeReached { preparation = prepared }
    }

    /// What is owed may be other than it was.
    mutating func lookAgain() {
        mustLook = true
        isResting = false
        preparation.forget()
    }

    // MARK: The store's loop

    /// How many more may be on their way.
    private var room: Int {
        hasStarted && !isClosed ? max(0, min(Delivery.capacity - held.count, ReminderMachine.batch)) : 0
    }

    /// Something was seen that is not on disk, and it is time to write it.
    var hasToRecord: Bool { recordsPausedUntil == nil && (!seen.isEmpty || cursor != nil) }

    /// Whether the store's loop is held up.
    var isHeldUp: Bool { pausedUntil != nil }

    /// How many late ones may be taken yet. A window that lies in the future of a clock that was set back is over.
    private func lateRoom(at now: Instant) -> Int {
        guard let lateSince, now >= lateSince, now < lateSince.advanced(bySeconds: ReminderMachine.lateWindow) else {
            return lateLimit
        }
        return max(0, lateLimit - countLate)
    }

    /// Whether what is late has to wait, because as much was said already as is said at once.
    public func isPacing(at now: Instant) -> Bool { lateRoom(at: now) == 0 }

    private mutating func countLate(_ count: Int, at now: Instant) {
        guard count > 0 else { return }
        if lateRoom(at: now) == lateLimit { (lateSince, countLate) = (now, 0) }
        countLate += count
    }

    /// What to do next, or `nil` to wait for something to happen.
    public mutating func nextAction(at now: Instant) -> Action? {
        if sendsPrepared(at: now) { return .send }
        if mustArm {
            mustArm = false
            let wakeUp = next.map { Preparation.wakeUp(for: $0, at: now) }
            return .arm(pausedUntil ?? [recordsPausedUntil, lateGoesOn, wakeUp].compactMap { $0 }.min())
        }
        if let pausedUntil {
            guard pausedUntil <= now else { return nil }
            self.pausedUntil = nil
        }
        if let recordsPausedUntil, recordsPausedUntil <= now { self.recordsPausedUntil = nil }
        if mustReload { return .reloadZones }
        if mustShorten { return .shortenPauses }
        if let lookedUp { return .oweAgain(lost: lookedUp) }
        // What was seen is recorded before anything is looked up: what is recorded is not owed.
        if hasToRecord { return .record(seen, cursor: cursor) }
        if mustLook {
            mustLook = false
            return .lookUp(
                limit: room, late: min(room, lateRoom(at: now)), pastUnderWay: recordsPausedUntil != nil)
        }
        let canStandAside = mustStandAside && recordsPausedUntil == nil
        if mustDerive, isDerivationNext || !canStandAside {
            isDerivationNext = false
            return .derive
        }
        if canStandAside {
            isDerivationNext = true
            return .standAside(limit: ReminderMachine.batch)
        }
        if let next, recordsPausedUntil == nil, room > 0, preparation.asks(for: next, at: now) {
            return .prepare(due: next, limit: room)
        }
        // Nothing is looked up while the journal refuses: what is owed then is not known.
        guard hasStarted, !isClosed, held.isEmpty, !isResting else { return nil }
        isResting = true
        return .rest(next: [next, lateGoesOn].compactMap { $0 }.min())
    }

    public mutating func reloadedZones() {
        mustReload = false
        mustDerive = true
        lookAgain()
    }

    public mutating func shortenedPauses() { mustShorten = false }

    public mutating func owedAgain() {
        lookedUp = nil
        lookAgain()
    }

    /// What the last `.record` named is on disk.
    public mutating func recorded(_ entries: [SeenEntry], upTo recordedCursor: String?) {
        for entry in entries { held.subtract(entry.identities) }
        seen.removeFirst(min(entries.count, seen.count))
        if cursor == recordedCursor { cursor = nil }
        lookAgain()
    }

    /// What a look-up has found.
    public struct Found: Sendable {
        /// What is owed, without what is held.
        public var entries: [OutgoingEntry]
        /// So many of them are late.
        public var countLate = 0
        /// Nothing is left to be looked up by now, but perhaps what is late.
        public var isAll = true
        /// More is late than was asked for.
        public var hasMoreLate = false
        /// When something is due after now.
        public var next: Instant?

        public init(_ entries: [OutgoingEntry] = [], next: Instant? = nil) {
            self.entries = entries
            self.next = next
        }
    }

    public mutating func found(_ found: Found, at now: Instant) {
        let entries = found.entries
        countLate(found.countLate, at: now)
        hold(entries)
        next = found.next
        mustArm = true
        if !found.isAll { lookAgain() }
        mustStandAside = false
        lateGoesOn = nil
        guard found.hasMoreLate else { return }
        if lateRoom(at: now) > 0 {
            lookAgain()
        } else if let lateSince {
            mustStandAside = true
            lateGoesOn = lateSince.advanced(bySeconds: ReminderMachine.lateWindow)
        }
    }

    private mutating func hold(_ entries: [OutgoingEntry]) {
        for entry in entries where !entry.identities.contains(where: { held.contains($0) }) {
            held.formUnion(entry.identities)
            outgoing.append(entry)
        }
        if !entries.isEmpty { isResting = false }
    }

    /// What the last `.prepare` asked for: as a look-up will find it when it is due, if nothing happens before.
    public mutating func prepared(_ found: Found, for due: Instant) {
        preparation.take(found, for: due)
    }

    /// Takes what was prepared where it is due now, in the place of a look-up, if that would find the same and no more.
    private mutating func sendsPrepared(at now: Instant) -> Bool {
        guard let found = preparation.found(at: now), recordsPausedUntil == nil, !found.entries.isEmpty,
            found.entries.count <= room
        else { return false }
        hold(found.entries)
        guard found.isAll, lateGoesOn == nil else { return true }
        mustLook = false
        next = found.next
        mustArm = true
        return true
    }

    /// - Parameter hasMoved: whether some went on; others may wait yet, and what comes now may be due.
    public mutating func stoodAside(hasMoved: Bool) {
        mustStandAside = hasMoved
        if hasMoved { lookAgain() }
    }

    /// A part was derived; `isComplete` where there is nothing left to derive.
    public mutating func derived(isComplete: Bool) {
        if isComplete { mustDerive = false }
        // Also what came last, and first where there is no meeting: the day's sheet.
        lookAgain()
    }

    /// The store could not do what it was asked: it is asked again a little later.
    ///
    /// On a full disk nothing can be recorded, but what is due can be looked up and said all the same: it stays held
    /// until its record is on disk, and a crash meanwhile finds it in the journal.
    public mutating func failed(_ action: Action, at now: Instant) {
        let again = now.advanced(bySeconds: ReminderMachine.retryPause)
        switch action {
        // It is looked up when it is due.
        case .prepare: return
        case .record, .standAside: recordsPausedUntil = again
        default: pausedUntil = again
        }
        mustArm = true
        lookAgain()
    }
}
