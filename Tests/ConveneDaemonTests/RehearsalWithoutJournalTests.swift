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

@Suite("A rehearsal whose journal takes nothing", .timeLimit(.minutes(2)))
struct RehearsalWithoutJournalTests {
    @Test("There is no journald: the wait ends, and says what is wrong, where the clock stands and what to do")
    func noJournald() async throws {
        let scene = try BookScene()
        let nowhere = scene.directory.path + "/none"
        let logger = Logger(label: "scene", factory: { _ in SwiftLogNoOpLogHandler() })
        let zones = scene.zones
        let clock = scene.clock
        let parts = try await ReminderParts(
            store: scene.store, clock: clock, zoneData: .init(reload: {}, fingerprint: { zones.version }),
            .init(here: .utc, boot: "boot", uid: 1_000, isRehearsal: true, uptime: { monotonicMicroseconds() / 1_000 }),
            logger: logger)
        let courier = JournalCourier(
            parts.courier, parts.machine,
            door: SystemJournal(writer: JournalWriter(socketPath: nowhere), directory: nowhere),
            clock: { clock.now() }, newID: { "fence" }, logger: logger)
        let scheduler = ReminderScheduler(
            parts.scheduler, machine: parts.machine, clock: clock, courier: courier, feed: ChangeFeed())
        let running = Task { await scheduler.run() }
        // A second is over as soon as the journal has been tried.
        let machine = parts.machine
        let rehearsal = Rehearsal(
            clock: clock, scheduler: scheduler, store: scene.store,
            patience: JournalPatience {
                AsyncStream { try? await eventually("the journal to be tried") { machine { $0.problem != nil } } }
            })

        let facts = scene.book.facts(try scene.desk())
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
        scheduler.stop()
        await running.value
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
