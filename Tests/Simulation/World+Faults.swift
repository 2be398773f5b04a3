import ConveneCore
import ConveneDaemon
import ConveneStore
import Glibc
import SimulatedDisk
import ZonedTime

// What goes wrong.
extension World {
    /// Counts a fault, and whether it struck between a send and its record.
    func strike(_ fault: Fault, isInFlight: Bool) {
        happened[fault, default: 0] += 1
        if isInFlight { struck[fault, default: 0] += 1 }
    }

    /// Something that happens by itself, at its own time.
    func happen() async throws {
        let index = random.number(0...(secretariats.count - 1))
        if random.chance(0.1) { takeBackup(index) }
        if random.chance(0.65) {
            try await editSomething(index)
            // At once, or when it was noticed.
            if random.chance(0.1) { try await undo(index) }
            if random.chance(0.1) { later(random.number(Int64(1)...180), .undo(index)) }
        } else {
            try await interfere(index, surely: true)
        }
        // A moment before something is due, too.
        if random.chance(0.15), let due = secretariats[index].checker.nextDue(after: wall)?.due {
            let moment = time.microseconds(at: Instant(secondsSinceEpoch: due)) - random.number(Int64(1)...999_999)
            agenda.append(Happening(at: max(moment, time.microseconds), what: .editAhead(index)))
        }
    }

    /// Perhaps a fault now; often where something was sent and is not yet recorded.
    func interfere(_ index: Int, surely: Bool = false) async throws {
        let isInFlight = !secretariats[index].inFlight.isEmpty
        guard surely || random.chance(isInFlight ? 0.06 : 0.002) else { return }
        let total = Fault.allCases.reduce(0) { $0 + (weights[$1] ?? 0) }
        guard total > 0 else { return }
        var left = Double.random(in: 0..<total, using: &random)
        for fault in Fault.allCases {
            left -= weights[fault] ?? 0
            if left < 0 {
                try await apply(fault, index, isInFlight)
                return
            }
        }
    }

    private func apply(_ fault: Fault, _ index: Int, _ isInFlight: Bool) async throws {
        let secretariat = secretariats[index]
        note("fault: \(fault.rawValue), in flight: \(isInFlight)")
        switch fault {
        case .queuedAcrossCrash:
            stopJournal()
            guard secretariat.isAlive, isInFlight, journal.hasQueue else { return }
            strike(fault, isInFlight: true)
            crash(index)
        case .clockBackAcrossCrash:
            guard secretariat.isAlive else { return }
            strike(fault, isInFlight: isInFlight)
            crash(index)
            stepBack(random.number(Int64(1)...4 * 3_600))
        case .editInFlight, .editAndUndoInFlight:
            guard secretariat.isAlive else { return }
            let uids = secretariat.checker.meetings.keys.sorted()
            let uid = uids.first { uid in secretariat.inFlight.contains { $0.contains(uid) } }
            strike(fault, isInFlight: uid != nil)
            try await editSomething(index, uid: uid)
            if fault == .editAndUndoInFlight { try await undo(index) }
        case .foreignEntry:
            guard let entry = secretariat.lastSent else { return }
            strike(fault, isInFlight: isInFlight)
            // The real one is lost, the foreign one arrives.
            if journal.hasQueue, isInFlight { journal.dropping += 1 }
            _ = journal.send(entry, uid: 4_242, at: wall)
        case .cursorVacuumed:
            guard secretariat.isAlive else { return }
            strike(fault, isInFlight: isInFlight)
            let gone = journal.vacuum(upTo: secretariat.recordedUpTo)
            for other in secretariats {
                other.checker.vacuumed(gone)
                // What it has not read by now it will never know of: people may have been asked behind its backup.
                let unread = gone.map(\.number).filter { $0 > other.recordedUpTo }.max() ?? .min
                other.checker.forget { $0 <= unread }
                other.recordedUpTo = 0
            }
            crash(index)
        case .bootAteMinutes:
            strike(fault, isInFlight: isInFlight)
            powerCut()
        case .secondDatabase: try beginSecond()
        case .restoredBackup:
            guard secretariat.isAlive, let backup = secretariat.backup else { return takeBackup(index) }
            strike(fault, isInFlight: isInFlight)
            restore(backup, index)
        case .crash:
            guard secretariat.isAlive else { return }
            strike(fault, isInFlight: isInFlight)
            crash(index)
        case .crashInTransaction, .powerCutInTransaction:
            let point = random.chance(0.5) ? SIMULATED_DISK_CRASH_BEFORE : SIMULATED_DISK_CRASH_AFTER
            // Often in the transaction of what somebody writes.
            if arm(fault, point, count: random.chance(0.3) ? random.number(1...9) : operation(), index),
                random.chance(0.4)
            {
                try await editSomething(index)
            }
        case .inputOutputError: arm(fault, SIMULATED_DISK_ERROR, count: operation(), index)
        case .diskFull:
            guard arm(fault, SIMULATED_DISK_FULL, count: random.number(1...4), index) else { return }
            pendingDiskFault = nil
            isDiskFull = true
            strike(fault, isInFlight: isInFlight)
            later(random.number(Int64(1)...4_000), .emptyDisk)
        case .rateLimit:
            guard isInFlight || journal.hasQueue else { return }
            strike(fault, isInFlight: isInFlight)
            journal.dropping += random.number(1...3)
        case .journalStopped:
            strike(fault, isInFlight: isInFlight)
            stopJournal()
        case .journalKilled:
            guard journal.state != .dead else { return }
            strike(fault, isInFlight: isInFlight)
            journal.kill()
            later(random.number(Int64(1)...900), .startJournal)
        case .journalUnreadable:
            strike(fault, isInFlight: isInFlight)
            journal.isUnreadable = true
            later(random.number(Int64(1)...900), .makeReadable)
        case .zoneDataChange:
            if changeZones() { strike(fault, isInFlight: isInFlight) }
        case .clockForward:
            strike(fault, isInFlight: isInFlight)
            for secretariat in secretariats { secretariat.checker.willStepForward(from: wall) }
            willStep()
            time.step(bySeconds: random.chance(0.2) ? 86_400 : random.number(Int64(1)...7_200))
            tellClockChanged()
        case .clockBack:
            strike(fault, isInFlight: isInFlight)
            stepBack(random.chance(0.2) ? 86_400 : random.number(Int64(1)...7_200))
        }
    }

    /// At which of the next operations of the disk it strikes: a record of several entries takes dozens, and what
    /// matters most lies about their end.
    private func operation() -> Int { random.chance(0.4) ? random.number(1...9) : random.number(1...80) }

    func later(_ seconds: Int64, _ what: Happening.What) {
        agenda.append(Happening(at: time.microseconds + seconds * 1_000_000, what: what))
    }

    private func stopJournal() {
        guard journal.state == .running else { return }
        journal.stop()
        later(random.chance(0.5) ? random.number(Int64(1)...5) : random.number(Int64(1)...2_400), .startJournal)
    }

    @discardableResult
    private func arm(_ fault: Fault, _ disk: simulated_disk_fault, count: Int, _ index: Int) -> Bool {
        guard pendingDiskFault == nil, !isDiskFull, secretariats[index].isAlive else { return false }
        pendingDiskFault = fault
        simulated_disk_arm(secretariats[index].directory, disk, Int32(count))
        return true
    }

    private func stepBack(_ seconds: Int64) {
        for secretariat in secretariats { secretariat.checker.willStepBack(from: wall) }
        willStep()
        time.step(bySeconds: -seconds)
        tellClockChanged()
    }

    /// What was looked up by now may be sent behind the step.
    private func willStep() {
        for secretariat in secretariats where secretariat.life?.parts.machine({ $0.countHeld > 0 }) ?? false {
            secretariat.pace.stepped(from: wall)
        }
    }

    private func tellClockChanged() {
        for secretariat in secretariats { secretariat.life?.parts.machine { $0.take(.clockChanged) } }
    }

    private func changeZones() -> Bool {
        let zone = random.pick(SimulatedZones.names.filter { $0 != "UTC" }) ?? "Sim/North"
        let from = wall + random.number(Int64(-5)...40) * 86_400
        // No zone has two changes within the hour that one of them skips or repeats.
        guard !zones.table(zone).dropFirst().contains(where: { abs($0.from - from) < 86_400 }) else { return false }
        for secretariat in secretariats { secretariat.checker.willChangeZones(at: wall) }
        zones.change(zone, from: from, by: random.pick([-3_600, -1_800, 1_800, 3_600]) ?? 3_600)
        for secretariat in secretariats {
            secretariat.checker.changedZones(at: wall)
            secretariat.checker.isBeingDerived = true
            secretariat.life?.parts.machine { $0.take(.zoneDataChanged) }
        }
        return true
    }

    // MARK: Databases

    private func takeBackup(_ index: Int) {
        let secretariat = secretariats[index]
        guard secretariat.isAlive, secretariat.openEdit == nil else { return }
        let directory = "\(home)/\(secretariat.name)-backup"
        secretariat.removeDirectory(directory)
        secretariat.copyDatabase(from: secretariat.directory, to: directory)
        secretariat.backup = Secretariat.Backup(
            directory: directory, checker: secretariat.checker.backup(), revisions: secretariat.revisions,
            numbers: secretariat.numbers)
        note("\(secretariat.name) backup")
    }

    private func restore(_ backup: Secretariat.Backup, _ index: Int) {
        let secretariat = secretariats[index]
        note("\(secretariat.name) restores its backup")
        secretariat.die()
        for suffix in ["", "-wal"] { unlink("\(secretariat.directory)/convene.db\(suffix)") }
        secretariat.copyDatabase(from: backup.directory, to: secretariat.directory)
        secretariat.checker.restore(backup.checker, at: wall)
        secretariat.revisions = backup.revisions
        secretariat.numbers = backup.numbers
        secretariat.recordedUpTo = 0
        secretariat.lastEdit = nil
        restart(index, after: random.number(Int64(1)...60) * 1_000_000)
    }

    /// Somebody goes on with a copy of the database, on the same machine.
    private func beginSecond() throws {
        let first = secretariats[0]
        guard secretariats.count == 1, first.isAlive, first.openEdit == nil, !first.checker.meetings.isEmpty,
            pendingDiskFault == nil, !isDiskFull
        else { return }
        let checker = Checker(zones: zones, database: "", uids: [1_000])
        let second = Secretariat(name: "second", uid: 1_000, home: home, checker: checker, pace: Pace(limit: lateLimit))
        checker.begin(with: first.checker.backup(), lengthsOf: first.checker)
        mkdir(second.directory, 0o700)
        try MeetingStore.copy(first.path, to: second.path, newID: newID() + newID())
        second.revisions = first.revisions
        second.numbers = first.numbers
        secretariats.append(second)
        note("a second database")
        restart(1, after: 1_000_000)
    }
}
