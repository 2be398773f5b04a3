import ConveneTestSupport
import Foundation
import Glibc
import Testing

@Suite("A daemon that cannot start, or only just", .ownThread)
struct StartTests {
    @Test("A second daemon on the same database is refused, and told who has it")
    func secondDaemon() async throws {
        let first = try await RunningDaemon.started()
        try first.add("Talks", at: now() + 3_600)

        let second = RunningDaemon(journal: first.journal, database: first.databasePath)
        let process = try second.launch()

        #expect(try await process.end() == .exited(1))
        #expect(
            process.errors
                == "convened: \(first.databasePath) is in use by another convened, process \(first.pid)\n")
        #expect(try first.summaries() == ["Talks"])
    }

    @Test("A database that is newer, somebody else's or damaged is refused, and its bytes stay as they are")
    func refusesDatabases() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.add("Talks", at: now() + 3_600)
        #expect(try await daemon.stop() == .exited(0))
        let database = try Data(contentsOf: URL(filePath: daemon.databasePath))
        let path = daemon.databasePath

        // Offset 60 holds the version of what convene wrote (`PRAGMA user_version`).
        let version = database[60..<64].reduce(0) { $0 << 8 | Int($1) }
        let newer = "\(path) was written by a newer convene (version 99, this one knows \(version)); it was not touched"
        let foreign = "\(path) is not a database of convene; it was not touched"
        let damaged =
            "\(path) is damaged: database disk image is malformed; "
            + "restore a backup, or look at it with: sqlite3 \(path) 'PRAGMA integrity_check'"
        // Offsets as in SQLite's file format, section 1.3.
        for (bytes, sentence) in [
            (database.replacing(60, with: [0, 0, 0, 99]), newer),
            (database.replacing(68, with: [1, 2, 3, 4]), foreign),
            // Another program's, in a mode other than WAL.
            (database.replacing(68, with: [1, 2, 3, 4]).replacing(18, with: [1, 1]), foreign),
            (database.replacing(60, with: [0, 0, 0, 0]).replacing(68, with: [0, 0, 0, 0]), foreign),
            (database.replacing(0, with: Array("%PDF-1.7 and so on".utf8)), foreign),
            (Data("Dear diary, ".utf8) + Data(repeating: 0x2E, count: 10_000), foreign),
            (database.replacing(4_096, with: [UInt8](repeating: 0xAA, count: 4_096)), damaged),
            (database.prefix(9_000), damaged),
        ] {
            try bytes.write(to: URL(filePath: path))
            for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
            let process = try daemon.launch()
            #expect(try await process.end() == .exited(1))
            #expect(process.errors == "convened: \(sentence)\n")
            #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
        }

        try database.write(to: URL(filePath: path))
        for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
        try await daemon.start()
        #expect(try daemon.summaries() == ["Talks"])
    }

    @Test("A socket that a killed daemon left behind is no obstacle")
    func staleSocket() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.add("Talks", at: now() + 3_600)
        try await daemon.kill()
        #expect(access(daemon.socketPath, F_OK) == 0)
        let client = try await daemon.convene("list")
        #expect(client.status == 3)
        #expect(client.errors.hasPrefix("convene: no daemon answers at \(daemon.socketPath): nobody listens there\n"))

        try await daemon.start()

        #expect(try daemon.summaries() == ["Talks"])
    }

    @Test("A socket that another daemon listens at is left to it")
    func takenSocket() async throws {
        let first = try await RunningDaemon.started()
        try first.add("Talks", at: now() + 3_600)

        let second = RunningDaemon(journal: first.journal, socket: first.socketPath)
        let process = try second.launch()

        #expect(try await process.end() == .exited(1))
        #expect(process.errors == "convened: \(first.socketPath): in use, another server listens there\n")
        #expect(try first.summaries() == ["Talks"])
    }

    @Test("What is in the socket's place, or a directory that is not to be written, is named")
    func impossibleSocket() async throws {
        let daemon = RunningDaemon(journal: try PrivateJournald())
        daemon.home.write(Array("precious".utf8), to: "file")
        daemon.home.write([], to: "locked/file")
        chmod("\(daemon.home.path)/locked", 0o555)
        for (name, reason) in [
            ("file", "is in the way, and no socket"),
            ("locked/socket", "not permitted to make a socket there"),
            (String(repeating: "x", count: 120), "too long for a socket, whose path may have 103 bytes"),
        ] {
            let path = "\(daemon.home.path)/\(name)"
            let other = RunningDaemon(journal: daemon.journal, socket: path)
            let process = try other.launch(under: withRightsOfFiles)
            #expect(try await process.end() == .exited(1))
            #expect(process.errors == "convened: \(path): \(reason)\n")
        }
        let below = RunningDaemon(journal: daemon.journal, socket: "\(daemon.home.path)/file/socket")
        let process = try below.launch()
        #expect(try await process.end() == .exited(1))
        #expect(process.errors == "convened: \(daemon.home.path)/file: no such directory\n")
        #expect(daemon.home.text(of: "file") == "precious")
        // Only an ordinary one can be emptied and removed with the rest.
        chmod("\(daemon.home.path)/locked", 0o755)
    }

    @Test("With no daemon running, convene says how to start one")
    func noDaemon() async throws {
        let daemon = RunningDaemon(journal: try PrivateJournald())
        let client = try await daemon.convene("list")
        #expect(
            client
                == RunningDaemon.Outcome(
                    status: 3,
                    errors: """
                        convene: no daemon answers at \(daemon.socketPath): there is no socket
                            To start it:  systemctl --user start convened.socket
                            or by hand:   convened --socket \(daemon.socketPath)

                        """))
    }
}

extension Data {
    /// The same with other bytes from an offset on.
    fileprivate func replacing(_ offset: Int, with bytes: [UInt8]) -> Data {
        var copy = Data(self)
        copy.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        return copy
    }
}
