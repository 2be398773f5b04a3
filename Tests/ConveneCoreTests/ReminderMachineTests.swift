import ConveneCore
import Testing
import ZonedTime

/// What the machine says is to be done, told by hand what came of it.
@Suite struct ReminderMachineTests {
    private let now = Instant(secondsSinceEpoch: 1_800_000_000)

    @Test("While nothing can be recorded, what is due next is said all the same, and nothing is taken twice")
    func fullDisk() throws {
        // Given an entry that was seen, and a disk that takes no record
        var machine = started()
        try send(["a"], &machine)
        machine.saw(seen(["a"]), at: 2)
        guard case .record(let entries, _)? = machine.nextAction(at: now) else {
            Issue.record("what was seen is recorded first")
            return
        }
        #expect(entries.map(\.identities) == [["a"]])
        machine.failed(.record(entries, cursor: nil), at: now)

        // Then the timer is armed for the next attempt, and the look-up goes on
        var actions: [String] = []
        while let action = machine.nextAction(at: now) {
            actions.append(word(action))
            // The first one still stands in the store's queue.
            if case .lookUp = action { machine.found(.init([entry(["a"]), entry(["b"])]), at: now) }
            if case .derive = action { machine.derived(isComplete: true) }
            if actions.count > 20 { break }
        }
        #expect(actions.contains("arm 5") && actions.contains("look up"))
        guard case .send(let second)? = machine.nextJournalAction(at: 3) else {
            Issue.record("the second is sent")
            return
        }
        #expect(second.identities == ["b"])
        #expect(machine.nextJournalAction(at: 3) == nil)
        #expect(machine.isHeld("a") && machine.isPaused)

        // And both are recorded when the pause is over
        machine.sent(second, at: 3)
        machine.saw(seen(["b"]), at: 4)
        let later = now.advanced(bySeconds: ReminderMachine.retryPause)
        guard case .record(let both, _)? = machine.nextAction(at: later) else {
            Issue.record("it is tried again")
            return
        }
        #expect(both.map(\.identities) == [["a"], ["b"]])
        machine.recorded(both, upTo: nil)
        #expect(machine.countHeld == 0 && !machine.isPaused)
    }

    @Test("Where nothing can be looked up, nothing else is tried until the pause is over")
    func unreadableStore() {
        var machine = started()
        machine.take(.scheduleEdited)
        guard case .lookUp(let limit, let late, false)? = machine.nextAction(at: now) else {
            Issue.record("it looks what is owed")
            return
        }
        machine.failed(.lookUp(limit: limit, late: late, pastUnderWay: false), at: now)
        guard case .arm(let deadline)? = machine.nextAction(at: now) else {
            Issue.record("it arms the timer")
            return
        }
        #expect(deadline == now.advanced(bySeconds: ReminderMachine.retryPause))
        #expect(machine.nextAction(at: now) == nil)
        #expect(!machine.hasNews)
        #expect(machine.nextAction(at: now.advanced(bySeconds: ReminderMachine.retryPause)) != nil)
    }

    @Test("While the journal refuses, nothing is at rest: what is owed was not looked up")
    func refusing() throws {
        var machine = started()
        try send(["a"], &machine, isRefused: true)
        var actions: [String] = []
        while let action = machine.nextAction(at: now) {
            actions.append(word(action))
            // As long as it refuses, nothing is asked for.
            if case .lookUp(let limit, _, _) = action {
                #expect(limit == 0)
                machine.found(.init(), at: now)
            }
            if case .derive = action { machine.derived(isComplete: true) }
        }
        #expect(actions.contains("look up") && !actions.contains("rest"))
        #expect(machine.waitsForJournal == "nobody listens")
    }

    @Test("What is due next is prepared a second before, and in its second only sent")
    func prepared() {
        var machine = preparing(.init([entry(["a"])], next: now.advanced(bySeconds: 60)))
        #expect(actions(&machine, at: now) == [])
        #expect(machine.countHeld == 0)
        machine.take(.timeReached)
        #expect(actions(&machine, at: due) == ["send", "arm 59"])
        guard case .send(let entry)? = machine.nextJournalAction(at: 3) else {
            Issue.record("it is sent")
            return
        }
        #expect(entry.identities == ["a"] && machine.isHeld("a"))
    }

    @Test("Where more is due than was prepared, it is looked up behind it")
    func preparedInPart() {
        var found = ReminderMachine.Found([entry(["a"])])
        found.isAll = false
        var machine = preparing(found)
        machine.take(.timeReached)
        #expect(actions(&machine, at: due).prefix(2) == ["send", "look up"])
    }

    @Test(
        "What happens meanwhile has it forgotten, and its second passes it by",
        arguments: [ReminderMachine.Event.scheduleEdited, .clockChanged, .zoneDataChanged])
    func forgotten(_ event: ReminderMachine.Event) {
        var machine = preparing(.init([entry(["a"])]))
        machine.take(event)
        machine.take(.timeReached)
        #expect(actions(&machine, at: due).contains("send") == false)
        #expect(machine.countHeld == 0)

        var late = preparing(.init([entry(["a"])]))
        late.take(.timeReached)
        #expect(actions(&late, at: due.advanced(bySeconds: 1)).first == "look up")
        #expect(late.countHeld == 0)
    }

    @Test("What was asked for before something happened comes too late")
    func overtaken() {
        var machine = started()
        #expect(ask(&machine))
        machine.take(.scheduleEdited)
        machine.prepared(.init([entry(["a"])]), for: due)
        #expect(!actions(&machine, at: due).contains("send"))
    }

    @Test("Where it cannot be prepared, it is looked up when it is due, and nothing waits for that")
    func notPrepared() {
        var machine = started()
        #expect(ask(&machine))
        machine.failed(.prepare(due: due, limit: 1), at: now)
        #expect(!machine.isPaused)
        #expect(actions(&machine, at: now) == [])
        machine.take(.timeReached)
        #expect(actions(&machine, at: due).first == "look up")
    }

    // MARK: Steps

    private var due: Instant { now.advanced(bySeconds: 1) }

    /// Lets the machine ask for what is due in a second.
    private func ask(_ machine: inout ReminderMachine) -> Bool {
        machine.found(.init(next: due), at: now)
        guard case .arm(due)? = machine.nextAction(at: now), case .prepare(due, _)? = machine.nextAction(at: now) else {
            return false
        }
        return true
    }

    /// A machine that is told what will be due in a second.
    private func preparing(_ found: ReminderMachine.Found) -> ReminderMachine {
        var machine = started()
        #expect(ask(&machine))
        machine.prepared(found, for: due)
        while case .rest? = machine.nextAction(at: now) {}
        return machine
    }

    /// All that it has to do; a look-up finds nothing.
    private func actions(_ machine: inout ReminderMachine, at moment: Instant) -> [String] {
        var actions: [String] = []
        while let action = machine.nextAction(at: moment) {
            actions.append(word(action))
            switch action {
            case .lookUp: machine.found(.init(), at: moment)
            case .derive: machine.derived(isComplete: true)
            case .reloadZones: machine.reloadedZones()
            case .shortenPauses: machine.shortenedPauses()
            default: break
            }
        }
        return actions
    }

    /// A machine that has seen its first fence and rests.
    private func started() -> ReminderMachine {
        var machine = ReminderMachine(at: 0)
        if case .sendFence? = machine.nextJournalAction(at: 0) { machine.sentFence("fence", at: 0) }
        machine.saw(seen(["fence"], .fence), at: 1)
        while let action = machine.nextAction(at: now) {
            switch action {
            case .lookUp: machine.found(.init(), at: now)
            case .derive: machine.derived(isComplete: true)
            case .shortenPauses: machine.shortenedPauses()
            default: break
            }
        }
        return machine
    }

    private func send(_ identities: [String], _ machine: inout ReminderMachine, isRefused: Bool = false) throws {
        machine.found(.init([entry(identities)]), at: now)
        guard case .send(let entry)? = machine.nextJournalAction(at: 1) else {
            Issue.record("it is sent")
            return
        }
        guard !isRefused else { return machine.refused(entry, because: "nobody listens", at: 1) }
        machine.sent(entry, at: 1)
        // The timer was to be armed.
        while case .arm? = machine.nextAction(at: now) {}
    }

    private func entry(_ identities: [String]) -> OutgoingEntry {
        EntryOrigin(databaseID: "db", isRehearsal: false).entry(
            .reminder, identities: identities, message: "talks", at: now,
            fields: [EntryField.due: now.rfc3339(at: .utc)])
    }

    private func seen(_ identities: [String], _ kind: NotificationKind = .reminder) -> SeenEntry {
        SeenEntry(
            identities: identities, kind: kind, message: "talks", uid: nil, meeting: nil, recurrenceID: nil,
            startsAt: nil, due: now, late: 0, fields: "{}")
    }

    private func word(_ action: ReminderMachine.Action) -> String {
        switch action {
        case .arm(let deadline): "arm \(deadline.map { "\($0.seconds(since: now))" } ?? "never")"
        case .lookUp: "look up"
        case .record: "record"
        case .derive: "derive"
        case .standAside: "stand aside"
        case .prepare(let due, _): "prepare \(due.seconds(since: now))"
        case .send: "send"
        case .rest: "rest"
        case .reloadZones, .oweAgain, .shortenPauses: "start"
        }
    }
}
