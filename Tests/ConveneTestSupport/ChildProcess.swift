internal import Glibc
internal import Synchronization

/// A program that a test runs: its output goes to files, so that it never waits for a reader.
///
/// It is killed when the last reference to it goes.
public final class ChildProcess: Sendable {
    /// How a program ended.
    public enum Ending: Hashable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    public let pid: Int32
    private let files: TemporaryDirectory
    private let ending = Mutex<Ending?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: its path, or a name that is looked for on the `PATH`.
    ///   - environment: all that it gets, besides where programs and the runtime's libraries are.
    ///   - input: what it reads from standard input.
    public init(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], input: [UInt8] = []
    ) throws(ChildProcessError) {
        let files = TemporaryDirectory()
        files.write(input, to: "input")
        self.files = files
        pid = try ChildProcess.spawn([program] + arguments, environment, files.path)
    }

    deinit {
        guard ending.withLock({ $0 }) == nil else { return }
        Glibc.kill(pid, SIGKILL)
        // One that is stopped takes the signal all the same.
        while waitpid(pid, nil, 0) < 0 && errno == EINTR {}
    }

    /// What it has written so far to standard output.
    public var output: String { contents(of: "\(files.path)/output") }

    /// What it has written so far to standard error.
    public var errors: String { contents(of: "\(files.path)/errors") }

    /// Sends it a signal, unless it has ended.
    public func signal(_ number: Int32) {
        if look() == nil { Glibc.kill(pid, number) }
    }

    /// How it has ended; `nil` while it runs.
    public func look() -> Ending? {
        ending.withLock { ending in
            if let ending { return ending }
            var status: Int32 = 0
            guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
            // wait(2): the low seven bits are the signal's number, or 0 after an exit.
            let signal = status & 0x7F
            ending = signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
            return ending
        }
    }

    /// Waits for its end.
    @discardableResult
    public func end(within bound: Duration = .seconds(180)) async throws -> Ending {
        try await eventually("the end of process \(pid)", within: bound) { look() }
    }

    private static func spawn(
        _ command: [String], _ environment: [String: String], _ files: String
    ) throws(ChildProcessError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "\(files)/input", O_RDONLY, 0)
        let flags = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "\(files)/output", flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "\(files)/errors", flags, 0o600)

        // The threads of Swift's runtimes block signals, and a program would inherit that from the one that starts it.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var variables = environment
        for name in ["PATH", "LD_LIBRARY_PATH"] where variables[name] == nil {
            variables[name] = getenv(name).map { String(cString: $0) }
        }
        var pid = pid_t()
        let failure = withCStrings(command) { arguments in
            withCStrings(variables.map { "\($0.key)=\($0.value)" }) {
                posix_spawnp(&pid, command[0], &actions, &attributes, arguments, $0)
            }
        }
        guard failure == 0 else { throw ChildProcessError(program: command[0], errno: failure) }
        return pid
    }
}

/// Why a program could not be started.
public struct ChildProcessError: Error, Hashable, Sendable, CustomStringConvertible {
    public let program: String
    /// errno(3).
    public let errno: Int32

    public var description: String { "\(program) cannot be started: \(String(cString: strerror(errno)))" }
}

/// Where the package's own programs are: beside the tests, or where `CONVENE_BUILT` says.
public enum BuiltPrograms {
    public static func path(_ name: String) -> String {
        if let place = getenv("CONVENE_BUILT") { return "\(String(cString: place))/\(name)" }
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = max(readlink("/proc/self/exe", &bytes, bytes.count), 0)
        let tests = String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(tests[..<(tests.lastIndex(of: "/") ?? tests.startIndex)])/\(name)"
    }
}

/// A whole file as text; empty where there is none.
func contents(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        if count == 0 { return String(decoding: bytes, as: UTF8.self) }
        bytes += chunk[..<count]
    }
}

/// The strings as C's `argv` and `envp` want them: pointers, and `nil` at the end.
func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
}
