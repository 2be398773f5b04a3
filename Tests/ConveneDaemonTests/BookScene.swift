import ConveneAPI
import ConveneCore
import ConveneTestSupport
import GRDB
import LinuxTime
import Synchronization
import Testing
import ZonedTime

@testable import ConveneDaemon
@testable import ConveneStore

/// A secretariat's book on a store of its own, on a clock that moves only when told.
final class BookScene: Sendable {
    let directory = TemporaryDirectory()
    let clock: RehearsalClock
    let zones: KeptZones
    let store: MeetingStore
    let book: MeetingBook

    init(at now: String = "2019-09-11T00:00:00") throws {
        clock = RehearsalClock(at: .at(now))
        zones = KeptZones()
        let counter = Counter()
        store = try MeetingStore(path: directory.path + "/convene.db", zones: zones) { counter.next() }
        book = MeetingBook(
            store: store, zones: zones, cities: Cities(zones: zones), clock: clock, newID: { counter.next() }
        ) {}
    }

    /// Somebody in Seoul.
    func desk() throws -> Desk {
        try book.desk(zoneOfReader: "Asia/Seoul", Author(uid: 1_000, name: "yuri"))
    }

    func meeting(_ number: Int) async throws -> CoreMeeting? {
        try await store.read { try $0.meeting(number) }
    }

    /// Moves the clock on.
    func wait(days: Int) throws {
        try clock.advance(to: clock.now().advanced(bySeconds: Int64(days) * 86_400))
    }

    /// What people wrote, and what is derived from it for lists: every row as text, by table.
    func snapshot() async throws -> [String: [String]] {
        try await store.fetch { db in
            var tables: [String: [String]] = [:]
            for (table, columns) in BookScene.tables {
                let rows = try Row.fetchAll(db, sql: "SELECT \(columns) FROM \(table) ORDER BY \(columns)")
                tables[table] = rows.map { row in row.databaseValues.map { "\($0)" }.joined(separator: "|") }
            }
            return tables
        }
    }

    /// Revisions go on counting; all else is to be as it was.
    private static let tables = [
        "meeting": "number, uid, summary, folded, place, note, standard_alarms, default_alarms, parts, awaits",
        "snooze": "meeting, position, id, recurrence_id, trigger",
        "summary_word": "rest, word, meeting",
        "segment": "meeting, position, form, start, duration, zone, city, status, rule, dates, exclusions, ends_before",
        "override": "meeting, recurrence_id, form, start, duration, zone, city, status, summary, place, note",
        "alarm": "meeting, id, trigger", "rounds": "meeting, cadence, first_number",
        "host": "meeting, position, name, city, zone", "round": "meeting, period, number, host, ending, reason",
        "side": "meeting, position, party, city, zone, office, person, office_key, person_key",
        "answer": "meeting, position, recurrence_id, party, is_yes, reason, form, start, duration, zone, city",
        "relation": "meeting, position, kind, target, recurrence_id",
        "note": "meeting, position, date, text, recurrence_id", "party": "key, name, city, zone",
        "office": "key, party, title", "person": "key, name", "tenure": "office, person, since, until",
        "dated": "meeting, recurrence_id, span, starts, ends, status",
        "round_run": "meeting, pattern, first, starts, ends, waits_from",
    ]

    /// How many changes the log holds.
    func countChanges() async throws -> Int { try await store.read { try $0.lastPositions().log } }

    /// What is owed beside reminders: kind, summary and what it says.
    func owed() async throws -> [String] {
        try await store.fetch { db in
            try Row.fetchAll(db, sql: "SELECT kind, summary, fields FROM outbox ORDER BY send_after, identity").map {
                let fields: String? = $0[2]
                let said = try fields.map(OutboxRows.fields) ?? [:]
                let again = said[OutboxEntry.again] == nil ? "" : " again"
                let office = said[EntryField.office].map { " \($0)" } ?? ""
                return "\($0[0] as String)\(again)\(office): \($0[1] as String) (\(said[EntryField.message] ?? ""))"
            }
        }
    }
}

/// Ids that count up.
private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> String {
        count.withLock { count in
            count += 1
            return "id-\(count)"
        }
    }
}

/// The zones beside the vectors, each read once.
final class KeptZones: TimeZoneSource {
    private let vectors = VectorZones()
    private let kept = Mutex<[String: ZonedTime.TimeZone]>([:])

    var identifiers: [String] { vectors.identifiers }
    var version: String { vectors.version }

    func timeZone(_ identifier: String) -> ZonedTime.TimeZone? {
        if let zone = kept.withLock({ $0[identifier] }) { return zone }
        guard let zone = vectors.timeZone(identifier) else { return nil }
        kept.withLock { $0[identifier] = zone }
        return zone
    }
}
