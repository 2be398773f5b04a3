import ConveneAPI
import ConveneCore
import ConveneTestSupport
import Glibc
import Logging
import Synchronization
import Systemd
import Testing
import VarlinkClient
import ZonedTime

@testable import ConveneDaemon

/// What is its own, the daemon finds in a journal that others fill.
@Suite("Reading back from a journal of a million entries", .ownThread)
struct ReadBackTests {
    @Test("All of its own are read, in their order, once: from the beginning, behind a cursor, and where that is gone")
    func million() async throws {
        // Given a database that has an id and has never read a journal
        let journal = try PrivateJournald()
        journal.kill()
        let daemon = RunningDaemon(journal: journal)
        try await daemon.start()
        let id = try daemon.status().databaseId
        try await daemon.stop()
        try journal.start()
        let reading = Reading(journal, id)

        // and the cursor of an entry whose file is gone
        try journal.write([reading.own(0)])
        try journal.synchronize()
        let gone = try #require(try await reading.read(from: nil).last?.cursor)
        journal.kill()
        #expect(unlink("\(journal.directory)/system.journal") == 0)
        try journal.start()

        // and a million entries, each two hundredth of them its own
        let count = 1_000_000
        try journal.write((1...count).lazy.map { $0 % 200 == 0 ? reading.own($0) : reading.foreign($0) })
        try journal.synchronize()
        let own = (1...count / 200).map { reading.identity($0 * 200) }

        // Then its reader finds them from the beginning,
        let batches = try await reading.read(from: nil)
        #expect(batches.flatMap(\.identities) == own)
        // behind a cursor in the middle those that follow it,
        try #require(batches.count > 2)
        let middle = batches[batches.count / 2]
        let behind = own.drop { $0 != middle.identities.last }.dropFirst()
        #expect(behind.count > own.count / 4 && behind.count < own.count * 3 / 4)
        #expect(try await reading.read(from: middle.cursor).flatMap(\.identities) == Array(behind))
        // behind the last none,
        #expect(try await reading.read(from: batches.last?.cursor).flatMap(\.identities) == [])
        // and all of them where the entry of the cursor is gone.
        #expect(try await reading.read(from: gone).flatMap(\.identities) == own)

        // The daemon records them at its start, and at its next one nothing more.
        for _ in 1...2 {
            try await daemon.start()
            try daemon.flush()
            #expect(try recorded(daemon).filter { $0.contains("/past/") } == own)
            try await daemon.stop()
        }
    }

    /// The identities that the daemon has recorded, in the order in which it did.
    private func recorded(_ daemon: RunningDaemon) throws -> [String] {
        let total = try daemon.status().delivered
        var identities: [String] = []
        try daemon.connect().stream(Watch.self, Watch.Parameters(after: "L0N0")) { reply in
            if let notification = reply.notification { identities.append(notification.id) }
            return identities.count < total
        }
        return identities
    }
}

/// Reads as the daemon does, without its store.
private struct Reading {
    let journal: PrivateJournald
    let database: String

    init(_ journal: PrivateJournald, _ database: String) {
        self.journal = journal
        self.database = database
    }

    /// What was read in one turn, and up to where.
    struct Batch {
        let identities: [String]
        let cursor: String?
    }

    /// Everything of its own that stands behind a cursor, or in the whole journal.
    func read(from cursor: String?) async throws -> [Batch] {
        let machine = SharedMachine(ReminderMachine(at: 0))
        let door = SystemJournal(
            writer: JournalWriter(socketPath: journal.socketPath), directory: journal.directory)
        let fences = Mutex(0)
        let start = monotonic()
        var courier = CourierRound(
            .init(
                origin: EntryOrigin(databaseID: database, isRehearsal: false), ownUIDs: [Int(getuid())], cursor: cursor),
            machine, door: door, at: 0,
            newID: {
                fences.withLock { count in
                    count += 1
                    return "\(start)-\(count)"
                }
            }, logger: Logger(label: "reading", factory: { _ in SwiftLogNoOpLogHandler() }))
        var batches: [Batch] = []
        // When its fence was seen, everything that stood before it was read.
        try await eventually("everything to be read") {
            courier.turn(at: monotonic() - start, clock: .distantPast)
            batches += record(machine)
            return machine { $0.hasStarted }
        }
        return batches
    }

    private func record(_ machine: SharedMachine) -> [Batch] {
        var batches: [Batch] = []
        while let action = machine({ $0.nextAction(at: .distantPast) }) {
            switch action {
            case .record(let entries, let cursor):
                batches.append(Batch(identities: entries.flatMap(\.identities), cursor: cursor))
                machine { $0.recorded(entries, upTo: cursor) }
            case .shortenPauses: machine { $0.shortenedPauses() }
            case .derive: machine { $0.derived(isComplete: true) }
            case .lookUp: machine { $0.found(.init(), at: .distantPast) }
            case .reloadZones, .oweAgain, .standAside, .prepare, .send, .arm, .rest: break
            }
        }
        return batches
    }

    /// Microseconds.
    private func monotonic() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    // MARK: Entries

    func identity(_ number: Int) -> String { "\(database)/past/\(number)" }

    /// As the daemon wrote it in its time.
    func own(_ number: Int) -> String { entry(number, database: database) }

    private func entry(_ number: Int, database: String?) -> String {
        "MESSAGE=Talks\nSYSLOG_IDENTIFIER=convened\nPRIORITY=5\nCONVENE_KIND=reminder\n"
            + (database.map { "CONVENE_DATABASE=\($0)\n" } ?? "")
            + "CONVENE_NOTIFICATION_ID=\(identity(number))\nCONVENE_DUE=2026-01-01T00:00:00Z\n"
            + "CONVENE_SUMMARY=Talks\nCONVENE_LATE_SEC=0\n"
    }

    /// Others' lines, and among them some that look like its own, and are not.
    func foreign(_ number: Int) -> String {
        switch number % 1_000 {
        // Of databases whose ids are almost its own, or of none.
        case 1: entry(number, database: database + "0")
        case 3: entry(number, database: String(database.dropLast()))
        case 5: entry(number, database: " " + database)
        case 7: entry(number, database: nil)
        // An identity that is its own, in an entry that is not.
        case 201: entry(number - 1, database: database + "0")
        case 399: entry(number + 1, database: nil)
        case 500: "MESSAGE=CONVENE_DATABASE=\(database)\nOTHER_CONVENE_DATABASE=\(database)\n"
        default: "MESSAGE=line \(number % 1_000)\nSYSLOG_IDENTIFIER=other\nPRIORITY=6\n"
        }
    }
}
