import ConveneTestSupport
import Foundation
import Glibc
import Synchronization

// torture [ROUNDS] [--seed N] [--lanes N]: so many rounds with the programs in CONVENE_BUILT, several at a time; after
// the first that fails none begins. What is done in a round, and in what order, follows from its seed; at which moment
// exactly, from the machine.
let arguments = Array(CommandLine.arguments.dropFirst())

func option(_ name: String) -> UInt64? {
    guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
    return UInt64(arguments[place + 1])
}

// The small disks are mounted where nobody else sees them.
if getenv("CONVENE_TORTURE_INSIDE") == nil {
    setenv("CONVENE_TORTURE_INSIDE", "1", 1)
    let rights = geteuid() == 0 ? [] : ["--map-root-user"]
    let command = ["unshare", "--mount"] + rights + [CommandLine.arguments[0]] + arguments
    execvp(command[0], command.map { strdup($0) } + [nil])
    print("unshare cannot be run: \(String(cString: strerror(errno)))")
    exit(1)
}

let count = arguments.first.flatMap { Int($0) } ?? 100
let first = option("--seed") ?? UInt64(time(nil))
let lanes = Int(option("--lanes") ?? 4)
let started = time(nil)
let next = Mutex(0)
let total = Mutex(Figures())
let hasFailed = Mutex(false)

/// Runs rounds until there are none left.
@Sendable func runLane() async {
    while true {
        let index = next.withLock { next in
            defer { next += 1 }
            return next
        }
        guard index < count else { return }
        let seed = first &+ UInt64(index)
        var place = ""
        do {
            let round = try Round(seed: seed)
            // A round takes a few seconds; one that hangs is a failure too.
            let places = round.places
            let watchdog = Watchdog(seconds: 400) {
                tell(seed, "it hangs", kept: places)
                exit(1)
            }
            defer { watchdog.stop() }
            do {
                let figures = try await round.run()
                let done = total.withLock { total in
                    total.add(figures)
                    return total.rounds
                }
                if done % 20 == 0 { say("\(done) rounds after \(time(nil) - started) s") }
            } catch {
                place = round.keep()
                throw error
            }
        } catch {
            // The others end their rounds; none begins.
            next.withLock { $0 = count }
            hasFailed.withLock { $0 = true }
            tell(seed, "\(error)", kept: place)
        }
    }
}

@Sendable func say(_ line: String) {
    print(line)
    fflush(nil)
}

@Sendable func tell(_ seed: UInt64, _ reason: String, kept place: String) {
    say("FAILED: the round of seed \(seed): \(reason)")
    say("What it left behind: \(place)")
    say("Again: make torture ROUNDS=1 SEED=\(seed)")
}

say("\(count) rounds from seed \(first) on, \(lanes) at a time")
await withTaskGroup { group in
    for _ in 0..<lanes {
        group.addTask { await withTaskExecutorPreference(SerialThread()) { await runLane() } }
    }
}
if hasFailed.withLock({ $0 }) { exit(1) }
let figures = total.withLock { $0 }
say(
    "\(figures.rounds) rounds in \(time(nil) - started) s, \(figures.starts) starts: \(figures.acknowledged) writes"
        + " acknowledged, \(figures.refused) refused, \(figures.inDoubt) without an answer; \(figures.told) reminders.")
say(
    "No acknowledged write missing, no reminder lost, none doubled, none early; \(figures.late) were 5 s late or more,"
        + " the latest \(figures.latest) s. 'convene check' was content each time.")
say("Faults, and how many of them the daemon met:")
for fault in Fault.allCases {
    say(column(figures.happened[fault] ?? 0) + column(figures.struck[fault] ?? 0) + "  " + fault.rawValue)
}
let absent = Fault.allCases.filter { (figures.struck[$0] ?? 0) == 0 }
if count >= 100, !absent.isEmpty {
    say("FAILED: never met: \(absent.map(\.rawValue).joined(separator: "; "))")
    exit(1)
}

func column(_ number: Int) -> String {
    let text = "\(number)"
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
}
