public import ConveneStore
import VarlinkNIO

/// Why the daemon cannot run: a sentence for the person who started it.
public enum DaemonProblem: Error, Sendable, CustomStringConvertible {
    case noHome
    case noRuntimeDirectory
    case store(StoreError)
    case socket(String)
    case zones(path: String)
    case rehearsalTime(text: String, reason: String)
    case clock(String)
    case other(String)

    public var description: String {
        switch self {
        case .noHome: "neither HOME nor XDG_STATE_HOME is set; say where the schedule is kept: --database PATH"
        case .noRuntimeDirectory: "XDG_RUNTIME_DIR is not set; say where to listen: --socket PATH"
        case .store(let error): DaemonProblem.sentence(error)
        case .socket(let reason): reason
        case .zones(let path):
            "there is no time zone data in \(path); install tzdata, or say with TZDIR where it is"
        case .rehearsalTime(let text, let reason):
            "--rehearse \(text): \(reason); give a time such as 2019-09-11T00:00Z"
        case .clock(let reason): "the system's timer cannot be used: \(reason)"
        case .other(let reason): reason
        }
    }

    private static func sentence(_ error: StoreError) -> String {
        switch error {
        case .notOurs(let path): "\(path) is not a database of convene; it was not touched"
        case .newer(let path, let found, let known):
            "\(path) was written by a newer convene (version \(found), this one knows \(known)); it was not touched"
        case .damaged(let path, let reason):
            "\(path) is damaged: \(reason); restore a backup, or look at it with: sqlite3 \(path) 'PRAGMA integrity_check'"
        case .inUse(let path, let pid): "\(path) is in use by another convened, process \(pid)"
        case .cannotOpen(let path, let reason): "\(path) cannot be opened: \(reason)"
        case .full: "the disk is full"
        case .readOnly: "the database cannot be written: check the rights of its file and directory"
        case .inputOutput(let reason): "the disk failed: \(reason); the daemon starts anew to see what is true"
        case .replaced(let path):
            "\(path) was deleted or replaced while it was in use; what was written last is not in it:"
                + " put the right file there, and start the daemon again"
        case .failed(let reason): "the database refused: \(reason)"
        case .unreadable(let table, let column, let value):
            "the database holds what this program cannot read: \(table) \(column) '\(value)'"
        case .closed: "the store is closed"
        }
    }
}

extension DaemonProblem {
    /// Any error that ends the daemon.
    init(_ error: any Error) {
        switch error {
        case let problem as DaemonProblem: self = problem
        case let error as StoreError: self = .store(error)
        default: self = .other("\(error)")
        }
    }
}
