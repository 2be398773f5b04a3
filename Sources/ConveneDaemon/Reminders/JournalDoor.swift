package import ConveneCore
import Systemd

/// The way to one journal and back: journald's socket and files, or in a simulation something that behaves like them.
package protocol JournalDoor {
    /// Sends without waiting.
    func send(_ entry: OutgoingEntry) -> JournalSendOutcome
    /// Waits a moment for room in the journal's queue; `false` where there was none.
    func waitForRoom() -> Bool
    /// Whether the journal can be read.
    var access: JournalReadAccess { get }
    func openReader() throws -> any EntryReader
}

package enum JournalSendOutcome: Hashable, Sendable {
    case sent
    /// It did not happen.
    case refused(reason: String, isFull: Bool)
}

package enum JournalReadAccess: Hashable, Sendable {
    case readable
    /// There is none yet.
    case empty
    case denied
    case missing(place: String)
}

/// Reads a journal, one matching entry after the other.
package protocol EntryReader {
    /// Reads only entries whose fields have these values: of the same field, one of them; of different fields, each.
    func setMatches(_ matches: [(field: String, value: String)]) throws
    /// Goes behind the entry of that cursor; `false` where it is gone, and then the reader has to be told where to go.
    func seek(past cursor: String) throws -> Bool
    func seekHead() throws
    /// Takes note of what happened to the files.
    func lookAtFiles() throws
    func next() throws -> Bool
    func fields() throws -> [(name: String, value: String)]
    func currentCursor() throws -> String
}

/// journald.
struct SystemJournal: JournalDoor {
    let writer: JournalWriter
    /// `nil` stands for the machine's own journal.
    let directory: String?

    func send(_ entry: OutgoingEntry) -> JournalSendOutcome {
        var journalEntry = JournalEntry()
        for field in entry.fields {
            // journald would leave out what it cannot take, too; every field was checked where it came in.
            try? journalEntry.append(field.name, field.value)
        }
        switch writer.send(journalEntry) {
        case .sent: return .sent
        case .refused(let refusal): return .refused(reason: "\(refusal)", isFull: refusal == .queueFull)
        }
    }

    func waitForRoom() -> Bool { writer.waitUntilWritable(timeout: .milliseconds(20)) }

    var access: JournalReadAccess {
        switch JournalAccess.check(directory: directory) {
        case .readable: .readable
        case .empty: .empty
        case .denied: .denied
        case .missing: .missing(place: directory ?? "/var/log/journal")
        }
    }

    func openReader() throws -> any EntryReader { SystemJournalReader(try JournalReader(directory: directory)) }
}

/// libsystemd's reader.
struct SystemJournalReader: EntryReader {
    private let reader: JournalReader

    init(_ reader: JournalReader) { self.reader = reader }

    func setMatches(_ matches: [(field: String, value: String)]) throws {
        try reader.setMatches(matches.map { JournalMatch($0.field, $0.value) })
    }

    func seek(past cursor: String) throws -> Bool { try reader.seek(past: cursor) }
    func seekHead() throws { try reader.seek(.head) }
    func lookAtFiles() throws { try reader.process() }
    func next() throws -> Bool { try reader.next() }
    /// Of an entry only what is ours: of the rest, journald's own, there is twice as much.
    func fields() throws -> [(name: String, value: String)] {
        try reader.fields(beginningWith: ["CONVENE_", "MESSAGE="])
    }
    func currentCursor() throws -> String { try reader.cursor }
}
