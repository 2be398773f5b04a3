import ConveneAPI
import ConveneTestSupport
import Glibc
import Varlink
import VarlinkClient

/// One round: a daemon with a journald and a disk of its own, clients that plan and edit, and a few faults at random
/// moments; at the end, everything that was promised must hold.
final class Round {
    let seed: UInt64
    private var random: SplitMix64
    private let journal: PrivateJournald
    private let disk: SmallDisk?
    private let daemon: RunningDaemon
    private var secretaries: [Secretary] = []
    private var figures = Figures()
    /// What happened, for whoever looks into a failure.
    private var story: [String] = []
    /// The daemon may have ended by itself since: a fault was injected that is to end it, also where strace let go of it
    /// before it noted that.
    private var mayHaveEnded = false

    private static let countFaults = 3

    init(seed: UInt64) throws {
        self.seed = seed
        random = SplitMix64(seed: seed)
        journal = try PrivateJournald()
        disk = Int.random(in: 0..<5, using: &random) == 0 ? try SmallDisk() : nil
        daemon = RunningDaemon(journal: journal, database: disk.map { "\($0.mountPoint.path)/convene.db" })
    }

    /// Where its files are while it runs.
    var places: String { "\(daemon.home.path) \(journal.directory) \(disk?.mountPoint.path ?? "")" }

    /// Runs it to its verdict.
    func run() async throws -> Figures {
        defer { for secretary in secretaries { secretary.stop() } }
        try await start()
        secretaries = (1...3).map {
            Secretary(name: "s\($0)", socketPath: daemon.socketPath, seed: seed &* 31 &+ UInt64($0))
        }
        for _ in 1...Round.countFaults {
            try await pass(milliseconds: 50...500)
            let fault = pick()
            note(fault.rawValue)
            figures.happened[fault, default: 0] += 1
            if try await commit(fault) { figures.struck[fault, default: 0] += 1 }
            try await ensureRunning()
        }
        try await pass(milliseconds: 50...300)
        for secretary in secretaries { secretary.stop() }
        try await eventually("the clients to stop", within: .seconds(60)) { secretaries.allSatisfy(\.isOver) }
        try await settle()
        figures.rounds = 1
        try await judge()
        return figures
    }

    /// Keeps everything for whoever looks into it, and says where.
    func keep() -> String {
        let place = "/tmp/convene-torture-\(seed)"
        _ = try? ChildProcess("rm", ["-rf", place]).look()
        mkdir(place, 0o755)
        for (name, directory) in [
            ("daemon", daemon.home.path), ("disk", disk?.mountPoint.path ?? ""), ("journal", journal.directory),
        ] where !directory.isEmpty {
            guard let copy = try? ChildProcess("cp", ["-a", directory, "\(place)/\(name)"]) else { continue }
            while copy.look() == nil { poll(nil, 0, 5) }
        }
        let plans = secretaries.flatMap(\.plans).map { "\($0)" }
        let text = (story + ["", daemon.log, ""] + plans).joined(separator: "\n") + "\n"
        if let file = fopen("\(place)/story", "w") {
            fputs(text, file)
            fclose(file)
        }
        return place
    }

    // MARK: The course of it

    private func note(_ text: String) { story.append("\(now()) \(text)") }

    private func pick() -> Fault {
        let faults = Fault.allCases.filter { disk != nil || !$0.needsSmallDisk }
        var place = Int.random(in: 0..<faults.reduce(0) { $0 + $1.weight }, using: &random)
        for fault in faults {
            if place < fault.weight { return fault }
            place -= fault.weight
        }
        return .killed
    }

    /// Waits for a random moment.
    private func pass(milliseconds range: ClosedRange<Int>) async throws {
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .milliseconds(Int.random(in: range, using: &random)))
        try await eventually("a moment") { clock.now >= end }
    }

    private func start() async throws {
        figures.starts += 1
        try await daemon.start()
    }

    private func ensureRunning() async throws {
        guard !daemon.isRunning else { return }
        let ending = try await daemon.end()
        guard mayHaveEnded, ending == .exited(1) || ending == .killed(signal: SIGKILL) else {
            throw Failure("convened ended by itself (\(ending)): \(daemon.log)")
        }
        mayHaveEnded = false
        try await start()
    }

    /// Lets a fault happen, and ends it; says whether it struck.
    private func commit(_ fault: Fault) async throws -> Bool {
        switch fault {
        case .killed:
            try await daemon.kill()
            try await start()
            return true
        case .stopped:
            let ending = try await daemon.stop()
            // It may be ending of the fault before: of a write that strace let go in the middle of it.
            guard ending == .exited(0) || mayHaveEnded && ending == .exited(1) else {
                throw Failure("not stopped in order: \(daemon.log)")
            }
            mayHaveEnded = false
            try await start()
            return true
        case .killedAtCall:
            let call = ["fdatasync", "pwrite64", "sendto,sendmsg", "read", "openat,ftruncate,write"].randomElement(
                using: &random)
            return try await inject("signal=KILL", at: call ?? "fdatasync", isFatal: true)
        case .syncFails: return try await inject("error=EIO", at: "fdatasync,fsync", isFatal: true)
        case .writeFails: return try await inject("error=EIO", at: "pwrite64", isFatal: true)
        case .noRoom: return try await inject("error=ENOSPC", at: "pwrite64", isFatal: false)
        case .sendRefused:
            let error = ["EAGAIN", "ECONNREFUSED", "ENOBUFS"].randomElement(using: &random) ?? "EAGAIN"
            return try await inject("error=\(error)", at: "sendto,sendmsg", isFatal: false)
        case .journalPaused:
            journal.pause()
            defer { journal.resume() }
            try await pass(milliseconds: 50...600)
            return true
        case .journalPausedOverKill:
            journal.pause()
            defer { journal.resume() }
            try await pass(milliseconds: 50...600)
            try await daemon.kill()
            try await start()
            try await pass(milliseconds: 0...200)
            return true
        case .journalRestarted, .journalKilled:
            if fault == .journalKilled { journal.kill() } else { journal.stop() }
            try await pass(milliseconds: 0...300)
            try journal.start()
            return true
        case .diskFull, .diskFullOverKill: return try await fillDisk(killing: fault == .diskFullOverKill)
        }
    }

    /// Injects something into system calls of the daemon; of each thread, from the n-th such call on.
    private func inject(_ what: String, at calls: String, isFatal: Bool) async throws -> Bool {
        let first = Int.random(in: 1...4, using: &random)
        let when = isFatal ? "\(first)" : "\(first)+"
        note("inject \(calls):\(what):when=\(when)")
        let strace: Strace
        do {
            strace = try await Strace.attached(
                to: daemon, ["-e", "trace=\(calls)", "-e", "inject=\(calls):\(what):when=\(when)"])
        } catch let refused as Strace.Refused {
            // It may be ending of the fault before, and a process that ends lets nobody attach.
            guard try await ends() else { throw refused }
            return false
        }
        // A strace that lets go in the middle of a call leaves it with ENOSYS, which for a write is no full disk.
        if isFatal || calls == "pwrite64" { mayHaveEnded = true }
        let bound = Int.random(in: 100...500, using: &random)
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .milliseconds(bound))
        try await eventually("the fault") { clock.now >= end || !daemon.isRunning }
        // Where it has ended, so has strace.
        try await strace.detach()
        let struck =
            !daemon.isRunning
            || strace.lines.contains { $0.contains("INJECTED") || $0.contains("killed by SIGKILL") }
        guard struck, isFatal else { return struck }
        // It is about to end because of it. Not where a checkpoint was hit: SQLite keeps its log of writes then, and
        // the daemon may go on, as long as nothing is missing in the end.
        guard try await !ends() else { return true }
        note("the daemon goes on")
        return !daemon.isRunning
    }

    /// Whether the daemon, which may be ending, does so in a few seconds.
    private func ends() async throws -> Bool {
        do {
            try await eventually("the end of the daemon", within: .seconds(3)) { !daemon.isRunning }
            return true
        } catch is TimeoutError {
            return false
        }
    }

    private func fillDisk(killing: Bool) async throws -> Bool {
        guard let disk else { return false }
        disk.fill()
        defer { disk.clear() }
        try await pass(milliseconds: 50...500)
        guard killing else { return true }
        try await daemon.kill()
        do {
            try await start()
        } catch let error as RunningDaemon.StartError {
            // It may refuse to start, if it says why.
            guard error.ending == .exited(1), error.log.contains("full") else { throw error }
            note("not started: \(error.log)")
            mayHaveEnded = true
        }
        try await pass(milliseconds: 0...200)
        return true
    }

    // MARK: The end of it

    /// Waits until everything that is due was said.
    private func settle() async throws {
        try await ensureRunning()
        let last = secretaries.flatMap { $0.plans.flatMap(\.due) }.max() ?? 0
        try await eventually("the last reminder to be due", within: .seconds(60)) { now() > last }
        let client = try UnixSocketClient(path: daemon.socketPath)
        // Behind this entry, whatever was sent before and did not arrive is known to be lost.
        guard try client.call(TestNotification.self, TestNotification.Parameters()).seen else {
            throw Failure("the journal was not read back")
        }
        try await eventually("everything to be said", within: .seconds(90)) {
            try client.call(GetStatus.self, GetStatus.Parameters()).pending == 0
        }
    }

    private func judge() async throws {
        if let problem = secretaries.compactMap(\.problem).first { throw Failure(problem) }
        let client = try UnixSocketClient(path: daemon.socketPath)
        var starts: [String: [String]] = [:]
        let asked = List.Parameters(from: "2019-01-01", statuses: Status.allCases)
        try client.stream(List.self, asked) { reply in
            for occurrence in reply.occurrences {
                starts[occurrence.summary, default: []].append(occurrence.there.start)
            }
            return true
        }
        let status = try client.call(GetStatus.self, GetStatus.Parameters())
        try journal.synchronize()
        let verdict = Verdict(
            secretaries: secretaries, starts: starts, entries: try await journal.entries("-t", "convened"),
            status: status)
        let faults = try verdict.faults()
        figures.told = verdict.told
        figures.late = verdict.late
        figures.latest = verdict.latest
        for secretary in secretaries {
            let (acknowledged, refused, inDoubt) = secretary.countAnswers
            figures.acknowledged += acknowledged
            figures.refused += refused
            figures.inDoubt += inDoubt
        }
        guard faults.isEmpty else { throw Failure(faults.joined(separator: "\n")) }
        let check = try await daemon.convene("check")
        guard check.status == 0 else { throw Failure("convene check: \(check.output)\(check.errors)") }
        guard try await daemon.stop() == .exited(0) else { throw Failure("not stopped in order: \(daemon.log)") }
    }
}
