import ConveneCore
import ConveneDaemon

/// A journal as journald keeps one: a queue of datagrams, entries that appear in order, files that a power cut
/// shortens and that are vacuumed.
final class SimulatedJournal {
    struct Entry {
        /// Counts up over the whole history; the cursor names it.
        let number: Int
        let uid: Int
        let fields: [OutgoingEntry.Field]
        /// The wall clock when it was sent, seconds since 1970.
        let sentAt: Int64
    }

    enum State {
        case running
        /// It takes datagrams into its queue until that is full, and reads none.
        case stopped
        /// Nobody listens.
        case dead
    }

    private(set) var entries: [Entry] = []
    private(set) var state = State.running
    private var queue: [Entry] = []
    private var lastNumber = 0
    /// Entries up to this number are on disk.
    private var syncedNumber = 0
    private var firstUnsyncedAt: Int64?
    /// So many of the next entries fall to the rate limit.
    var dropping = 0
    /// Reading fails.
    var isUnreadable = false
    /// Counts what happened, so that nobody needs to look in vain.
    private(set) var version = 0
    /// Counts what a process does with it: sends, openings, entries read.
    fileprivate(set) var dealings = 0
    /// Told of every entry that appears.
    var onAppear: (Entry) -> Void = { _ in }

    /// `net.unix.max_dgram_qlen`.
    static let queueLimit = 10
    static let syncInterval: Int64 = 300_000_000

    var hasQueue: Bool { !queue.isEmpty }

    /// Where the first entry behind that number lies; entries lie in the order of their numbers.
    func index(behind number: Int) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].number <= number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func entry(_ number: Int) -> Entry? {
        let index = index(behind: number - 1)
        return index < entries.count && entries[index].number == number ? entries[index] : nil
    }

    // MARK: What a process can do

    func send(_ entry: OutgoingEntry, uid: Int, at wall: Int64) -> JournalSendOutcome {
        dealings += 1
        if state == .dead { return .refused(reason: "nobody listens at its socket", isFull: false) }
        guard queue.count < SimulatedJournal.queueLimit else {
            return .refused(reason: "its queue is full", isFull: true)
        }
        lastNumber += 1
        queue.append(Entry(number: lastNumber, uid: uid, fields: entry.fields, sentAt: wall))
        return .sent
    }

    // MARK: What journald does

    /// Takes up to so many datagrams from the queue.
    @discardableResult
    func work(_ count: Int, at microseconds: Int64) -> Bool {
        guard state == .running, !queue.isEmpty else { return false }
        for entry in queue.prefix(count) {
            queue.removeFirst()
            if dropping > 0 {
                dropping -= 1
                continue
            }
            entries.append(entry)
            version += 1
            if firstUnsyncedAt == nil { firstUnsyncedAt = microseconds }
            onAppear(entry)
        }
        return true
    }

    /// When it writes through what it has, if nothing comes before.
    var nextSync: Int64? { firstUnsyncedAt.map { $0 + SimulatedJournal.syncInterval } }

    func syncIfDue(at microseconds: Int64) {
        guard let next = nextSync, next <= microseconds else { return }
        sync()
    }

    func sync() {
        syncedNumber = entries.last?.number ?? syncedNumber
        firstUnsyncedAt = nil
    }

    func stop() { if state == .running { state = .stopped } }

    func start() {
        if state == .dead { queue = [] }
        state = .running
        version += 1
    }

    /// It is killed: what is in its queue is gone; what it had taken lives in the page cache.
    func kill() {
        state = .dead
        queue = []
    }

    /// The machine loses power. Returns what was lost.
    func powerCut() -> [Entry] {
        let lost = entries.filter { $0.number > syncedNumber }
        entries.removeAll { $0.number > syncedNumber }
        firstUnsyncedAt = nil
        queue = []
        state = .running
        version += 1
        dropping = 0
        isUnreadable = false
        return lost
    }

    /// Old entries go.
    func vacuum(upTo number: Int) -> [Entry] {
        let gone = entries.filter { $0.number <= number }
        entries.removeAll { $0.number <= number }
        version += 1
        return gone
    }
}

/// The way to it of one daemon.
struct SimulatedDoor: JournalDoor {
    let journal: SimulatedJournal
    let uid: Int
    let wall: () -> Int64
    /// Told of every successful send.
    let onSend: (OutgoingEntry) -> Void
    /// Told of every entry that was read on, by its number.
    let onRead: (Int) -> Void
    /// Told that an entry was not taken.
    var onRefuse: () -> Void = {}

    func send(_ entry: OutgoingEntry) -> JournalSendOutcome {
        let outcome = journal.send(entry, uid: uid, at: wall())
        if outcome == .sent { onSend(entry) } else { onRefuse() }
        return outcome
    }

    func waitForRoom() -> Bool { false }

    var access: JournalReadAccess { .readable }

    func openReader() throws -> any EntryReader {
        if journal.isUnreadable { throw UnreadableJournal() }
        journal.dealings += 1
        return SimulatedReader(journal: journal, onRead: onRead)
    }
}

struct UnreadableJournal: Error {}

final class SimulatedReader: EntryReader {
    private let journal: SimulatedJournal
    private let onRead: (Int) -> Void
    private var matches: [String: Set<String>] = [:]
    private var position = 0

    init(journal: SimulatedJournal, onRead: @escaping (Int) -> Void) {
        self.journal = journal
        self.onRead = onRead
    }

    func setMatches(_ matches: [(field: String, value: String)]) throws {
        self.matches = [:]
        for match in matches { self.matches[match.field, default: []].insert(match.value) }
    }

    func seek(past cursor: String) throws -> Bool {
        try check()
        guard let number = Int(cursor), let entry = journal.entry(number) else {
            return false
        }
        position = number
        return fits(entry)
    }

    func seekHead() throws { position = 0 }

    func lookAtFiles() throws { try check() }

    func next() throws -> Bool {
        try check()
        let low = journal.index(behind: position)
        guard let entry = journal.entries[low...].first(where: fits) else { return false }
        position = entry.number
        journal.dealings += 1
        // Looking something up by its name is not reading on.
        if matches["CONVENE_NOTIFICATION_ID"] == nil { onRead(position) }
        return true
    }

    func fields() throws -> [(name: String, value: String)] {
        guard let entry = journal.entry(position) else { return [] }
        return entry.fields + [("_UID", "\(entry.uid)")]
    }

    func currentCursor() throws -> String { "\(position)" }

    private func check() throws {
        if journal.isUnreadable { throw UnreadableJournal() }
    }

    private func fits(_ entry: SimulatedJournal.Entry) -> Bool {
        matches.allSatisfy { field, values in
            field == "_UID"
                ? values.contains("\(entry.uid)")
                : entry.fields.contains { $0.name == field && values.contains($0.value) }
        }
    }
}
