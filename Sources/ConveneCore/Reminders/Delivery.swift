/// What is on its way to the journal, and what that means.
///
/// A successful send proves nothing: an entry counts when the reader has seen it. What was sent *before*
/// something that the reader has seen, and was not seen itself, is absent, since the journal's socket is first
/// in, first out. Where nothing follows by itself, a fence is sent: an entry that is there only to be seen.
///
/// The machine is told what happened and the time, in milliseconds of a clock that never steps; it sends and
/// reads nothing.
public struct Delivery: Sendable {
    /// How far the delivery has come.
    public enum Phase: Hashable, Sendable {
        /// Nothing may be sent but fences, until one was seen: what an earlier process had sent lies before it.
        case starting
        case running
    }

    /// At most so many are under way.
    public static let capacity = 2_000
    /// The pause before the first fence, and before the first new attempt at what was refused.
    static let firstFencePause: Int64 = 1_000
    static let longestFencePause: Int64 = 60_000
    static let firstRetryPause: Int64 = 50
    static let longestRetryPause: Int64 = 5_000

    public private(set) var phase: Phase
    /// The order of the sends of this process, for every identity and fence under way.
    private var underWay: [String: Int] = [:]
    /// The same sends, the oldest first, also of what was seen since; those before `firstSend` are dealt with.
    private var sends: [(sequence: Int, identities: [String])] = []
    private var firstSend = 0
    private var fences: [String: Int] = [:]
    private var lastSequence = 0
    /// When the next fence is due, if nothing is seen before.
    private var fenceDue: Int64?
    private var fencePause = Delivery.firstFencePause
    /// Until when nothing is sent, because the journal refused.
    private var closedUntil: Int64?
    private var retryPause = Delivery.firstRetryPause
    public let isReadable: Bool

    /// - Parameter isReadable: whether the journal can be read back; where not, a successful send counts.
    public init(isReadable: Bool, at now: Int64) {
        self.isReadable = isReadable
        phase = isReadable ? .starting : .running
        fenceDue = isReadable ? now : nil
    }

    /// Whether anything is waited for: only then does anyone need to look.
    public var isBusy: Bool { phase == .starting || !underWay.isEmpty || !fences.isEmpty }

    public var identitiesUnderWay: [String] { underWay.keys.sorted() }

    /// Whether an entry of these notifications may be sent now.
    public func accepts(_ identities: [String], at now: Int64) -> Bool {
        phase == .running && isOpen(at: now) && !identities.contains { underWay[$0] != nil }
    }

    /// Whether the journal takes entries, as far as is known.
    public func isOpen(at now: Int64) -> Bool { closedUntil.map { $0 <= now } ?? true }

    /// An entry of these notifications was sent.
    ///
    /// - Returns: whether that already counts as delivered, because nothing can be read back.
    @discardableResult
    public mutating func sent(_ identities: [String], at now: Int64) -> Bool {
        opened()
        guard isReadable else { return true }
        lastSequence += 1
        for identity in identities { underWay[identity] = lastSequence }
        sends.append((lastSequence, identities))
        expectFence(after: now)
        return false
    }

    /// A send was refused: it did not happen.
    public mutating func refused(at now: Int64) {
        closedUntil = now + retryPause
        retryPause = min(retryPause * 2, Delivery.longestRetryPause)
    }

    /// Whether a fence has to be sent now.
    public func needsFence(at now: Int64) -> Bool {
        isReadable && isBusy && isOpen(at: now) && (fenceDue.map { $0 <= now } ?? false)
    }

    /// A fence was sent.
    public mutating func sentFence(_ id: String, at now: Int64) {
        opened()
        lastSequence += 1
        fences[id] = lastSequence
        fenceDue = now + fencePause
        fencePause = min(fencePause * 2, Delivery.longestFencePause)
    }

    /// The reader has seen an own entry.
    ///
    /// - Returns: what was sent before it and never came: it is owed again.
    public mutating func saw(identities: [String], fence: String?, at now: Int64) -> [String] {
        var sequence = 0
        for identity in identities {
            if let found = underWay.removeValue(forKey: identity) { sequence = max(sequence, found) }
        }
        if let fence, let found = fences[fence] {
            sequence = max(sequence, found)
            phase = .running
        }
        guard sequence > 0 else { return [] }
        if !fences.isEmpty { fences = fences.filter { $0.value > sequence } }
        let absent = takeSends(before: sequence)
        fencePause = Delivery.firstFencePause
        fenceDue = underWay.isEmpty && fences.isEmpty ? nil : now + fencePause
        return absent
    }

    /// What was sent before that, and not seen: it is under way no longer.
    ///
    /// In the order of the sends, so that a burst costs each of them once.
    private mutating func takeSends(before sequence: Int) -> [String] {
        var absent: [String] = []
        while firstSend < sends.count, sends[firstSend].sequence < sequence {
            let send = sends[firstSend]
            for identity in send.identities where underWay[identity] == send.sequence {
                underWay[identity] = nil
                absent.append(identity)
            }
            firstSend += 1
        }
        if underWay.isEmpty {
            (sends, firstSend) = ([], 0)
        } else if firstSend > Delivery.capacity {
            sends.removeFirst(firstSend)
            firstSend = 0
        }
        return absent
    }

    /// When to look at the machine again, if nothing happens before; `nil` where nothing is waited for.
    ///
    /// - Parameter isClosed: whether the journal refused, and was not tried again since.
    public func nextDeadline(isClosed: Bool) -> Int64? {
        if isClosed, let closedUntil { return closedUntil }
        return isBusy ? fenceDue : nil
    }

    private mutating func opened() {
        closedUntil = nil
        retryPause = Delivery.firstRetryPause
    }

    private mutating func expectFence(after now: Int64) {
        if fenceDue == nil { fenceDue = now + fencePause }
    }
}
