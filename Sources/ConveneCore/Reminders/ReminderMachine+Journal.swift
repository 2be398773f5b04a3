// The side of the machine that the journal's loop works with. Times are milliseconds of a clock that never steps.
extension ReminderMachine {
    /// What the journal's loop has to do next; it reports back by the method named with each.
    public enum JournalAction: Sendable {
        /// Send an entry. (`sent`, `refused`)
        case send(OutgoingEntry)
        /// Send a fence with a fresh id. (`sentFence`, `refused`)
        case sendFence
        /// Ask the journal for each of these. (`lookedUp`)
        case lookUp([String])
    }

    /// What to send or to ask for next, or `nil` where only reading is left.
    public mutating func nextJournalAction(at time: Int64) -> JournalAction? {
        if isClosed, delivery.isOpen(at: time) {
            isClosed = false
            lookAgain()
        }
        if delivery.needsFence(at: time) { return .sendFence }
        if delivery.phase == .running, !toLookUp.isEmpty, lookUpAfter <= time { return .lookUp(toLookUp) }
        while let entry = outgoing.first {
            outgoing.removeFirst()
            if delivery.accepts(entry.identities, at: time) { return .send(entry) }
            drop(entry.identities)
        }
        return nil
    }

    /// Whether the journal has to be read: something is waited for.
    public var mustRead: Bool { delivery.isBusy && delivery.isReadable }

    /// Whether the store's loop has something to do because of what the journal's has found.
    public var hasNews: Bool {
        !isHeldUp && (mustLook || hasToRecord || lookedUp != nil)
    }

    /// When to take the next turn, if nothing happens before; `nil` where nothing is waited for.
    public var journalDeadline: Int64? {
        let deadline = delivery.nextDeadline(isClosed: isClosed)
        guard delivery.phase == .running, !toLookUp.isEmpty else { return deadline }
        return min(deadline ?? .max, lookUpAfter)
    }

    public mutating func sent(_ entry: OutgoingEntry, at time: Int64) {
        // Where nothing can be read back, the sending is all that can be known.
        guard delivery.sent(entry.identities, at: time) else { return }
        if let seen = SeenEntry(entry.fields) {
            self.seen.append(seen)
        } else {
            drop(entry.identities)
        }
    }

    public mutating func sentFence(_ id: String, at time: Int64) {
        delivery.sentFence(id, at: time)
    }

    /// The journal took neither this nor what was to follow.
    public mutating func refused(_ entry: OutgoingEntry?, because problem: String, at time: Int64) {
        delivery.refused(at: time)
        isClosed = true
        self.problem = problem
        if let entry { drop(entry.identities) }
        for waiting in outgoing { drop(waiting.identities) }
        outgoing = []
    }

    /// The reader stands on an own entry.
    ///
    /// - Returns: how many were sent before it and never came; they are owed again.
    @discardableResult
    public mutating func saw(_ entry: SeenEntry, at time: Int64) -> Int {
        let isFence = entry.kind == .fence
        if !isFence {
            seen.append(entry)
            held.formUnion(entry.identities)
        }
        let absent = delivery.saw(
            identities: isFence ? [] : entry.identities, fence: isFence ? entry.identities.first : nil, at: time)
        if !absent.isEmpty { drop(absent) }
        return absent.count
    }

    /// Everything up to this cursor was read.
    public mutating func read(upTo cursor: String) {
        self.cursor = cursor
        problem = nil
    }

    /// The journal cannot be read now.
    public mutating func cannotRead(because problem: String?) {
        self.problem = problem
    }

    /// There is no right to read the journal: from now on a successful send counts.
    public mutating func giveUpReading(because problem: String, at time: Int64) {
        self.problem = problem
        drop(delivery.identitiesUnderWay)
        delivery = Delivery(isReadable: false, at: time)
        toLookUp = []
        lookAgain()
    }

    /// What the journal said to the look-up.
    public mutating func lookedUp(lost: [String]) {
        toLookUp = []
        lookedUp = lost
    }

    /// The journal could not be asked; it is asked again in a second.
    public mutating func lookUpFailed(because problem: String, at time: Int64) {
        self.problem = problem
        lookUpAfter = time + 1_000
    }

    private mutating func drop(_ identities: [String]) {
        held.subtract(identities)
        lookAgain()
    }
}
