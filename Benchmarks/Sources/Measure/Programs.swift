import Glibc

/// Where the programs are that are measured.
struct Programs {
    let built: String
    let sampleSchedule: String

    var convene: String { "\(built)/convene" }
    var convened: String { "\(built)/convened" }
}

/// What a measurement cannot go on without.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A program that was started.
final class Child {
    let pid: pid_t

    init(_ words: [String], environment: [String: String] = [:], output: String = "/dev/null") throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        var pid = pid_t()
        var settings = environment
        for name in ["PATH", "TZ", "LANG"] where settings[name] == nil {
            settings[name] = getenv(name).map { String(cString: $0) }
        }
        let arguments = words.map { strdup($0) } + [nil]
        let variables = settings.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        let result = posix_spawnp(&pid, words[0], &actions, nil, arguments, variables)
        guard result == 0 else { throw Failure("\(words[0]): \(String(cString: strerror(result)))") }
        self.pid = pid
    }

    /// Its status at its end, once it has ended (wait(2)).
    private(set) var ending: Int32?

    var isRunning: Bool {
        guard ending == nil else { return false }
        var status: Int32 = 0
        if waitpid(pid, &status, WNOHANG) == pid { ending = status }
        return ending == nil
    }

    /// Waits for its end.
    @discardableResult
    func status() -> Int32 {
        if let ending { return ending }
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        ending = status
        return status
    }

    /// Peak resident memory in KiB (proc(5), VmHWM).
    var peakMemory: Int {
        guard let file = fopen("/proc/\(pid)/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("VmHWM:") { return Int(text.filter(\.isNumber)) ?? 0 }
        }
        return 0
    }
}

/// A daemon on a database of its own.
final class Daemon: @unchecked Sendable {
    let directory: String
    /// From its start until it said READY, in milliseconds.
    private(set) var readyAfter = 0.0
    private(set) var child: Child
    private let programs: Programs
    private let journal: Journal?

    /// - Parameter journal: where it writes; none where nothing is due meanwhile.
    init(_ programs: Programs, in directory: String, journal: Journal? = nil) throws {
        self.directory = directory
        self.programs = programs
        self.journal = journal
        (child, readyAfter) = try Daemon.launch(programs, directory, journal)
    }

    var socketPath: String { "\(directory)/socket" }

    private static func launch(
        _ programs: Programs, _ directory: String, _ journal: Journal?
    ) throws -> (Child, Double) {
        let path = "\(directory)/notify"
        unlink(path)
        let notify = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(notify) }
        guard withUnixAddress(path, { bind(notify, $0, $1) }) == 0 else { throw Failure("bind: errno \(errno)") }
        let start = Clock.seconds()
        let child = try Child(
            [programs.convened, "--database", "\(directory)/schedule.db", "--socket", "\(directory)/socket"],
            environment: [
                "NOTIFY_SOCKET": path, "CONVENE_JOURNAL_SOCKET": journal?.socketPath ?? "\(directory)/no-journal",
                "CONVENE_JOURNAL_DIRECTORY": journal?.directory ?? directory,
            ])
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            var request = pollfd(fd: notify, events: Int16(POLLIN), revents: 0)
            guard poll(&request, 1, 30_000) > 0 else { throw Failure("the daemon did not get ready") }
            let count = recv(notify, &buffer, buffer.count, 0)
            if String(decoding: buffer[..<max(0, count)], as: UTF8.self).contains("READY=1") { break }
        }
        return (child, (Clock.seconds() - start) * 1_000)
    }

    func restart() throws {
        stop()
        (child, readyAfter) = try Daemon.launch(programs, directory, journal)
    }

    func stop() {
        kill(child.pid, SIGTERM)
        child.status()
    }
}

enum Clock {
    /// Seconds of a clock that never steps.
    static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Seconds that `body` takes.
    static func measure(_ body: () throws -> Void) rethrows -> Double {
        let start = seconds()
        try body()
        return seconds() - start
    }
}

/// A folder that goes away after `body`.
func withTemporaryDirectory<Value>(_ body: (String) throws -> Value) throws -> Value {
    let path = try makeTemporaryDirectory()
    defer { remove(path) }
    return try body(path)
}

/// On the disk, not in memory: the daemon waits for it at each commit.
func makeTemporaryDirectory() throws -> String {
    var template = Array("/var/tmp/convene-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure("mkdtemp: errno \(errno)") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

func remove(_ directory: String) {
    _ = try? Child(["rm", "-rf", directory]).status()
}

func withUnixAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    return withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
