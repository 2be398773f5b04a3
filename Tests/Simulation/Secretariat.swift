import ConveneCore
import ConveneDaemon
import ConveneStore
import Glibc
import Logging
import SimulatedDisk
import Synchronization
import ZonedTime

/// One database with the daemons that work on it, one life after the other, and the checker of what they say.
final class Secretariat {
    /// One life of a daemon.
    struct Life {
        let store: MeetingStore
        let parts: ReminderParts
        let clock: SimulatedClock
        var courier: CourierRound
        let directory: String
        var mustSend = true
        /// How far the journal had come when it was last looked at.
        var seenVersion = -1
    }

    /// An edit whose acknowledgement did not come: it happened, or it did not.
    struct OpenEdit {
        enum What {
            /// What note is taken of with it stands last.
            case meeting(String, AgreedMeeting?, revision: Int, noted: Acknowledged?)
            case sheets(AgreedSheets?)
        }

        let what: What
        /// The dates of its series have other names with it, or one has none.
        var move: SeriesMove?
        /// What is asked, or no longer, because of it.
        var questions: [Question] = []
        let at: Int64
        let owedSince: Int64
        /// It takes the last one back at once.
        let isSlip: Bool
    }

    /// About a meeting that waits for the one that is edited.
    struct Question {
        let uid: String
        let former: AgreedQuestion?
        let present: AgreedQuestion?
    }

    let name: String
    let uid: Int
    let home: String
    let checker: Checker
    var pace: Pace
    var life: Life?
    var lives = 0
    var openEdit: OpenEdit?
    var revisions: [String: Int] = [:]
    var numbers: [String: Int] = [:]
    /// What was agreed before the last edit, so that it can be undone.
    var lastEdit: (before: Before, at: Int64)?

    enum Before {
        case meeting(String, AgreedMeeting?)
        case sheets(AgreedSheets?)
    }

    var backup: Backup?

    /// A copy of the database, and what was so when it was taken.
    struct Backup {
        let directory: String
        let checker: Checker.Backup
        let revisions: [String: Int]
        let numbers: [String: Int]
    }

    /// Whether nothing was in the way and nothing under way when it was judged last.
    var isResting = false
    /// Since when nothing was in the way and it did not rest, microseconds of the clock that never steps.
    var restlessSince: Int64?
    /// Sent, and not yet recorded.
    var inFlight: Set<String> = []
    /// The last entry that was read, and the last of which all up to it was recorded.
    var lastRead = 0
    var recordedUpTo = 0
    var lastSent: OutgoingEntry?
    private(set) var databaseID: String

    init(name: String, uid: Int, home: String, checker: Checker, pace: Pace) {
        self.name = name
        self.uid = uid
        self.home = home
        self.checker = checker
        self.pace = pace
        databaseID = checker.database
    }

    func adopt(databaseID: String) { self.databaseID = databaseID }

    /// The directory of the present or the last life.
    var directory: String { "\(home)/\(name)-\(lives)" }
    var path: String { "\(directory)/convene.db" }

    var isAlive: Bool { life != nil }

    /// Ends the process as `kill -9` does, or the machine with it.
    ///
    /// - Parameter keeping: of each file so many of the operations that were not synced; `nil` keeps all.
    func die(keeping: Int? = nil) {
        guard let life else { return }
        simulated_disk_kill(life.directory)
        if let keeping { simulated_disk_revert(life.directory, Int32(keeping)) }
        self.life = nil
        inFlight = []
        lastRead = 0
        let next = "\(home)/\(name)-\(lives + 1)"
        copyDatabase(from: life.directory, to: next)
        try? life.store.close()
        removeDirectory(life.directory)
        lives += 1
    }

    /// Copies the database as it lies there.
    func copyDatabase(from: String, to: String) {
        mkdir(to, 0o700)
        for suffix in ["", "-wal"] { copyFile("\(from)/convene.db\(suffix)", "\(to)/convene.db\(suffix)") }
    }

    func removeDirectory(_ directory: String) {
        simulated_disk_forget(directory)
        for suffix in ["", "-wal", "-shm", "-journal", ".lock"] { unlink("\(directory)/convene.db\(suffix)") }
        rmdir(directory)
    }

    private func copyFile(_ from: String, _ to: String) {
        let source = open(from, O_RDONLY)
        guard source >= 0 else { return }
        defer { close(source) }
        let target = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard target >= 0 else { return }
        defer { close(target) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count > 0, write(target, buffer, count) == count else { return }
        }
    }
}
