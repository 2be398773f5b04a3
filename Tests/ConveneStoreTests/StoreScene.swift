import ConveneCore
import ConveneStore
import ConveneTestSupport
import GRDB
import Recurrence
import Synchronization
import Testing
import ZonedTime

@testable import ConveneStore

/// A store in a folder of its own, with ids that count up.
final class StoreScene: Sendable {
    let directory = TemporaryDirectory()
    let zones = SampleZones.shared
    private let ids = Mutex(0)

    var path: String { directory.path + "/convene.db" }

    /// Monday, 23 March 2026, noon in London: a week before the clocks change there.
    static let now = Instant.at("2026-03-23T12:00:00")
    static let author = Author(uid: 1_000, name: "yuri")

    func open(standardAlarms: StandardAlarms = .initial) throws -> MeetingStore {
        try MeetingStore(path: path, zones: zones, standardAlarms: standardAlarms) { [self] in
            ids.withLock { ids in
                ids += 1
                return "id-\(ids)"
            }
        }
    }

    /// Every file of the folder with its bytes, but the lock.
    func files() throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in directory.names() where !name.hasSuffix(".lock") { files[name] = directory.bytes(of: name) }
        return files
    }

    /// Writes a database file without the store.
    func makeFile(_ body: (Database) throws -> Void) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction(body)
        try queue.close()
    }
}

extension MeetingStore {
    /// Plans a meeting as one write.
    @discardableResult
    func add(_ meeting: Meeting, at now: Instant = StoreScene.now) async throws -> Meeting {
        try await write(at: now, by: StoreScene.author) { transaction in
            try transaction.insert(meeting, .init(verb: "add", what: "new"))
        }
    }

    /// Changes a meeting as one write.
    @discardableResult
    func change(
        _ number: Int, at now: Instant = StoreScene.now, verb: String = "edit",
        _ body: @escaping @Sendable (inout Meeting) throws -> Void
    ) async throws -> Meeting {
        try await write(at: now, by: StoreScene.author) { transaction in
            guard let old = try transaction.schedule.meeting(number) else { throw StoreError.closed }
            var changed = old
            try body(&changed)
            return try transaction.update(old, to: changed, .init(verb: verb, what: "changed"))
        }
    }

    func meeting(_ number: Int) async throws -> Meeting? {
        try await read { try $0.meeting(number) }
    }

    /// The rows of a table as text, one a line.
    func dump(_ sql: String) async throws -> [String] {
        try await fetch { db in
            try Row.fetchAll(db, sql: sql).map { row in
                row.databaseValues.map { $0.isNull ? "-" : String.fromDatabaseValue($0) ?? "\($0)" }
                    .joined(separator: " ")
            }
        }
    }

    /// The instants of the queue, as UTC clocks show them, in order.
    func queue() async throws -> [String] {
        try await dump("SELECT strftime('%Y-%m-%dT%H:%M', due, 'unixepoch'), trigger FROM queue ORDER BY due, id")
    }

    /// Plans a meeting by chance, under a UID, or changes one of these.
    func edit(
        _ random: inout RandomMeetings, _ numbers: inout [Int], adding uid: String? = nil, at now: Instant
    ) async throws {
        if let uid {
            numbers.append(try await add(random.meeting(uid: uid), at: now).number)
            return
        }
        let number = random.pick(numbers)
        let meeting = try #require(try await self.meeting(number))
        let changed = random.changed(meeting, at: now)
        try await change(number, at: now) { $0 = changed }
    }

    /// Lets the journal show everything that is due by `now`, again and again, as the scheduler does.
    @discardableResult
    func deliverAll(by now: Instant, boot: String = "boot-1") async throws -> [String] {
        var said: [String] = []
        while true {
            let owed = try await owed(by: now, limit: 100, isUnderWay: { _ in false }, countUnderWay: 0)
            if owed.reminders.isEmpty { return said }
            let entries = owed.reminders.map { SeenEntry($0) }
            said += entries.flatMap(\.identities)
            try await recordDelivered(entries, upTo: nil, in: .boot(boot, at: now), at: now)
        }
    }
}

extension BootMoment {
    /// A boot since 2026, by a clock that nobody sets.
    static func boot(_ name: String, at now: Instant = .at("2026-01-01T00:00:00")) -> BootMoment {
        BootMoment(boot: name, uptime: now.seconds(since: .at("2026-01-01T00:00:00")))
    }
}

extension SeenEntry {
    /// The entry of a reminder as the reader would find it.
    init(_ owed: OwedReminder) {
        self.init(
            identities: [owed.identity], kind: .reminder, message: "reminder", uid: owed.meeting.uid,
            meeting: owed.meeting.number, recurrenceID: owed.alarm.recurrenceID,
            startsAt: SampleZones.shared.timeZone(owed.alarm.zone)?.instant(of: owed.alarm.start),
            due: owed.alarm.due, late: 0,
            fields: #"{"CONVENE_MEETING":"\#(owed.meeting.uid)","CONVENE_SUMMARY":"\#(owed.meeting.summary)"}"#)
    }
}

extension Meeting {
    /// A meeting of an hour.
    static func talks(
        _ uid: String = "talks", at start: String = "2026-03-26T15:00:00", zone: String = "Europe/London",
        rule: String? = nil, alarms: Alarms = .standard
    ) throws -> Meeting {
        let timing = Timing(start: .at(start), duration: .seconds(3_600), zone: zone, city: nil)
        return Meeting(
            uid: uid, number: 0, summary: "Talks \(uid)",
            segments: [Segment(timing, rule: try rule.map { try RecurrenceRule($0) })], alarms: alarms)
    }
}

extension Alarms {
    /// One alarm, a quarter of an hour before.
    static let quarter = Alarms.own([Alarm(id: "quarter", trigger: .beforeStart(.seconds(900)))])
}
