import ConveneAPI
import ConveneTestSupport
import Glibc
import Testing

/// A system call on the way of a reminder, at whose entry the daemon is killed: the call does not happen any more.
enum KillPoint: String, CaseIterable, CustomTestStringConvertible {
    case timerRead = "the timer's read"
    case beforeSend = "the reminder's send, before it"
    case afterSend = "the first look into the journal after the send"
    case recordWrite = "the first write of its record"
    case recordSync = "the fdatasync of its record"

    var testDescription: String { rawValue }

    /// Tells strace which call it is.
    var options: [String] {
        switch self {
        case .timerRead: ["-P", "anon_inode:[timerfd]", "-e", "inject=read:signal=KILL:when=1"]
        case .beforeSend: ["-e", "trace=sendto,sendmsg", "-e", "inject=sendto,sendmsg:signal=KILL:when=1"]
        case .afterSend: ["-P", "anon_inode:inotify", "-e", "inject=read:signal=KILL:when=1"]
        case .recordWrite: ["-e", "trace=pwrite64", "-e", "inject=pwrite64:signal=KILL:when=1"]
        case .recordSync: ["-e", "trace=fdatasync", "-e", "inject=fdatasync:signal=KILL:when=1"]
        }
    }

    /// What strace notes of it.
    var call: Regex<Substring> {
        switch self {
        case .timerRead: /read\(\d+<anon_inode:\[timerfd\]>/
        case .beforeSend: /send(?:to|msg)\(\d+<UNIX:.*MESSAGE=Talks/
        case .afterSend: /read\(\d+<anon_inode:inotify>/
        case .recordWrite: /pwrite64\(\d+<.*convene.db-wal>/
        case .recordSync: /fdatasync\(\d+<.*convene.db-wal>/
        }
    }

    /// Whether the reminder was sent by then.
    var isSent: Bool { self != .timerRead && self != .beforeSend }
}

@Suite("A daemon killed on a reminder's way", .ownThread)
struct KillTests {
    @Test("Started again, it has the reminder in the journal exactly once", arguments: KillPoint.allCases)
    func onceAfterKill(at point: KillPoint) async throws {
        let daemon = try await settledDaemon()
        try await kill(daemon, at: point)
        try daemon.journal.synchronize()
        let before = try await daemon.journal.entries("CONVENE_KIND=reminder")
        #expect(before.count == (point.isSent ? 1 : 0), "killed at another point than was meant")

        try await daemon.start()

        let entries = try await daemon.journal.entries("CONVENE_KIND=reminder", count: 1)
        try await expectSaidOnce(daemon, entries)
    }

    @Test(
        "Also where journald hangs from before the send until after the restart",
        arguments: [KillPoint.timerRead, .beforeSend, .afterSend])
    func onceThroughHangingJournal(at point: KillPoint) async throws {
        let daemon = try await settledDaemon()
        daemon.journal.pause()
        try await kill(daemon, at: point)

        try await daemon.start()
        try await eventually("the reminder to wait") { try daemon.status().pending == 1 }
        daemon.journal.resume()

        let entries = try await daemon.journal.entries("CONVENE_KIND=reminder", count: 1)
        try await expectSaidOnce(daemon, entries)
    }

    /// A daemon whose start is over: it says nothing more to the journal by itself.
    private func settledDaemon() async throws -> RunningDaemon {
        let daemon = try await RunningDaemon.started()
        try daemon.flush()
        return daemon
    }

    /// Plans a meeting, and lets the daemon die at a system call that its reminder needs.
    private func kill(_ daemon: RunningDaemon, at point: KillPoint) async throws {
        // Time to attach to it, also where the machine is busy.
        let start = now() + 12
        try daemon.add("Talks", at: start)
        let strace = try await Strace.attached(to: daemon, point.options)
        try #require(now() < start - 1, "the machine was too slow to trace the daemon before the reminder was due")
        #expect(try await daemon.end() == .killed(signal: SIGKILL))
        try await strace.end()
        let last = strace.lines.last { !$0.contains("+++") && !$0.contains("resumed>") } ?? ""
        #expect(last.contains(point.call), "killed at another point than was meant: \(last)")
    }

    /// Everything that was ever sent has arrived behind this entry, so a second one would be seen.
    private func expectSaidOnce(_ daemon: RunningDaemon, _ entries: [JournalRecord]) async throws {
        let identity = try #require(entries.first?["CONVENE_NOTIFICATION_ID"])
        try daemon.flush()
        let same = try await daemon.journal.entries("CONVENE_NOTIFICATION_ID=\(identity)")
        #expect(same.count == 1)
        let all = try await daemon.journal.entries("-t", "convened", "CONVENE_NUMBER=1")
        #expect(all == same)
        let status = try daemon.status()
        #expect(status.pending == 0 && status.delivered == 3)
    }
}
