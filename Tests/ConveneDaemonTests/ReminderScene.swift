import ConveneCore
import ConveneDaemon
import ConveneStore
import ConveneTestSupport
import Logging
import Recurrence
import Synchronization
import ZonedTime

@testable import Simulation

/// The zone of a simulated machine.
final class MachineZone: Sendable {
    private let present = Mutex(TimeZone.utc)

    var zone: TimeZone {
        get { present.withLock { $0 } }
        set { present.withLock { $0 = newValue } }
    }
}

/// A daemon's two loops on a real store, with a clock and a journal that do what a test says.
final class ReminderScene {
    let directory = TemporaryDirectory()
    let journal = SimulatedJournal()
    let time: SimulatedTime
    let zones: any TimeZoneSource
    /// The zone of the machine, as `/etc/localtime` would say.
    let machine = MachineZone()
    private(set) var store: MeetingStore
    private var parts: ReminderParts
    private var clock: SimulatedClock
    private var courier: CourierRound
    private var boot = 1
    /// When something is due next, as was known when all was at rest.
    private(set) var nextDue: Instant?
    private let lateLimit: Int
    private let logger = Logger(label: "scene", factory: { _ in SwiftLogNoOpLogHandler() })
    private static let ids = Mutex(0)

    static let author = Author(uid: 1_000, name: "yuri")

    /// - Parameters:
    ///   - start: a reading in UTC.
    ///   - lateLimit: so many late ones are said at once.
    init(
        at start: String, zones: any TimeZoneSource = SampleZones.shared, lateLimit: Int = ReminderMachine.lateLimit
    ) async throws {
        self.zones = zones
        self.lateLimit = lateLimit
        time = SimulatedTime(startingAt: .at(start))
        store = try ReminderScene.open(directory, zones)
        clock = SimulatedClock(time)
        (parts, courier) = try await ReminderScene.start(
            store, clock, time, journal, zones, machine, boot, lateLimit, logger)
    }

    private static func newID() -> String {
        ids.withLock { ids in
            ids += 1
            return "id-\(ids)"
        }
    }

    private static func open(_ directory: TemporaryDirectory, _ zones: any TimeZoneSource) throws -> MeetingStore {
        try MeetingStore(path: directory.path + "/convene.db", zones: zones, newID: newID)
    }

    private static func start(
        _ store: MeetingStore, _ clock: SimulatedClock, _ time: SimulatedTime, _ journal: SimulatedJournal,
        _ zones: any TimeZoneSource, _ machine: MachineZone, _ boot: Int, _ lateLimit: Int, _ logger: Logger
    ) async throws -> (ReminderParts, CourierRound) {
        let here = LocalZone { machine.zone }
        let parts = try await ReminderParts(
            store: store, clock: clock,
            zoneData: .init(reload: { here.reload() }, fingerprint: { zones.version }),
            .init(
                here: here.zone, boot: "boot-\(boot)", uid: 1_000, isRehearsal: false,
                uptime: { time.microseconds / 1_000 }),
            lateLimit: lateLimit, logger: logger)
        let door = SimulatedDoor(
            journal: journal, uid: 1_000, wall: { time.now.secondsSinceEpoch }, onSend: { _ in }, onRead: { _ in })
        let courier = CourierRound(
            parts.courier, parts.machine, door: door, at: time.microseconds, newID: newID, logger: logger)
        return (parts, courier)
    }

    /// The daemon dies, and another one starts on the same files.
    func restart() async throws {
        try store.close()
        store = try ReminderScene.open(directory, zones)
        clock = SimulatedClock(time)
        (parts, courier) = try await ReminderScene.start(
            store, clock, time, journal, zones, machine, boot, lateLimit, logger)
    }

    /// The machine loses power: the journal loses what it has not written through, the database nothing.
    func cutPower() async throws {
        _ = journal.powerCut()
        boot += 1
        try await restart()
    }

    /// What nothing happens to for so long that it need not be looked at.
    func sleep(until reading: String) {
        time.step(bySeconds: Instant.at(reading).seconds(since: time.now))
        parts.machine { $0.take(.clockChanged) }
    }

    func take(_ event: ReminderMachine.Event) { parts.machine { $0.take(event) } }

    /// Lets both loops work until nothing is left to do; `journald` takes what it is sent.
    ///
    /// - Parameter steps: at most so many steps of the store's loop.
    func settle(journald: Bool = true, steps: Int = .max) async throws {
        var (quiet, left) = (0, steps)
        while quiet < 20, left > 0 {
            quiet += 1
            while left > 0, try await stepOnce() { (quiet, left) = (0, left - 1) }
            courier.turn(at: time.microseconds, clock: time.now)
            if journald, journal.work(1_000, at: time.microseconds) { quiet = 0 }
            time.advance(by: 200_000)
            if clock.takeDeadline() { parts.machine { $0.take(.timeReached) } }
        }
    }

    /// Goes on to a moment, and lets the store's loop do what is to be done then, while no time passes.
    func reach(_ reading: String) async throws {
        time.advance(to: time.microseconds(at: .at(reading)))
        if clock.takeDeadline() { parts.machine { $0.take(.timeReached) } }
        while try await stepOnce() {}
    }

    private func stepOnce() async throws -> Bool {
        guard let report = await parts.scheduler.step() else { return false }
        if let next = report.rest { nextDue = next }
        return true
    }

    /// Goes on in time from deadline to deadline.
    func run(until reading: String) async throws {
        let end = Instant.at(reading)
        try await settle()
        while let deadline = clock.deadline, deadline <= end {
            time.advance(to: time.microseconds(at: deadline))
            if clock.takeDeadline() { parts.machine { $0.take(.timeReached) } }
            try await settle()
        }
        time.advance(to: time.microseconds(at: end))
    }

    func countOwed() async throws -> Int {
        let now = time.now
        return try await store.read { try $0.countOwed(by: now) }
    }

    /// What people read: the kind and the words.
    var said: [String] {
        journal.entries.map { $0.fields }.filter { field("CONVENE_KIND", $0) != "fence" }
            .map { "\(field("CONVENE_KIND", $0) ?? ""): \(field("MESSAGE", $0) ?? "")" }
    }

    /// The identities of what was said, an entry each.
    var identities: [[String]] {
        journal.entries.map(\.fields).filter { field("CONVENE_KIND", $0) != "fence" }
            .map { $0.filter { $0.name == "CONVENE_NOTIFICATION_ID" }.map(\.value) }
    }

    func field(_ name: String, _ fields: [OutgoingEntry.Field]) -> String? { fields.first { $0.name == name }?.value }

    // MARK: The schedule

    @discardableResult
    func add(
        _ summary: String, at start: String, zone: String = "UTC", for length: CalendarDuration = .seconds(3_600),
        rule: String? = nil, alarms: [Alarm]
    ) async throws -> Meeting {
        let timing = Timing(start: .at(start), duration: length, zone: zone, city: nil)
        let draft = Meeting(
            uid: ReminderScene.newID(), number: 0, summary: summary,
            segments: [Segment(timing, rule: try rule.map { try RecurrenceRule($0) })], alarms: .own(alarms))
        return try await add(draft)
    }

    /// A window, or the rounds that are owed in such windows.
    @discardableResult
    func add(
        _ summary: String, between first: String, _ last: String, rounds: Cadence? = nil, alarms: Alarms
    ) async throws -> Meeting {
        let window = try Timing.window(first, last)
        return try await add(
            Meeting(
                uid: ReminderScene.newID(), number: 0, summary: summary,
                segments: [Segment(window, rule: rounds?.periods(around: window.start.date)?.0)], alarms: alarms,
                rounds: rounds.map { Rounds(cadence: $0) }))
    }

    private func add(_ draft: Meeting) async throws -> Meeting {
        let meeting = try await store.write(at: time.now, by: ReminderScene.author) { transaction in
            try transaction.insert(draft, .init(verb: "add", what: "new"))
        }
        take(.scheduleEdited)
        return meeting
    }

    /// Lets the day's sheet come, or with `nil` not any more.
    func set(_ digest: Digest?) async throws {
        _ = try await store.write(at: time.now, by: ReminderScene.author) { transaction in
            try transaction.set(.digest, digest?.text, title: "The day's sheet", .init(verb: "remind", what: "set"))
        }
        take(.scheduleEdited)
    }

    /// Takes the last change back at once, as `undo` does.
    func undo(_ number: Int, to before: Meeting) async throws {
        _ = try await store.write(at: time.now, by: ReminderScene.author) { transaction in
            guard let entry = try transaction.schedule.latestLogEntry(by: ReminderScene.author.uid) else {
                throw StoreError.closed
            }
            let change = ScheduleTransaction.Change(verb: "undo", what: "undone", undoes: entry.id)
            let since = try transaction.owedSince(undoing: entry)
            guard let present = try transaction.schedule.meeting(number) else {
                return try transaction.insert(before, number: number, owedSince: since, change)
            }
            return try transaction.update(present, to: before, owedSince: since, change)
        }
        take(.scheduleEdited)
    }

    func delete(_ number: Int) async throws {
        try await store.write(at: time.now, by: ReminderScene.author) { transaction in
            guard let meeting = try transaction.schedule.meeting(number) else { throw StoreError.closed }
            try transaction.delete(meeting, .init(verb: "delete", what: "deleted"))
        }
        take(.scheduleEdited)
    }

    /// Moves a series from its next date on, as `move --all` does.
    func moveSeries(_ number: Int, bySeconds shift: Int64) async throws {
        let (now, zones) = (time.now, zones)
        try await store.write(at: now, by: ReminderScene.author) { transaction in
            guard let old = try transaction.schedule.meeting(number),
                let former = try old.nextOriginalStart(from: now, in: zones),
                let present = former.advanced(bySeconds: shift)
            else { throw StoreError.closed }
            var changed = old
            try changed.moveAll(from: now, to: { $0.starting(at: present) }, in: zones)
            let move = SeriesMove(former: former, present: present)
            _ = try transaction.update(old, to: changed, .init(verb: "move", what: "moved", seriesMove: move))
        }
        take(.scheduleEdited)
    }

    /// Lets a series repeat no more, as `edit --repeat never` does.
    func endRule(_ number: Int) async throws {
        let (now, zones) = (time.now, zones)
        try await store.write(at: now, by: ReminderScene.author) { transaction in
            guard let old = try transaction.schedule.meeting(number) else { throw StoreError.closed }
            var changed = old
            let move = try changed.endRule(at: now, in: zones).move
            _ = try transaction.update(old, to: changed, .init(verb: "edit", what: "changed", seriesMove: move))
        }
        take(.scheduleEdited)
    }

    func change(_ number: Int, _ body: @escaping @Sendable (inout Meeting) throws -> Void) async throws {
        try await store.write(at: time.now, by: ReminderScene.author) { transaction in
            guard let old = try transaction.schedule.meeting(number) else { throw StoreError.closed }
            var changed = old
            try body(&changed)
            _ = try transaction.update(old, to: changed, .init(verb: "edit", what: "changed"))
        }
        take(.scheduleEdited)
    }
}

extension Timing {
    /// A window in UTC, from one day to another.
    static func window(_ first: String, _ last: String) throws -> Timing { try days(.window, first, last) }

    /// A day in UTC whose hour is open.
    static func hourOpen(_ day: String) throws -> Timing { try days(.hourOpen, day, day) }

    private static func days(_ form: Form, _ first: String, _ last: String) throws -> Timing {
        guard let first = CivilDate(iso8601: first), let last = CivilDate(iso8601: last),
            let timing = Timing(form, first: first, last: last, zone: "UTC", city: nil)
        else { throw StoreError.closed }
        return timing
    }

    /// The same on the clock of another zone.
    func elsewhere(_ zone: String) -> Timing { Timing(start: start, duration: duration, zone: zone, city: nil) }
}

extension Alarm {
    static func before(_ seconds: Int64, _ whenLate: WhenLate = .keep) -> Alarm {
        Alarm(id: "before-\(seconds)", trigger: .beforeStart(.seconds(seconds)), whenLate: whenLate)
    }
}
