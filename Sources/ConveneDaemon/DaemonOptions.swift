import Glibc
import LinuxTime
import Systemd

/// Where the daemon finds what it needs: from the command line, the environment, and what is usual.
public struct DaemonOptions: Sendable {
    /// `--database`
    public var database: String?
    /// `--socket`
    public var socket: String?
    /// `--rehearse`, as typed.
    public var rehearse: String?

    public init(database: String? = nil, socket: String? = nil, rehearse: String? = nil) {
        self.database = database
        self.socket = socket
        self.rehearse = rehearse
    }
}

/// The paths that a daemon uses.
struct DaemonPaths: Sendable {
    /// `nil` in a rehearsal, which makes its own.
    var database: String?
    /// `nil` where the service manager passed a socket.
    var socket: String?
    var journalSocket: String
    /// `nil` stands for the machine's own journal.
    var journalDirectory: String?

    static let interface = "org.convene.Schedule"

    /// - Parameter hasPassedSocket: the service manager listens already.
    init(_ options: DaemonOptions, hasPassedSocket: Bool, environment: (String) -> String?) throws(DaemonProblem) {
        database = options.rehearse == nil ? try DaemonPaths.database(options, environment) : nil
        socket = hasPassedSocket ? nil : try DaemonPaths.socket(options, environment)
        journalSocket = environment("CONVENE_JOURNAL_SOCKET") ?? JournalWriter.systemSocketPath
        journalDirectory = environment("CONVENE_JOURNAL_DIRECTORY")
    }

    /// With `STATE_DIRECTORY` it is the system service, else a user's (XDG Base Directory Specification).
    private static func database(
        _ options: DaemonOptions, _ environment: (String) -> String?
    ) throws(DaemonProblem) -> String {
        if let path = options.database { return path }
        if let state = environment("STATE_DIRECTORY").flatMap({ $0.split(separator: ":").first }) {
            return "\(state)/convene.db"
        }
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/convene/convene.db" }
        guard let home = environment("HOME"), !home.isEmpty else { throw .noHome }
        return "\(home)/.local/state/convene/convene.db"
    }

    private static func socket(
        _ options: DaemonOptions, _ environment: (String) -> String?
    ) throws(DaemonProblem) -> String {
        if let path = options.socket { return path }
        let folder = options.rehearse == nil ? "convene" : "convene/rehearsal"
        if environment("STATE_DIRECTORY") != nil { return "/run/\(folder)/\(interface)" }
        guard let runtime = environment("XDG_RUNTIME_DIR"), !runtime.isEmpty else { throw .noRuntimeDirectory }
        return "\(runtime)/\(folder)/\(interface)"
    }
}

/// Makes a directory and those above it, for this user only.
func makeDirectories(above path: String) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let directory = String(path[..<slash])
    var existing = stat()
    guard stat(directory, &existing) != 0 else { return }
    makeDirectories(above: directory)
    // What stands in the way shows itself when the file is opened.
    _ = mkdir(directory, 0o700)
}
