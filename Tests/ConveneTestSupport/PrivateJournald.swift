internal import Glibc
internal import Synchronization

/// A real journald of the test's own, with its own socket and files, for any user and without systemd as process 1.
///
/// It runs as journald does for a log namespace. Such a one exits when it has been idle for half a minute, but not
/// while somebody holds a stream to it: so the test does.
/// It ends, and its files go, when the last reference to it does.
public final class PrivateJournald: Sendable {
    /// Holds the journal's files.
    public let directory: String
    /// The socket for entries in journald's native protocol.
    public let socketPath: String

    private let home = TemporaryDirectory()
    private let process = Mutex<pid_t?>(nil)
    /// The stream that keeps it awake.
    private let stream = Mutex<Int32?>(nil)

    /// Starts a journald.
    public init() throws(PrivateJournaldError) {
        directory = "\(home.path)/log"
        socketPath = "\(home.path)/run/socket"
        mkdir(directory, 0o755)
        mkdir("\(home.path)/run", 0o755)
        try start()
    }

    deinit {
        kill()
    }

    /// Starts it again, after `stop()` or `kill()`. Returns when it listens.
    public func start() throws(PrivateJournaldError) {
        try process.withLock { (process) throws(PrivateJournaldError) in
            guard process == nil else { return }
            // A dead journald leaves its sockets behind.
            for name in ["socket", "stdout", "dev-log", "io.systemd.journal"] { unlink("\(home.path)/run/\(name)") }
            let notifications = try ReadinessSocket(path: "\(home.path)/notify")
            process = try spawn(notifying: notifications.path)
            try notifications.waitUntilReady()
        }
        try hold()
    }

    private func hold() throws(PrivateJournaldError) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw PrivateJournaldError("socket", errno) }
        let result = withUnixAddress("\(home.path)/run/stdout") { connect(descriptor, $0, $1) }
        guard result == 0 else {
            let error = PrivateJournaldError("connect", errno)
            close(descriptor)
            throw error
        }
        stream.withLock { stream in
            if let stream { close(stream) }
            stream = descriptor
        }
    }

    /// Ends it in order (SIGTERM), and waits for its end.
    public func stop() {
        end(with: SIGTERM)
    }

    /// Ends it without warning (SIGKILL), and waits for its end: what it had not read yet is lost.
    public func kill() {
        end(with: SIGKILL)
    }

    /// Stops it in its tracks (SIGSTOP): its sockets stay, and nobody reads from them.
    public func pause() {
        process.withLock { process in
            guard let process else { return }
            Glibc.kill(process, SIGSTOP)
            waitpid(process, nil, WUNTRACED)
        }
    }

    /// Lets it go on after `pause()`.
    public func resume() {
        process.withLock { process in
            guard let process else { return }
            Glibc.kill(process, SIGCONT)
        }
    }

    /// Returns when every entry that was sent before is in the journal.
    ///
    /// journald takes this signal up when its sockets are empty, and touches a file when it is done
    /// (systemd-journald(8)). `io.systemd.Journal.Synchronize` would do the same, but for root alone.
    public func synchronize() throws(PrivateJournaldError) {
        let done = "\(home.path)/run/synced"
        unlink(done)
        process.withLock { process in
            guard let process else { return }
            Glibc.kill(process, __libc_current_sigrtmin() + 1)
        }
        // Looks every millisecond, for ten seconds at most; it takes less than one.
        for _ in 0..<10_000 {
            if access(done, F_OK) == 0 { return }
            usleep(1_000)
        }
        throw PrivateJournaldError("synchronize", ETIMEDOUT)
    }

    /// Writes entries in their order, each as lines `NAME=value`, hundreds to a datagram: an empty line parts them
    /// (journald's native protocol). Blocks while its queue is full.
    public func write(_ entries: some Sequence<String>) throws(PrivateJournaldError) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw PrivateJournaldError("socket", errno) }
        defer { close(descriptor) }
        guard withUnixAddress(socketPath, { connect(descriptor, $0, $1) }) == 0 else {
            throw PrivateJournaldError("connect", errno)
        }
        var datagram: [UInt8] = []
        func send() throws(PrivateJournaldError) {
            guard Glibc.send(descriptor, datagram, datagram.count, 0) == datagram.count else {
                throw PrivateJournaldError("send", errno)
            }
            datagram.removeAll(keepingCapacity: true)
        }
        for entry in entries {
            if !datagram.isEmpty { datagram.append(UInt8(ascii: "\n")) }
            datagram += entry.utf8
            // Half of what a socket sends by default.
            if datagram.count > 50_000 { try send() }
        }
        if !datagram.isEmpty { try send() }
    }

    private func end(with signal: Int32) {
        stream.withLock { stream in
            if let stream { close(stream) }
            stream = nil
        }
        process.withLock { process in
            guard let running = process else { return }
            Glibc.kill(running, signal)
            // One that is paused takes a signal to end only when it goes on.
            Glibc.kill(running, SIGCONT)
            while waitpid(running, nil, 0) < 0 && errno == EINTR {}
            process = nil
        }
    }

    private func spawn(notifying notifySocket: String) throws(PrivateJournaldError) -> pid_t {
        let program = "/lib/systemd/systemd-journald"
        guard access(program, X_OK) == 0 else { throw PrivateJournaldError(program, errno) }
        // The name of its log namespace; it must be nobody else's.
        let name = "test-\(home.path.split(separator: "-").last ?? "")"
        let environment = [
            "RUNTIME_DIRECTORY=\(home.path)/run", "LOGS_DIRECTORY=\(directory)", "NOTIFY_SOCKET=\(notifySocket)",
        ]
        // Should the tests die first, it must not keep their output open.
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for standard: Int32 in 0...2 {
            posix_spawn_file_actions_addopen(&actions, standard, "/dev/null", O_RDWR, 0)
        }
        var process = pid_t()
        let result = withCStrings([program, name]) { arguments in
            withCStrings(environment) { posix_spawn(&process, program, &actions, nil, arguments, $0) }
        }
        guard result == 0 else { throw PrivateJournaldError("posix_spawn", result) }
        return process
    }
}

/// What kept a private journald from running.
public struct PrivateJournaldError: Error, Hashable, Sendable, CustomStringConvertible {
    public let call: String
    /// errno(3).
    public let errno: Int32

    init(_ call: String, _ errno: Int32) {
        self.call = call
        self.errno = errno
    }

    public var description: String { "\(call): \(String(cString: strerror(errno)))" }
}

/// Where journald reports that it is ready, as to a service manager (sd_notify(3)).
private struct ReadinessSocket: ~Copyable {
    let path: String
    private let descriptor: Int32

    init(path: String) throws(PrivateJournaldError) {
        self.path = path
        unlink(path)
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw PrivateJournaldError("socket", errno) }
        let result = withUnixAddress(path) { bind(descriptor, $0, $1) }
        guard result == 0 else { throw PrivateJournaldError("bind", errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Blocks for ten seconds at most; it takes some 50 ms.
    func waitUntilReady() throws(PrivateJournaldError) {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, 10_000) > 0 else { throw PrivateJournaldError("systemd-journald", ETIMEDOUT) }
    }
}

private func withUnixAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    return withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
