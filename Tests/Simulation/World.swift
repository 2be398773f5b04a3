import ConveneCore
import ConveneDaemon
import ConveneStore
import Glibc
import Logging
import SimulatedDisk
import ZonedTime

/// A year of one or two secretariats, with everything going wrong that can.
///
/// One thread, one order of events: what happens is a function of the seed.
final class World {
    struct Happening {
        let at: Int64
        let what: What
        enum What {
            case nextEvent
            case startDaemon(Int)
            case startJournal
            case makeReadable
            case emptyDisk
            case undo(Int)
            case editAhead(Int)
            case powerCut
        }
    }

    let seed: UInt64
    var random: RandomSource
    let time: SimulatedTime
    let zones = SimulatedZones()
    let journal = SimulatedJournal()
    var secretariats: [Secretariat] = []
    var agenda: [Happening] = []
    var boot = 1
    var ids = 0
    var isCalm = false
    var isDiskFull = false
    /// How often each fault happened, and how often between a send and its record.
    var happened: [Fault: Int] = [:]
    var struck: [Fault: Int] = [:]
    var violation: Violation?
    var trace: [String] = []
    var isTracing = false
    let home: String
    /// How likely each fault is in this world: some worlds have none of a kind.
    var weights: [Fault: Double] = [:]
    /// In some worlds nobody wants the day's sheet.
    var hasSheets = false
    /// In some worlds few late ones may be said at once, as if weeks of thousands had been missed.
    var lateLimit: Int?
    let logger = Logger(label: "simulation", factory: { _ in SwiftLogNoOpLogHandler() })
    private var identities: [String: Int] = [:]
    private var stalled = 0
    private var turns = 0

    static let year: Int64 = 365 * 86_400 * 1_000_000
    static let start: Int64 = 1_798_761_600
    /// Microseconds within which all is said and recorded once nothing is in the way: the longest pause before a fence,
    /// and a second for what comes of it.
    static let longestUnrest: Int64 = 61_000_000

    init(seed: UInt64, home: String) {
        self.seed = seed
        self.home = home
        random = RandomSource(seed: seed)
        time = SimulatedTime(startingAt: Instant(secondsSinceEpoch: World.start))
        journal.onAppear = { [unowned self] in appeared($0) }
    }

    var wall: Int64 { time.now.secondsSinceEpoch }

    func newID() -> String {
        ids += 1
        var bits = RandomSource(seed: seed &* 1_000_003 &+ UInt64(ids))
        let digits = String(bits.next(), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    func note(_ text: @autoclosure () -> String) {
        guard isTracing else { return }
        trace.append("\(time.microseconds) \(wall - World.start) \(text())")
    }

    // MARK: A year

    func run(days: Int) async throws {
        for fault in Fault.allCases { weights[fault] = random.chance(0.3) ? 0 : Double(random.number(1...4)) }
        hasSheets = random.chance(0.35)
        if random.chance(0.5) { lateLimit = random.number(1...4) }
        try await begin()
        let end = Int64(days) * 86_400 * 1_000_000
        agenda.append(Happening(at: 60_000_000, what: .nextEvent))
        while time.microseconds < end, violation == nil { try await turn() }
        // All is mended, and everything owed has to be said.
        isCalm = true
        mend()
        let calm = time.microseconds + 3 * 86_400 * 1_000_000
        while time.microseconds < calm, violation == nil { try await turn() }
        if violation == nil { for secretariat in secretariats { try check(secretariat) } }
        for secretariat in secretariats { secretariat.die() }
        if let violation { throw violation }
    }

    /// After a year of faults, what is derived is what people wrote.
    private func check(_ secretariat: Secretariat) throws {
        guard let store = secretariat.life?.store else { return }
        var faults = try store.checkFile(limit: 10)
        var last: Int? = 0
        while let number = last {
            let part = try store.check(behind: number, limit: 100, at: time.now)
            faults += part.faults
            last = part.last
        }
        if let fault = faults.first { throw Violation(description: "the check finds \(fault)") }
    }

    private func begin() async throws {
        let checker = Checker(zones: zones, database: "", uids: [1_000])
        let first = Secretariat(name: "first", uid: 1_000, home: home, checker: checker, pace: Pace(limit: lateLimit))
        mkdir(first.directory, 0o700)
        secretariats = [first]
        try await start(0)
    }

    /// Everything that can be done now is done; then time goes on to where something happens next.
    private func turn() async throws {
        turns += 1
        if turns > 1_000_000 { throw Violation(description: "a year has no end: \(agenda) \(journal.state)") }
        try await work()
        guard violation == nil else { return }
        judge()
        guard violation == nil else { return }
        let next = max(nextMoment(), time.microseconds)
        for since in secretariats.compactMap(\.restlessSince) where next - since > World.longestUnrest {
            throw Violation(
                description: "nothing is in its way, and for \((next - since) / 1_000_000) s it comes to no rest")
        }
        time.advance(to: next)
        for secretariat in secretariats { secretariat.checker.passes(wall) }
        journal.syncIfDue(at: time.microseconds)
        for secretariat in secretariats {
            guard let life = secretariat.life, life.clock.takeDeadline() else { continue }
            life.parts.machine { $0.take(.timeReached) }
        }
        while let index = agenda.firstIndex(where: { $0.at <= time.microseconds }) {
            try await perform(agenda.remove(at: index).what)
        }
    }

    private func nextMoment() -> Int64 {
        var moments = agenda.map(\.at)
        if let sync = journal.nextSync { moments.append(sync) }
        for secretariat in secretariats {
            guard let life = secretariat.life else { continue }
            if let deadline = life.clock.deadline { moments.append(time.microseconds(at: deadline)) }
            if let deadline = life.parts.machine({ $0.journalDeadline }) { moments.append(deadline * 1_000) }
        }
        // A millisecond at least: what is due at a time can be worked off before the next.
        return max(moments.min() ?? time.microseconds + 3_600_000_000, time.microseconds + 1_000)
    }

    // MARK: Working

    /// The loops take turns in an order of chance until nothing is left to do at this time.
    private func work() async throws {
        var rounds = 0
        var isQuiet = false
        while !isQuiet, violation == nil {
            isQuiet = true
            rounds += 1
            if rounds > 20_000 { throw Violation(description: "it works without end") }
            for index in secretariats.indices.shuffled(using: &random) {
                for step in [0, 1, 2].shuffled(using: &random) {
                    switch step {
                    case 0: if try await stepScheduler(index) { isQuiet = false }
                    case 1: if stepCourier(index) { isQuiet = false }
                    default: if journal.work(random.number(1...3), at: time.microseconds) { isQuiet = false }
                    }
                    if !isCalm, !isQuiet { try await interfere(index) }
                }
            }
            if !isQuiet { time.advance(by: random.number(Int64(5)...200)) }
        }
    }

    private func stepScheduler(_ index: Int) async throws -> Bool {
        let secretariat = secretariats[index]
        guard let life = secretariat.life else { return false }
        let report = await life.parts.scheduler.step()
        if try await settleDisk(index) { return true }
        guard let report else { return false }
        // What it has done may begin a pause anew.
        secretariat.isResting = false
        secretariat.inFlight.formIntersection(life.parts.machine { $0.held })
        if report.hasOutgoing { secretariat.life?.mustSend = true }
        return true
    }

    /// Ends a life whose disk has crashed or failed.
    func settleDisk(_ index: Int) async throws -> Bool {
        switch simulated_disk_struck() {
        case SIMULATED_DISK_CRASH_BEFORE, SIMULATED_DISK_CRASH_AFTER:
            simulated_disk_disarm()
            let isPowerCut = pendingDiskFault == .powerCutInTransaction
            strike(pendingDiskFault ?? .crashInTransaction, isInFlight: !secretariats[index].inFlight.isEmpty)
            pendingDiskFault = nil
            if isPowerCut {
                powerCut()
            } else {
                crash(index)
            }
            return true
        case SIMULATED_DISK_ERROR:
            simulated_disk_disarm()
            strike(.inputOutputError, isInFlight: !secretariats[index].inFlight.isEmpty)
            pendingDiskFault = nil
            crash(index)
            return true
        default:
            return false
        }
    }

    var pendingDiskFault: Fault?

    private func stepCourier(_ index: Int) -> Bool {
        let secretariat = secretariats[index]
        guard var life = secretariat.life else { return false }
        let (deadline, mustRead) = life.parts.machine { ($0.journalDeadline, $0.mustRead) }
        let isDue = deadline.map { $0 * 1_000 <= time.microseconds } ?? false
        guard life.mustSend || isDue || (mustRead && life.seenVersion != journal.version) else { return false }
        let (isRung, dealings) = (life.mustSend, journal.dealings)
        life.mustSend = false
        life.seenVersion = journal.version
        secretariat.life = life
        var courier = life.courier
        courier.turn(at: time.microseconds, clock: time.now)
        secretariat.life?.courier = courier
        // Where nothing came of it, faults are not drawn until one of them happens to set things right.
        return isRung || journal.dealings != dealings || life.parts.machine { $0.hasNews }
    }

    private func appeared(_ entry: SimulatedJournal.Entry) {
        for secretariat in secretariats {
            let isOwn = entry.fields.contains { $0.name == "CONVENE_DATABASE" && $0.value == secretariat.databaseID }
            guard isOwn, entry.uid == secretariat.uid else { continue }
            note(
                "\(secretariat.name) journal \(entry.number): \(entry.fields.filter { ["CONVENE_KIND", "CONVENE_NOTIFICATION_ID", "MESSAGE"].contains($0.name) }.map(\.value))"
            )
            do { try secretariat.checker.appeared(entry, at: wall) } catch { violation = error as? Violation }
        }
        if secretariats.count > 1, secretariats.allSatisfy({ !$0.inFlight.isEmpty }) {
            strike(.secondDatabase, isInFlight: true)
        }
        checkUnique(entry)
    }

    /// No identity stands in the journal twice, whoever wrote it.
    private func checkUnique(_ entry: SimulatedJournal.Entry) {
        guard secretariats.contains(where: { $0.uid == entry.uid }) else { return }
        for field in entry.fields where field.name == "CONVENE_NOTIFICATION_ID" {
            if let other = identities.updateValue(entry.number, forKey: field.value), journal.entry(other) != nil {
                violation = violation ?? Violation(description: "the journal holds the identity twice: \(field.value)")
            }
        }
    }

    // MARK: Judging

    func isHealthy(_ secretariat: Secretariat) -> Bool {
        secretariat.isAlive && journal.state == .running && journal.dropping == 0 && !journal.isUnreadable
            && !isDiskFull
    }

    private func judge() {
        var isWaiting = false
        // The clock may have been set since the turn began.
        for secretariat in secretariats { secretariat.checker.passes(wall) }
        for secretariat in secretariats where !isHealthy(secretariat) {
            secretariat.checker.isBusy()
            secretariat.isResting = false
            secretariat.restlessSince = nil
        }
        for secretariat in secretariats where isHealthy(secretariat) {
            guard let life = secretariat.life else { continue }
            // Time may have passed while they worked, and the timer not have told of it yet.
            let isTimerPending = life.clock.deadline.map { $0 <= time.now } ?? false
            let isResting =
                !isTimerPending
                && life.parts.machine {
                    $0.hasStarted && $0.countHeld == 0 && $0.journalDeadline == nil && !$0.hasNews && !$0.isPaused
                }
            guard isResting else {
                isWaiting = true
                secretariat.checker.isBusy()
                secretariat.isResting = false
                if secretariat.restlessSince == nil { secretariat.restlessSince = time.microseconds }
                continue
            }
            // What was done since it was looked at last may have begun a pause.
            if !secretariat.isResting { secretariat.checker.isBusy() }
            (secretariat.isResting, secretariat.restlessSince) = (true, nil)
            secretariat.recordedUpTo = max(secretariat.recordedUpTo, secretariat.lastRead)
            do {
                secretariat.pace.rested()
                let isPaced = secretariat.pace.mayBeFull(at: wall)
                // News may wait, too.
                if isPaced { secretariat.checker.isBusy() }
                let isAnyWaiting = try secretariat.checker.checkRest(at: wall, isPaced: isPaced)
                let deadline = life.clock.deadline
                if isAnyWaiting, deadline.map({ $0.secondsSinceEpoch > wall + 31 }) ?? true {
                    throw Violation(
                        description: "the timer is armed for \(String(describing: deadline)), and late ones wait")
                }
                if let (due, reminder) = secretariat.checker.nextDue(after: wall) {
                    guard let deadline, deadline.secondsSinceEpoch <= due else {
                        throw Violation(
                            description: "the timer is armed for \(String(describing: life.clock.deadline)), and at"
                                + " \(due) it is time for \(reminder)")
                    }
                }
                if wall > secretariat.checker.lastChangeOfPlan + 130, secretariat.openEdit == nil {
                    try secretariat.checker.checkChanges(at: wall)
                    try secretariat.checker.checkQuestions()
                }
            } catch {
                violation = error as? Violation
            }
        }
        stalled = isWaiting ? stalled + 1 : 0
        if stalled > 2_000 { violation = Violation(description: "it never comes to rest") }
    }

    private func mend() {
        simulated_disk_disarm()
        isDiskFull = false
        pendingDiskFault = nil
        journal.start()
        journal.dropping = 0
        journal.isUnreadable = false
        agenda = []
        for index in secretariats.indices where !secretariats[index].isAlive { restart(index, after: 1_000_000) }
    }

    private func perform(_ what: Happening.What) async throws {
        switch what {
        case .nextEvent:
            guard !isCalm else { return }
            try await happen()
            agenda.append(Happening(at: time.microseconds + pauseToNextEvent(), what: .nextEvent))
        case .startDaemon(let index): try await start(index)
        case .startJournal: journal.start()
        case .makeReadable: journal.isUnreadable = false
        case .powerCut:
            strike(.bootAteMinutes, isInFlight: secretariats.contains { !$0.inFlight.isEmpty })
            powerCut()
        case .undo(let index): try await undo(index)
        case .editAhead(let index): try await editAhead(index)
        case .emptyDisk:
            simulated_disk_disarm()
            isDiskFull = false
        }
    }

    /// Mostly some days; often about when something is due, where it hurts.
    private func pauseToNextEvent() -> Int64 {
        if random.chance(0.5), let due = secretariats.compactMap({ $0.checker.nextDue(after: wall)?.due }).min(),
            due > wall
        {
            return max(1_000_000, (due - wall - random.number(Int64(-20)...30)) * 1_000_000)
        }
        return random.number(Int64(60)...4 * 86_400) * 1_000_000
    }
}
