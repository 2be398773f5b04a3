/// strace(1) on a running daemon: it notes system calls, and can kill the daemon at one.
///
/// It counts the calls of each thread by itself, so a call is picked by what it is about, as the first since it
/// was attached, and never by a number counted from the daemon's start.
public final class Strace: Sendable {
    private let process: ChildProcess
    private let home = TemporaryDirectory()

    /// Attaches to every thread of the daemon, those to come included.
    public static func attached(to daemon: RunningDaemon, _ options: [String] = []) async throws -> Strace {
        let strace = try Strace(pid: daemon.pid, options)
        try await eventually("strace to attach itself") { () -> Bool in
            if strace.process.errors.contains("attached") { return true }
            if strace.process.look() == nil { return false }
            throw Refused(reason: strace.process.errors)
        }
        return strace
    }

    private init(pid: Int32, _ options: [String]) throws {
        let command = ["-f", "-tt", "-yy", "-o", "\(home.path)/trace", "-p", "\(pid)"] + options
        do {
            process = try ChildProcess("strace", command)
        } catch {
            throw Refused(reason: error.description)
        }
    }

    /// What it noted so far, a line a call.
    public var lines: [String] {
        home.text(of: "trace").split(separator: "\n").map(String.init)
    }

    /// Waits until it has ended, as it does with the daemon.
    public func end() async throws {
        try await process.end()
    }

    /// Lets go of the daemon; what was noted stays.
    public func detach() async throws {
        process.signal(15)
        do {
            try await process.end(within: .seconds(5))
        } catch is TimeoutError {
            // It can miss the signal while its daemon dies. The kernel lets go of the daemon for it.
            process.signal(9)
            try await process.end()
        }
    }

    /// The machine does not let us trace.
    public struct Refused: Error, CustomStringConvertible {
        public let reason: String

        public var description: String {
            "this test kills the daemon at one system call, with strace, and strace cannot be used here: \(reason) "
                + "Run 'make setup' for strace, and let this user trace its processes (ptrace(2), CAP_SYS_PTRACE)."
        }
    }
}
