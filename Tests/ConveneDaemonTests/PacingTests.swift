import ConveneCore
import ConveneStore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

@testable import Simulation

/// What is late is said in portions, and holds up nothing that is due.
@Suite("A backlog that is said in portions")
struct PacingTests {
    @Test("What was due just now is not held up by a backlog, and the backlog comes in portions")
    func pace() {
        var machine = ReminderMachine.started()
        let now = Instant.at("2026-03-02T15:00:00")
        let found = ReminderMachine.Found.fullPortion
        #expect(machine.lookUp(at: now)?.late == ReminderMachine.batch)
        machine.found(found, at: now)
        // The window is full: the timer is armed for its end, and until then only what is due just now is looked up.
        #expect(machine.armed(at: now) == now.advanced(bySeconds: ReminderMachine.lateWindow))
        machine.take(.scheduleEdited)
        let later = now.advanced(bySeconds: 10)
        #expect(machine.lookUp(at: later)?.late == 0)
        machine.found(ReminderMachine.Found(), at: later)
        machine.take(.timeReached)
        #expect(machine.lookUp(at: now.advanced(bySeconds: 30))?.late == ReminderMachine.batch)
        // A clock that is set back does not stop it.
        machine.take(.clockChanged)
        #expect(machine.lookUp(at: now.advanced(bySeconds: -3_600))?.late == ReminderMachine.batch)
    }

    @Test("What is due of a series is not held up by a late one of the same series", arguments: [WhenLate.keep, .drop])
    func series(whenLate: WhenLate) async throws {
        let scene = try await ReminderScene(at: "2026-03-01T12:00:00", lateLimit: 1)
        try await scene.add("Talks", at: "2026-03-04T09:00:00", alarms: [.before(2 * 86_400)])
        try await scene.add(
            "Daily call", at: "2026-03-03T10:00:00", rule: "FREQ=DAILY", alarms: [.before(86_400, whenLate)])
        try await scene.settle()
        // That of today was due yesterday, and that of tomorrow is due in 20 seconds.
        scene.sleep(until: "2026-03-03T09:59:40")
        try await scene.settle()
        #expect(scene.said == ["reminder: Late: Talks tomorrow, 09:00 UTC"])
        try await scene.run(until: "2026-03-03T10:00:05")
        #expect(
            scene.said == ["reminder: Late: Talks tomorrow, 09:00 UTC", "reminder: Daily call tomorrow, 10:00 UTC"])
        try await scene.run(until: "2026-03-03T10:01:00")
        let said =
            ["reminder: Late: Talks tomorrow, 09:00 UTC", "reminder: Daily call tomorrow, 10:00 UTC"]
            + (whenLate == .keep ? ["reminder: Late: Daily call began 10 s ago"] : [])
        #expect(scene.said == said)
    }

    @Test("The day's sheet waits for nothing that is late")
    func sheet() async throws {
        let scene = try await ReminderScene(at: "2026-03-01T12:00:00", lateLimit: 1)
        for name in ["Talks", "Lunch"] {
            try await scene.add(name, at: "2026-03-02T15:00:00", alarms: [.before(8 * 3_600)])
        }
        try await scene.set(
            Digest(id: "d1", start: .at("2026-03-02T08:00:00"), rule: try RecurrenceRule("FREQ=DAILY"), zone: "UTC"))
        try await scene.settle()
        scene.sleep(until: "2026-03-02T09:00:00")
        try await scene.settle()
        #expect(
            scene.said == [
                "reminder: Late: Talks in 6 h, 15:00 UTC",
                "digest: Mon 2 Mar, UTC time: 2 meetings\n15:00 Talks, UTC\n15:00 Lunch, UTC",
            ])
    }

    @Test("Where series cannot be let go on, what is due is looked up all the same")
    func fullDisk() {
        var machine = ReminderMachine.started()
        let now = Instant.at("2026-03-02T15:00:00")
        let found = ReminderMachine.Found.fullPortion
        _ = machine.lookUp(at: now)
        machine.found(found, at: now)
        _ = machine.armed(at: now)
        let isDone = machine.letsSeriesGoOn(at: now)
        #expect(isDone)
        machine.failed(.standAside(limit: ReminderMachine.batch), at: now)
        #expect(machine.lookUp(at: now)?.late == 0)
        machine.found(found, at: now)
        // It is tried again with what could not be recorded, and not before.
        #expect(machine.armed(at: now) == now.advanced(bySeconds: ReminderMachine.retryPause))
        let again = [0, ReminderMachine.retryPause].map { machine.letsSeriesGoOn(at: now.advanced(bySeconds: $0)) }
        #expect(again == [false, true])
    }
}

extension ReminderMachine.Found {
    /// As much is late as is said at once, and more.
    static var fullPortion: ReminderMachine.Found {
        var found = ReminderMachine.Found()
        found.countLate = ReminderMachine.lateLimit
        found.hasMoreLate = true
        return found
    }
}

extension ReminderMachine {
    /// One that has read the journal up to the present.
    static func started() -> ReminderMachine {
        var machine = ReminderMachine(at: 0)
        machine.sentFence("f", at: 0)
        machine.saw(
            SeenEntry(
                identities: ["f"], kind: .fence, message: "", uid: nil, meeting: nil, recurrenceID: nil, startsAt: nil,
                due: .distantPast, late: 0, fields: "{}"), at: 1)
        return machine
    }

    /// The next look-up, whatever else is to be done before.
    fileprivate mutating func lookUp(at now: Instant) -> (limit: Int, late: Int)? {
        while let action = nextAction(at: now) {
            if case .lookUp(let limit, let late, _) = action { return (limit, late) }
            if case .derive = action { derived(isComplete: true) }
            if case .shortenPauses = action { shortenedPauses() }
            if case .standAside = action { stoodAside(hasMoved: false) }
        }
        return nil
    }

    fileprivate mutating func armed(at now: Instant) -> Instant? {
        while let action = nextAction(at: now) {
            if case .arm(let instant) = action { return instant }
            if case .derive = action { derived(isComplete: true) }
            if case .shortenPauses = action { shortenedPauses() }
        }
        return nil
    }

    /// Whether series go on past what waits of them, before anything is armed.
    fileprivate mutating func letsSeriesGoOn(at now: Instant) -> Bool {
        while let action = nextAction(at: now) {
            if case .standAside = action { return true }
            if case .derive = action { derived(isComplete: true) }
        }
        return false
    }
}
