import ConveneAPI
import ConveneCore
import ConveneStore
import ConveneTestSupport
import LinuxTime
import Logging
import Synchronization
import Systemd
import Testing
import ZonedTime

@testable import ConveneDaemon

@Suite("A rehearsal or a test whose journal takes nothing", .timeLimit(.minutes(2)))
struct RehearsalWithoutJournalTests {
    @Test("There is no journald: the wait ends, and says what is wrong, where the clock stands and what to do")
    func noJournald() async throws {
        let scene = try await SilentScene(isRehearsal: true)
        let rehearsal = Rehearsal(
            clock: scene.book.clock, scheduler: scene.scheduler, store: scene.book.store, patience: scene.patience)

        let facts = scene.book.book.facts(try scene.book.desk())
        let error = await #expect(throws: ScheduleError.self) {
            try await rehearsal.advance(to: .at("2019-09-20T00:00:00"), facts) { _, _ in }
        }
        guard case .notPossible(0, "the rehearsal", let reason, let hint) = error else {
            Issue.record("it is \(String(describing: error))")
            return
        }
        #expect(
            reason == "nothing could be recorded for 10 s: journald does not take entries (there is no socket); "
                + "what is due waits; its clock stands at 2019-09-11T09:00:00")
        #expect(hint.contains("Once journald runs") && hint.contains("CONVENE_JOURNAL_SOCKET"))
        await scene.end()
    }

    @Test("The test of the reminders ends too, says what is wrong and what to do, and leaves nothing behind")
    func test() async throws {
        let scene = try await SilentScene(isRehearsal: false)
        let desk = JournalDesk(
            store: scene.book.store, machine: scene.machine, scheduler: scene.scheduler, clock: scene.book.clock,
            feed: ChangeFeed(), here: LocalZone { .utc }, patience: scene.patience, isRehearsal: false,
            newID: { "id" }, warnings: [])

        let error = await #expect(throws: ScheduleError.self) { try await desk.test() }
        guard case .notPossible(0, "the test", let reason, let hint) = error else {
            Issue.record("it is \(String(describing: error))")
            return
        }
        #expect(
            reason == "its entry was not seen in the journal for 10 s: journald does not take entries (there is no "
                + "socket); what is due waits")
        #expect(hint.contains("systemctl status systemd-journald") && hint.contains("convene remind test"))
        let now = scene.book.clock.now()
        #expect(try await scene.book.store.read { try $0.countOwed(by: now) } == 0)
        await scene.end()
    }

    private typealias Look = JournalPatience.Look

    /// How many seconds are waited through while the journal looks like that, the last look for ever; with what end.
    private func wait(_ looks: [Look]) async -> (seconds: Int, problem: String?) {
        let seconds = Mutex(0)
        let problem = await JournalPatience {
            AsyncStream {
                seconds.withLock { count -> Void? in
                    guard count < 100 else { return nil }
                    count += 1
                    return ()
                }
            }
        }.runOut { looks[min(seconds.withLock { $0 }, looks.count - 1)] }
        return (seconds.withLock { $0 }, problem)
    }

    @Test("It lasts ten seconds, and begins anew with everything that is recorded")
    func lastsTen() async {
        let silent = await wait([Look(countRecorded: 0, waitsFor: "silence")])
        #expect(silent == (10, "silence"))
        let slow = (0..<30).map { Look(countRecorded: $0 / 9, waitsFor: "slow") }
        #expect(await wait(slow) == (37, "slow"))
    }

    @Test("A schedule that takes its time is no fault of the journal: nothing ends that wait")
    func slowSchedule() async {
        #expect(await wait([Look(countRecorded: 0, waitsFor: nil)]) == (100, nil))
    }
}

/// A daemon's parts at work where there is no journald.
private struct SilentScene {
    let book: BookScene
    let machine: SharedMachine
    let scheduler: ReminderScheduler
    private let running: Task<Void, Never>

    init(isRehearsal: Bool) async throws {
        let book = try BookScene()
        let nowhere = book.directory.path + "/none"
        let logger = Logger(label: "scene", factory: { _ in SwiftLogNoOpLogHandler() })
        let zones = book.zones
        let clock = book.clock
        let parts = try await ReminderParts(
            store: book.store, clock: clock, zoneData: .init(reload: {}, fingerprint: { zones.version }),
            .init(
                here: .utc, boot: "boot", uid: 1_000, isRehearsal: isRehearsal,
                uptime: { monotonicMicroseconds() / 1_000 }),
            logger: logger)
        let courier = JournalCourier(
            parts.courier, parts.machine,
            door: SystemJournal(writer: JournalWriter(socketPath: nowhere), directory: nowhere),
            clock: { clock.now() }, newID: { "fence" }, logger: logger)
        let scheduler = ReminderScheduler(
            parts.scheduler, machine: parts.machine, clock: clock, courier: courier, feed: ChangeFeed())
        self.book = book
        machine = parts.machine
        self.scheduler = scheduler
        running = Task { await scheduler.run() }
    }

    /// A second is over as soon as the journal has been tried.
    var patience: JournalPatience {
        let machine = machine
        return JournalPatience {
            AsyncStream { try? await eventually("the journal to be tried") { machine { $0.problem != nil } } }
        }
    }

    func end() async {
        scheduler.stop()
        await running.value
    }
}
