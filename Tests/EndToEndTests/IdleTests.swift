import ConveneTestSupport
import Glibc
import Testing

@Suite("An idle daemon", .ownThread)
struct IdleTests {
    @Test("While nothing is due, and another program writes to the journal, it makes no system call")
    func sleeps() async throws {
        let daemon = try await RunningDaemon.started()
        for days in 1...20 { try daemon.add("Talk \(days)", at: now() + days * 86_400, alarms: ["1h"]) }
        _ = try await daemon.convene("list")
        try daemon.flush()
        let strace = try await Strace.attached(to: daemon)
        try await settle(strace)

        // Then five seconds in which it is not noticed that others live.
        let noted = strace.lines
        for second in 1...5 {
            try await until(now() + 1)
            try await send("Line \(second) of another program", to: daemon.journal)
        }
        #expect(try await daemon.journal.entries("-t", "other").count == 5)
        #expect(strace.lines == noted)
        #expect(daemon.isRunning)
    }

    /// Idle threads of a pool end some seconds after their last work; then the daemon comes to rest.
    private func settle(_ strace: Strace) async throws {
        let clock = ContinuousClock()
        var noted = strace.lines
        var since = clock.now
        try await eventually("the daemon to come to rest", within: .seconds(30)) {
            if strace.lines != noted { (noted, since) = (strace.lines, clock.now) }
            return clock.now - since > .seconds(6)
        }
    }

    private func send(_ message: String, to journal: PrivateJournald) async throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: journal.socketPath.utf8) }
        // journald's native protocol.
        let entry = Array("MESSAGE=\(message)\nSYSLOG_IDENTIFIER=other\n".utf8)
        let sent = withUnsafeBytes(of: address) { bytes in
            sendto(
                descriptor, entry, entry.count, 0, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(bytes.count))
        }
        #expect(sent == entry.count)
        try journal.synchronize()
    }
}
