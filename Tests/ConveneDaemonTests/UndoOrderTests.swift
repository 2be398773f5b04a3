import ConveneAPI
import ConveneCore
import ConveneTestSupport
import Testing
import ZonedTime

@testable import ConveneDaemon

@Suite("Undo in another order than that of the changes")
struct UndoOrderTests {
    let scene: BookScene

    init() throws { scene = try BookScene() }

    private func add(_ summary: String, _ when: String, if condition: String? = nil) async throws {
        let new = NewMeeting(summary: summary, when: when, dependsOn: condition)
        _ = try await scene.book.add(new, try scene.desk())
    }

    private func edit(_ reference: String, note: String? = nil, place: String? = nil, if condition: String? = nil)
        async throws
    {
        let edit = Edit.Parameters(reference: reference, place: place, note: note, dependsOn: condition)
        _ = try await scene.book.edit(edit, try scene.desk())
    }

    @discardableResult
    private func undo(_ record: Int? = nil) async throws -> Undo.Reply {
        try await scene.book.undo(Undo.Parameters(record: record.map(String.init)), try scene.desk())
    }

    private func expectConflict(undoing record: Int, _ why: String, line: Int = #line) async throws {
        let before = try await scene.snapshot()
        let error = await #expect(throws: ScheduleError.self) { try await undo(record) }
        guard case .undoConflict(_, _, let reason) = error else {
            Issue.record("line \(line): \(String(describing: error))")
            return
        }
        #expect(reason.contains(why))
        #expect(try await scene.snapshot() == before)
    }

    @Test("Meetings that would wait for each other in a circle are not brought back")
    func circle() async throws {
        try await add("A", "20 sep 10:00")
        try await add("B", "21 sep 10:00")
        try await edit("a", if: "b")
        try await edit("a", if: "none")
        try await edit("b", if: "a")
        try await expectConflict(undoing: 4, "it would wait for itself: 1 → 2 → 1")
    }

    @Test("What would hang on a deleted meeting, or on a round that is gone, is not brought back")
    func gone() async throws {
        try await add("C", "22 sep 10:00")
        try await add("E", "23 sep 10:00")
        try await edit("c", if: "e")
        try await edit("c", if: "none")
        _ = try await scene.book.delete(Delete.Parameters(reference: "e"), try scene.desk())
        try await expectConflict(undoing: 4, "it would hang on 2, which is deleted")

        let talks = NewMeeting(summary: "dg2", rounds: "monthly")
        _ = try await scene.book.add(talks, try scene.desk())
        _ = try await scene.book.edit(Edit.Parameters(reference: "dg2", rounds: "weekly"), try scene.desk())
        let change = try await scene.countChanges()
        try await add("FM", "november", if: "dg2#11nov")
        try await expectConflict(undoing: change, "hangs on a date that would go")
    }

    @Test("A meeting does not wait for what comes after it")
    func mixed() async throws {
        try await add("A", "20 sep 10:00")
        _ = try await scene.book.add(NewMeeting(summary: "B", after: "a"), try scene.desk())
        await #expect(throws: ScheduleError.self) { try await edit("a", if: "b") }
    }

    @Test("An undo is not undone over one that reaches further back")
    func undoOfUndo() async throws {
        try await add("A", "20 sep 10:00")
        try await edit("a", place: "P1")
        try await edit("a", note: "N2")
        try await undo()
        try await undo()
        try await expectConflict(undoing: 4, "was changed again since")
    }

    @Test("'Nobody was told' is said only where the journal was told nothing at all")
    func told() async throws {
        try await add("A", "20 sep 10:00")
        _ = try await scene.book.move(Move.Parameters(reference: "a", when: "11:00"), try scene.desk())
        #expect(try await undo().told == false)
    }

    @Test("Who deletes a round skips its period; what waits for a deleted date is to be decided, and hangs on it")
    func deletedDate() async throws {
        let talks = NewMeeting(summary: "dg", rounds: "monthly", hosts: ["Tokyo", "Seoul"])
        _ = try await scene.book.add(talks, try scene.desk())
        try await add("FM", "november", if: "dg#oct")
        let reply = try await scene.book.delete(Delete.Parameters(reference: "dg#oct"), try scene.desk())
        #expect(reply.date == "October")
        #expect(try await scene.owed().prefix(1) == ["decision: FM (1#oct skipped)"])

        try await add("Call", "every friday 10:00")
        try await add("Lunch", "some day in november", if: "call@27 sep")
        let other = try await scene.book.delete(Delete.Parameters(reference: "call@27 sep"), try scene.desk())
        #expect(other.date == "Fri 27 Sep")
        let waits = Relation(.dependsOn, target: 3, recurrenceID: .at("2019-09-27T10:00:00"))
        #expect(try await scene.meeting(4)?.relations == [waits])
        #expect(try await scene.owed().contains("decision: Lunch (3@2019-09-27 deleted)"))
    }

    @Test("A decision is not asked where it is open again, or nothing is waited for any more")
    func decisions() async throws {
        try await add("E", "16 sep 10:00")
        try await add("F", "25 sep 10:00", if: "e")
        _ = try await scene.book.postpone(Postpone.Parameters(reference: "e"), try scene.desk())
        #expect(try await scene.owed().count == 2)
        _ = try await scene.book.propose(Propose.Parameters(reference: "e", when: "18 sep 10:00"), try scene.desk())
        #expect(try await scene.owed() == [])
        _ = try await scene.book.cancel(Cancel.Parameters(reference: "e"), try scene.desk())
        #expect(try await scene.owed().count == 2)
        try await edit("f", if: "none")
        #expect(try await scene.owed() == [])
        // Undone, it waits again, and is asked again.
        try await undo()
        #expect(try await scene.owed().count == 2)
    }

    @Test("A round is confirmed with its date; confirmed by an edit it has its number")
    func confirmed() async throws {
        let talks = NewMeeting(summary: "dg", rounds: "monthly", hosts: ["Tokyo", "Seoul"])
        _ = try await scene.book.add(talks, try scene.desk())
        await #expect(throws: ScheduleError.self) {
            try await scene.book.edit(Edit.Parameters(reference: "dg", status: "confirmed"), try scene.desk())
        }
        _ = try await scene.book.propose(Propose.Parameters(reference: "dg", when: "20 sep 10:00"), try scene.desk())
        let change = try await scene.book.edit(
            Edit.Parameters(reference: "dg#sep", status: "confirmed"), try scene.desk())
        #expect(change.occurrence?.round?.number == 1 && change.ties?.answers ?? [] == [])
    }

    @Test("A name longer than any is refused before it is looked at; one with @ or # may be a whole summary")
    func names() async throws {
        try await add("Lunch @ Geneva", "20 sep 12:00")
        #expect(
            try await scene.book.show(Show.Parameters(reference: "lunch @ geneva"), try scene.desk()).meeting.number
                == 1)
        await #expect(throws: MeetingProblem.textTooLong(field: "reference", limit: 500)) {
            try await scene.book.show(
                Show.Parameters(reference: String(repeating: "x", count: 1_000_000)), try scene.desk())
        }
    }
}
