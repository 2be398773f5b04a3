internal import Glibc
internal import Synchronization

/// The built `convened` on paths of its own, with a journal of its own, and `convene` to talk to it.
///
/// It is killed, and its files go, when the last reference to it does.
public final class RunningDaemon: Sendable {
    public let journal: PrivateJournald
    public let home = TemporaryDirectory()
    private let rehearsal: String?
    private let original: String?
    private let zoneinfo: String?
    private let timeZone: String
    private let process = Mutex<ChildProcess?>(nil)

    public let databasePath: String
    public let socketPath: String

    /// Prepares a daemon; `start()` starts it.
    ///
    /// - Parameters:
    ///   - rehearsal: the time from which on it rehearses, instead of living on the real clock.
    ///   - original: the database that the rehearsal copies.
    ///   - database: where the database is, if not in a file of its own.
    ///   - socket: where it listens, if not in a file of its own.
    ///   - zoneinfo: the zone data that it reads, if not the machine's.
    ///   - timeZone: its TZ: the machine's zone.
    public init(
        journal: PrivateJournald, rehearsal: String? = nil, copying original: String? = nil,
        database: String? = nil, socket: String? = nil, zoneinfo: String? = nil,
        timeZone: String = "Asia/Seoul"
    ) {
        self.journal = journal
        self.zoneinfo = zoneinfo
        self.timeZone = timeZone
        databasePath = database ?? "\(home.path)/convene.db"
        socketPath = socket ?? "\(home.path)/socket"
        self.rehearsal = rehearsal
        self.original = original
    }

    /// Starts a daemon with a journal of its own, and waits until it answers.
    public static func started(rehearsal: String? = nil) async throws -> RunningDaemon {
        let daemon = RunningDaemon(journal: try PrivateJournald(), rehearsal: rehearsal)
        try await daemon.start()
        return daemon
    }

    // MARK: Starting and ending

    /// Starts it, and waits until it answers.
    ///
    /// - Parameter wrapper: a command that runs it, such as `strace` or `prlimit`.
    public func start(under wrapper: [String] = []) async throws {
        let process = try launch(under: wrapper)
        try await eventually("convened to answer") { () -> Bool in
            if isAnswering { return true }
            guard let ending = process.look() else { return false }
            throw StartError(ending: ending, log: process.errors)
        }
    }

    /// Starts it, and waits for nothing.
    @discardableResult
    public func launch(under wrapper: [String] = []) throws -> ChildProcess {
        var command = wrapper + [BuiltPrograms.path("convened"), "--socket", socketPath]
        if let rehearsal {
            command += ["--rehearse", rehearsal] + (original.map { ["--database", $0] } ?? [])
        } else {
            command += ["--database", databasePath]
        }
        let process = try ChildProcess(command[0], Array(command.dropFirst()), environment: environment)
        self.process.withLock { $0 = process }
        return process
    }

    /// Ends it in order (SIGTERM).
    @discardableResult
    public func stop() async throws -> ChildProcess.Ending {
        signal(SIGTERM)
        return try await end()
    }

    /// Ends it without warning (SIGKILL).
    public func kill() async throws {
        signal(SIGKILL)
        try await end()
    }

    /// Waits for its end.
    @discardableResult
    public func end(within bound: Duration = .seconds(90)) async throws -> ChildProcess.Ending {
        guard let process = process.withLock({ $0 }) else { return .exited(0) }
        return try await process.end(within: bound)
    }

    public func signal(_ number: Int32) {
        process.withLock { $0 }?.signal(number)
    }

    public var isRunning: Bool {
        guard let process = process.withLock({ $0 }) else { return false }
        return process.look() == nil
    }

    /// The process, also after its end; 0 before its start.
    public var pid: Int32 { process.withLock { $0?.pid ?? 0 } }

    /// What it has written to standard error since its last start.
    public var log: String { process.withLock { $0?.errors ?? "" } }

    /// A daemon that ended where it should have begun to answer.
    public struct StartError: Error, Hashable, Sendable, CustomStringConvertible {
        public let ending: ChildProcess.Ending
        public let log: String

        public var description: String { "convened ended (\(ending)): \(log)" }
    }

    // MARK: Talking to it

    /// Runs `convene` to its end, as somebody in Seoul.
    public func convene(
        _ arguments: String..., zone: String = "Asia/Seoul", input: String = ""
    ) async throws -> Outcome {
        try await run(arguments, zone: zone, input: Array(input.utf8))
    }

    public func run(_ arguments: [String], zone: String = "Asia/Seoul", input: [UInt8] = []) async throws -> Outcome {
        let environment = ["TZ": zone, "COLUMNS": "80", "CONVENE_SOCKET": socketPath]
        let convene = try ChildProcess(
            BuiltPrograms.path("convene"), arguments, environment: environment, input: input)
        guard case .exited(let status) = try await convene.end() else { throw Crash(arguments: arguments) }
        return Outcome(status: status, output: convene.output, errors: convene.errors)
    }

    /// What a run of `convene` left behind.
    public struct Outcome: Hashable, Sendable {
        /// 0 done, 1 refused, 2 wrong usage, 3 no daemon.
        public let status: Int32
        public let output: String
        public let errors: String

        public init(status: Int32, output: String = "", errors: String = "") {
            self.status = status
            self.output = output
            self.errors = errors
        }
    }

    /// `convene` was ended by a signal.
    public struct Crash: Error, Sendable {
        public let arguments: [String]
    }

    /// What the daemon reads: the journal to use, and the machine's zone.
    public var environment: [String: String] {
        var environment = [
            "CONVENE_JOURNAL_SOCKET": journal.socketPath, "CONVENE_JOURNAL_DIRECTORY": journal.directory,
            "TZ": timeZone,
        ]
        if let zoneinfo { environment["TZDIR"] = zoneinfo }
        return environment
    }

    /// Whether somebody answers at its socket.
    public var isAnswering: Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var bound = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socketPath.utf8.prefix($0.count - 1)) }
        let isConnected = withUnsafeBytes(of: address) { bytes in
            connect(
                descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count)) == 0
        }
        let call = Array(#"{"method":"org.varlink.service.GetInfo"}"#.utf8) + [0]
        var answer: UInt8 = 0
        return isConnected && send(descriptor, call, call.count, Int32(MSG_NOSIGNAL)) == call.count
            && recv(descriptor, &answer, 1, 0) == 1
    }
}
