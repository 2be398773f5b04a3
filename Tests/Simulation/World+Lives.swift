import ConveneCore
import ConveneDaemon
import ConveneStore
import Glibc
import SimulatedDisk
import ZonedTime

// Daemons begin, and end as they must not.
extension World {
    func start(_ index: Int) async throws {
        let secretariat = secretariats[index]
        guard secretariat.life == nil else { return }
        do {
            let clock = SimulatedClock(time)
            // Ids are the world's; a store asks for them on threads of its own, one after the other.
            let maker = IDMaker(seed: random.next())
            let store = try MeetingStore(
                path: secretariat.path, zones: zones, standardAlarms: StandardAlarms(timed: [], days: []),
                newID: { maker.next() })
            secretariat.adopt(databaseID: store.context.databaseID)
            let zones = zones
            let parts = try await ReminderParts(
                store: store, clock: clock,
                zoneData: .init(reload: {}, fingerprint: { zones.version }),
                .init(
                    here: .utc, boot: "boot-\(boot)", uid: secretariat.uid, isRehearsal: false,
                    uptime: { [time] in time.microseconds / 1_000 }),
                lateLimit: lateLimit ?? ReminderMachine.lateLimit, logger: logger)
            secretariat.pace.start()
            let door = SimulatedDoor(
                journal: journal, uid: secretariat.uid, wall: { [unowned self] in wall },
                onSend: { [unowned self, unowned secretariat] in
                    guard !$0.fields.contains(where: { $0.value == "fence" }) else { return }
                    note("\(secretariat.name) sends \($0.identities)")
                    secretariat.lastSent = $0
                    secretariat.inFlight.formUnion($0.identities)
                    judgePace($0, secretariat)
                },
                onRead: { [unowned self, unowned secretariat] in hasRead($0, secretariat) },
                onRefuse: { [unowned self, unowned secretariat] in secretariat.pace.refused(at: wall) })
            let courier = CourierRound(
                parts.courier, parts.machine, door: door, at: time.microseconds, newID: { maker.next() },
                logger: logger)
            secretariat.life = Secretariat.Life(
                store: store, parts: parts, clock: clock, courier: courier, directory: secretariat.directory)
            note("\(secretariat.name) started")
            try await settleOpenEdit(index)
        } catch let error as StoreError {
            throw Violation(description: "it does not start: \(error)")
        }
    }

    /// What was read and recorded is not read again, also not after a start.
    private func hasRead(_ number: Int, _ secretariat: Secretariat) {
        secretariat.lastRead = number
        guard number <= secretariat.recordedUpTo,
            journal.entry(secretariat.recordedUpTo) != nil
        else { return }
        violation = violation ?? Violation(description: "what was recorded is read again")
    }

    private func judgePace(_ entry: OutgoingEntry, _ secretariat: Secretariat) {
        let isSheet = !entry.fields.contains { ["CONVENE_MEETING", "CONVENE_NUMBER"].contains($0.name) }
        guard !isSheet, let text = entry.fields.first(where: { $0.name == "CONVENE_DUE" })?.value,
            let due = Instant(rfc3339: text)
        else { return }
        do {
            try secretariat.pace.sent(due: due.secondsSinceEpoch, at: wall)
        } catch {
            violation = violation ?? error as? Violation
        }
    }

    func crash(_ index: Int, restartWithin seconds: ClosedRange<Int64> = 0...3_600) {
        let secretariat = secretariats[index]
        note("\(secretariat.name) dies")
        secretariat.die()
        let pause = random.chance(0.5) ? random.number(Int64(1)...20) : random.number(seconds)
        restart(index, after: pause * 1_000_000)
    }

    func restart(_ index: Int, after pause: Int64) {
        agenda.removeAll { if case .startDaemon(index) = $0.what { true } else { false } }
        agenda.append(Happening(at: time.microseconds + pause, what: .startDaemon(index)))
    }

    /// The machine loses power: every process ends, the disks lose what was not synced.
    func powerCut() {
        note("power cut")
        for (index, secretariat) in secretariats.enumerated() {
            secretariat.die(keeping: random.chance(0.5) ? 0 : random.number(0...6))
            restart(index, after: random.number(Int64(20)...(random.chance(0.2) ? 86_400 : 300)) * 1_000_000)
        }
        let lost = journal.powerCut()
        // The stored cursor may name an entry that is lost; then reading begins at the oldest.
        for secretariat in secretariats { secretariat.recordedUpTo = 0 }
        for secretariat in secretariats {
            secretariat.checker.lost(
                lost.filter { entry in
                    entry.fields.contains { $0.name == "CONVENE_DATABASE" && $0.value == secretariat.databaseID }
                }, isOpen: secretariat.openEdit != nil)
        }
        agenda.removeAll {
            switch $0.what {
            case .startJournal, .makeReadable, .emptyDisk: true
            default: false
            }
        }
        isDiskFull = false
        simulated_disk_disarm()
        pendingDiskFault = nil
        boot += 1
    }
}
