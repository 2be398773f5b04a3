/// What is done to the daemon, its journal and its disk.
enum Fault: String, CaseIterable, Sendable {
    case killed = "the daemon is killed"
    case killedAtCall = "the daemon is killed at a system call"
    case stopped = "the daemon is stopped in order"
    case syncFails = "fdatasync fails (EIO); the daemon ends"
    case writeFails = "a write fails (EIO); the daemon ends"
    case noRoom = "writes find no room (ENOSPC) for a while"
    case sendRefused = "sends to the journal are refused for a while"
    case journalPaused = "journald is stopped, and continued"
    case journalPausedOverKill = "journald is stopped, the daemon killed and started, journald continued"
    case journalRestarted = "journald is restarted"
    case journalKilled = "journald is killed, and started"
    case diskFull = "the disk is full for a while"
    case diskFullOverKill = "the disk is full, and the daemon killed meanwhile"

    /// Whether it needs a disk of the daemon's own that can be filled.
    var needsSmallDisk: Bool { self == .diskFull || self == .diskFullOverKill }

    /// How often it is picked, beside the others. What is injected with strace takes longest.
    var weight: Int {
        switch self {
        case .killed, .killedAtCall: 4
        case .journalPausedOverKill: 3
        case .stopped: 1
        default: 2
        }
    }
}

/// What happened over all rounds.
struct Figures: Sendable {
    var rounds = 0
    var acknowledged = 0
    var refused = 0
    var inDoubt = 0
    var told = 0
    var starts = 0
    /// Said more than five seconds after they were due.
    var late = 0
    var latest = 0
    var happened: [Fault: Int] = [:]
    /// Where the daemon went on or ended because of it: for what is injected, that strace saw it injected.
    var struck: [Fault: Int] = [:]

    mutating func add(_ other: Figures) {
        rounds += other.rounds
        acknowledged += other.acknowledged
        refused += other.refused
        inDoubt += other.inDoubt
        told += other.told
        starts += other.starts
        late += other.late
        latest = max(latest, other.latest)
        happened.merge(other.happened, uniquingKeysWith: +)
        struck.merge(other.struck, uniquingKeysWith: +)
    }
}

/// Why a round failed.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
