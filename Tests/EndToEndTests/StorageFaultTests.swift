import ConveneAPI
import ConveneTestSupport
import Foundation
import Glibc
import Synchronization
import Testing
import Varlink
import VarlinkClient

@Suite("A disk that fails", .ownThread)
struct StorageFaultTests {
    @Test("A full disk refuses what is new, and reminders are said all the same, once")
    func fullDisk() async throws {
        let disk = try await SmallDisk()
        let daemon = RunningDaemon(journal: try PrivateJournald(), database: disk.databasePath)
        try await daemon.start(under: disk.wrapper)
        try daemon.flush()
        try daemon.add("Talks", at: now() + 4)

        try await disk.fill(daemon)
        let refused = try await daemon.convene("add", "Lunch", "2030-01-01 12:30")
        let sentence = """
            convene: the disk is full; nothing was changed
                make room, and try again; nothing was lost

            """
        #expect(refused == RunningDaemon.Outcome(status: 1, errors: sentence))
        #expect(try daemon.summaries() == ["Talks"])
        let said = try await daemon.journal.entries("CONVENE_KIND=reminder", count: 1)
        #expect(try daemon.status().pending == 1)

        try await disk.clear(daemon)
        try await eventually("the reminder to be recorded") { try daemon.status().pending == 0 }
        try daemon.add("Dinner", at: now() + 3_600)
        try daemon.flush()
        #expect(try await daemon.journal.entries("CONVENE_KIND=reminder") == said)
        #expect(try daemon.summaries() == ["Talks", "Dinner"])
    }

    @Test("After an I/O error at a commit the daemon ends; started again, it has everything that was acknowledged")
    func errorAtCommit() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.flush()
        try daemon.add("Talks", at: now() + 3_600)
        let strace = try await Strace.attached(
            to: daemon, ["-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO"])

        let failed = try await daemon.convene("add", "Lunch", "2030-01-01 12:30")
        #expect(failed.status == 1)
        #expect(failed.errors.hasPrefix("convene: the disk failed") || failed.errors.contains("hung up"))
        #expect(try await daemon.end() == .exited(1))
        #expect(daemon.log.contains("the disk failed"))
        try await strace.end()

        try await daemon.start()
        // What was not acknowledged may have happened, or not.
        #expect(try daemon.summaries().filter { $0 != "Lunch" } == ["Talks"])
    }

    @Test("A database that is deleted, or another one in its place, ends the daemon before it promises anything")
    func replaced() async throws {
        for isReplaced in [false, true] {
            let daemon = try await RunningDaemon.started()
            try daemon.flush()
            try daemon.add("Talks", at: now() + 3_600)
            let old = try Data(contentsOf: URL(filePath: daemon.databasePath))
            unlink(daemon.databasePath)
            if isReplaced { try old.write(to: URL(filePath: daemon.databasePath)) }

            let failed = try await daemon.convene("add", "Lunch", "2030-01-01 12:30")
            #expect(failed.status == 1)
            #expect(failed.errors.hasPrefix("convene: the database was deleted or replaced"))
            #expect(try await daemon.end() == .exited(1))
            #expect(daemon.log.contains("\(daemon.databasePath) was deleted or replaced"))
        }
    }

    @Test("An I/O error at the record of a reminder ends the daemon too; the journal has it once")
    func errorAtRecord() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.flush()
        try daemon.add("Talks", at: now() + 4)
        let strace = try await Strace.attached(
            to: daemon, ["-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO"])
        #expect(try await daemon.end() == .exited(1))
        try await strace.end()

        try await daemon.start()
        try daemon.flush()
        #expect(try await daemon.journal.entries("CONVENE_KIND=reminder").count == 1)
        #expect(try daemon.status().pending == 0)
    }

    @Test("A database that may not be written is refused at the start")
    func readOnly() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.add("Talks", at: now() + 3_600)
        try await daemon.stop()
        let path = daemon.databasePath

        chmod(path, 0o444)
        var refused = try daemon.launch(under: withRightsOfFiles)
        #expect(try await refused.end() == .exited(1))
        #expect(
            refused.errors
                == "convened: the database cannot be written: check the rights of its file and directory\n")

        chmod(path, 0o644)
        unlink("\(path).lock")
        chmod(daemon.home.path, 0o555)
        refused = try daemon.launch(under: withRightsOfFiles)
        #expect(try await refused.end() == .exited(1))
        #expect(refused.errors == "convened: \(path) cannot be opened: \(path).lock: Permission denied\n")

        chmod(daemon.home.path, 0o755)
        try await daemon.start()
        #expect(try daemon.summaries() == ["Talks"])
    }

    @Test("Killed again and again while eight clients write, it loses nothing that it acknowledged")
    func killLoop() async throws {
        let daemon = RunningDaemon(journal: try PrivateJournald())
        let acknowledged = Mutex<[String]>([])
        for round in 1...20 {
            try await daemon.start()
            let before = acknowledged.withLock(\.count)
            let clients = (1...8).map { client in
                Writers.start { number in
                    let summary = "\(round).\(client).\(number)"
                    try daemon.add(summary, at: now() + 86_400, alarms: ["1h"])
                    acknowledged.withLock { $0.append(summary) }
                }
            }
            // Each round a little later, so that it is in the middle of something else.
            try await eventually("writes of round \(round)") {
                acknowledged.withLock(\.count) >= before + 5 + round
            }
            try await daemon.kill()
            for client in clients { try await client.end() }
        }
        try await daemon.start()
        let kept = Set(try daemon.summaries())
        let lost = acknowledged.withLock { $0.filter { !kept.contains($0) } }
        #expect(lost == [])
        #expect(acknowledged.withLock(\.count) >= 20 * 8)
        #expect(try daemon.status().meetings == kept.count)
    }
}

/// A thread that writes until it fails.
private final class Writers: Sendable {
    private let isOver = Mutex(false)

    static func start(_ write: @escaping @Sendable (Int) throws -> Void) -> Writers {
        let writer = Writers()
        Thread.detachNewThread {
            var number = 0
            while true {
                number += 1
                guard (try? write(number)) != nil else { break }
            }
            writer.isOver.withLock { $0 = true }
        }
        return writer
    }

    func end() async throws {
        try await eventually("a client to notice that the daemon is gone") { isOver.withLock(\.self) }
    }
}
