import ConveneCore
import ConveneTestSupport
import GRDB
import Testing

@testable import ConveneStore

/// The schema keeps out what no code should ever write.
@Suite("Constraints")
struct ConstraintTests {
    @Test("Rows that cannot be true are refused, each by its own constraint")
    func refused() async throws {
        let store = try StoreScene().open()
        try await store.add(.talks())
        let before = try await contents(of: store)
        for sql in ConstraintTests.wrong {
            let error = await #expect(throws: StoreError.self, "\(sql)") {
                try await store.record { db in try db.execute(sql: sql) }
            }
            guard case .failed(let reason) = error else {
                Issue.record("\(sql): \(String(describing: error))")
                continue
            }
            let isConstraint = ["constraint failed", "cannot store"].contains { reason.contains($0) }
            #expect(isConstraint, "\(sql): \(reason)")
        }
        #expect(try await contents(of: store) == before)
    }

    /// Each names one thing that is wrong with a row that is else like the one that is there.
    private static let wrong = [
        // A meeting without a name, a uid, or under another's; a revision before the first.
        "UPDATE meeting SET summary = ''", "UPDATE meeting SET uid = ''", "UPDATE meeting SET revision = 0",
        "UPDATE meeting SET place = ''", "UPDATE meeting SET note = ''", "UPDATE meeting SET standard_alarms = 2",
        """
        INSERT INTO meeting
        SELECT 99, uid, revision, summary, folded, place, note, standard_alarms, parts,
            default_alarms, dropped_until, awaits
        FROM meeting
        """,
        "UPDATE meeting SET awaits = 2",
        // A stretch of rounds that ends where it begins.
        """
        INSERT INTO round_pattern VALUES (1, 'UTC', 'FREQ=MONTHLY', '2026-03-01T00:00:00', 'possible');
        INSERT INTO round_run VALUES (1, 1, 1, '2026-03-01T00:00:00', 5, 5, 0);
        """,
        // Text where a number belongs (STRICT).
        "UPDATE meeting SET revision = 'two'", "UPDATE queue SET due = 'soon'",
        // Forms, statuses, civil times, lengths and rules that are none.
        "UPDATE segment SET form = 'daily'", "UPDATE segment SET status = 'TENTATIVE'",
        "UPDATE segment SET start = '2026-03-26'", "UPDATE segment SET start = '2026-03-26T15:00:00Z'",
        "UPDATE segment SET duration = '60'", "UPDATE segment SET zone = ''", "UPDATE segment SET position = -1",
        "UPDATE segment SET rule = 'WEEKLY'", "UPDATE segment SET dates = ''", "UPDATE segment SET exclusions = ''",
        "UPDATE segment SET ends_before = 'never'",
        // A timing of an occurrence is whole or not there.
        """
        INSERT INTO override(meeting, recurrence_id, form) VALUES (1, '2026-03-26T15:00:00', 'timed')
        """,
        """
        INSERT INTO override(meeting, recurrence_id, start, duration, zone)
        VALUES (1, '2026-03-26T15:00:00', '2026-03-26T15:00:00', 'PT1H', 'UTC')
        """,
        "INSERT INTO override(meeting, recurrence_id) VALUES (1, 'thursday')",
        "INSERT INTO alarm VALUES (1, '', '-PT15M', 'keep')", "INSERT INTO alarm VALUES (1, 'a', '', 'keep')",
        "INSERT INTO alarm VALUES (1, 'a', '-PT15M', 'forget')", "UPDATE meeting SET default_alarms = '-P1D'",
        "INSERT INTO snooze VALUES (1, 0, '', NULL, '-PT5M')",
        "INSERT INTO snooze VALUES (1, 0, 's', 'today', '-PT5M')",
        // Parts of a meeting that is not there.
        "INSERT INTO alarm VALUES (99, 'a', '-PT15M', 'keep')",
        "INSERT INTO snooze VALUES (99, 0, 's', NULL, '-PT5M')",
        "INSERT INTO dated(meeting, span, starts, ends) VALUES (99, 0, 0, 0)",
        // An end before its start; a time of day that no clock shows; a residue that no number leaves.
        "UPDATE dated SET ends = starts - 1",
        """
        INSERT INTO track_group VALUES (1, 'UTC', 0, 0, 0, 1, NULL);
        INSERT INTO track VALUES (1, 1, 1, 0, 86400, 90000, 1, 0, 0, 0, NULL);
        """,
        """
        INSERT INTO track_group VALUES (1, 'UTC', 0, 0, 0, 1, NULL);
        INSERT INTO track VALUES (1, 1, 1, 0, 0, 3600, 2, 2, 0, 0, NULL);
        """,
        // Twice the same identity.
        """
        INSERT INTO queue(meeting, alarm, trigger, recurrence_id, is_own, due, start, zone, identity)
        SELECT meeting, alarm, trigger, recurrence_id, is_own, due, start, zone, identity FROM queue
        """,
        // A length that is none, and a series that was moved to where it was.
        "UPDATE queue SET length = '1 hour'",
        "INSERT INTO series_move VALUES (1, 'u', '2026-03-26T15:00:00', '2026-03-26T15:00:00', NULL)",
        "INSERT INTO series_move VALUES (1, 'u', NULL, NULL, NULL)",
        "INSERT INTO series_move VALUES (1, 'u', '2026-03-26T15:00:00', '2026-03-26T16:00:00', '')",
        "INSERT INTO former_name VALUES ('r', '', NULL)",
        "INSERT INTO former_name VALUES ('r', 'i', 'friday')",
    ]

    private func contents(of store: MeetingStore) async throws -> [String] {
        var rows: [String] = []
        for table in ["meeting", "segment", "override", "alarm", "dated", "track_group", "track", "queue"] {
            rows += try await store.dump("SELECT '\(table)', * FROM \(table)")
        }
        return rows
    }

    @Test("With a meeting go all its parts and everything derived from it")
    func cascade() async throws {
        let store = try StoreScene().open()
        var meeting = try Meeting.talks(rule: "FREQ=WEEKLY", alarms: .quarter)
        try meeting.setStatus(
            .cancelled, of: .at("2026-04-02T15:00:00"), at: StoreScene.now, in: SampleZones.shared)
        let added = try await store.add(meeting)
        try await store.write(at: StoreScene.now, by: StoreScene.author) { transaction in
            try transaction.delete(added, .init(verb: "delete", what: "deleted"))
        }
        for table in ["meeting", "segment", "override", "alarm", "dated", "track", "queue"] {
            #expect(try await store.dump("SELECT * FROM \(table)") == [], "\(table)")
        }
        // The next one gets another number.
        #expect(try await store.add(.talks("second")).number == added.number + 1)
    }
}
