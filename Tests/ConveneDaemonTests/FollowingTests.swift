import ConveneAPI
import ConveneCore
import ConveneStore
import ConveneTestSupport
import LinuxTime
import Testing
import ZonedTime

@testable import ConveneDaemon

@Suite("What follows from a change")
struct FollowingTests {
    private func scene() async throws -> BookScene {
        let scene = try BookScene()
        try await RandomActs.begin(scene)
        return scene
    }

    @Test("What comes after a meeting goes with its date when that becomes a series; and undo brings it back")
    func afterFirstDate() async throws {
        let scene = try BookScene()
        let book = scene.book
        _ = try await book.add(NewMeeting(summary: "Talks", when: "26 sep 15:00", duration: "1h"), scene.desk())
        _ = try await book.add(NewMeeting(summary: "Dinner", duration: "90m", after: "talks"), scene.desk())
        _ = try await book.edit(Edit.Parameters(reference: "talks", repeat: "every thursday"), scene.desk())
        let move = Move.Parameters(reference: "talks@2019-09-26", when: "27 sep 16:00")
        _ = try await book.move(move, scene.desk())
        #expect(try await scene.meeting(2)?.timing.start == .at("2019-09-27T17:00:00"))
        for _ in 0..<2 { _ = try await book.undo(Undo.Parameters(), scene.desk()) }
        #expect(try await scene.meeting(2)?.timing.start == .at("2019-09-26T16:00:00"))
        _ = try await book.move(Move.Parameters(reference: "talks", when: "15:30"), scene.desk())
        #expect(try await scene.meeting(2)?.timing.start == .at("2019-09-26T16:30:00"))
    }

    @Test(
        "It goes along to another day, and is put off where the series has its date no more; so does what was put off")
    func afterAnotherDay() async throws {
        let scene = try BookScene()
        let book = scene.book
        _ = try await book.add(NewMeeting(summary: "Talks", when: "26 sep 15:00", duration: "1h"), scene.desk())
        _ = try await book.add(NewMeeting(summary: "Dinner", duration: "90m", after: "talks"), scene.desk())
        _ = try await book.edit(Edit.Parameters(reference: "talks", repeat: "every friday"), scene.desk())
        #expect(try await scene.meeting(2)?.timing.start == .at("2019-09-27T16:00:00"))
        #expect(try await scene.meeting(2)?.relations.first?.recurrenceID == .at("2019-09-27T15:00:00"))
        _ = try await book.edit(Edit.Parameters(reference: "talks", repeat: "every monday"), scene.desk())
        #expect(try await scene.meeting(2)?.status == .postponed)
        for _ in 0..<2 { _ = try await book.undo(Undo.Parameters(), scene.desk()) }
        #expect(try await scene.meeting(2)?.status == .confirmed)
        #expect(try await scene.meeting(2)?.timing.start == .at("2019-09-26T16:00:00"))
        #expect(try await scene.meeting(2)?.relations.first?.recurrenceID == nil)
    }

    @Test("What comes after a date that was moved hangs on it when that is a meeting of its own")
    func afterMovedDate() async throws {
        let scene = try BookScene()
        let book = scene.book
        _ = try await book.add(NewMeeting(summary: "Daily", when: "20 sep 15:00", repeat: "every day"), scene.desk())
        _ = try await book.add(NewMeeting(summary: "Dinner", duration: "1h", after: "daily@2019-09-20"), scene.desk())
        _ = try await book.move(Move.Parameters(reference: "daily@2019-09-20", when: "18:00"), scene.desk())
        _ = try await book.edit(Edit.Parameters(reference: "daily", repeat: "never"), scene.desk())
        #expect(try await scene.meeting(1)?.timing.start == .at("2019-09-20T18:00:00"))
        _ = try await book.move(Move.Parameters(reference: "daily", when: "17:00"), scene.desk())
        #expect(try await scene.meeting(2)?.timing.start == .at("2019-09-20T18:00:00"))
    }

    @Test("'--repeat never --from' keeps the dates before that one, and it as the last")
    func neverFrom() async throws {
        let scene = try BookScene()
        let book = scene.book
        _ = try await book.add(NewMeeting(summary: "Daily", when: "20 sep 15:00", repeat: "every day"), scene.desk())
        _ = try await book.edit(
            Edit.Parameters(reference: "daily", repeat: "never", from: "23 sep"), scene.desk())
        let daily = try #require(try await scene.meeting(1))
        let left = try daily.occurrences(endingAfter: scene.clock.now(), limit: 9, in: scene.zones)
        #expect(left.map { $0.timing.start.date.iso8601 } == ["2019-09-20", "2019-09-21", "2019-09-22", "2019-09-23"])
    }

    @Test("A named date of a series is the first that 'move --all' moves")
    func fromNamedDate() async throws {
        let scene = try BookScene()
        let book = scene.book
        _ = try await book.add(NewMeeting(summary: "Daily", when: "20 sep 15:00", repeat: "every day"), scene.desk())
        _ = try await book.move(
            Move.Parameters(reference: "daily@2019-09-23", when: "23 sep 16:00", all: true), scene.desk())
        let daily = try #require(try await scene.meeting(1))
        let next = try daily.occurrences(endingAfter: scene.clock.now(), limit: 5, in: scene.zones)
        #expect(next.map(\.timing.start.time.hour) == [15, 15, 15, 16, 16])
    }

    @Test("A new holder of an office is told of, where a meeting to come has another head for it")
    func holders() async throws {
        let scene = try await scene()
        #expect(try await scene.owed() == [])
        let holder = SetHolder.Parameters(office: "Japan DG", person: "Kenji Kanasugi", since: "1 oct")
        _ = try await scene.book.setHolder(holder, try scene.desk())
        #expect(try await scene.owed() == ["change Japan DG: Talks 1 (Kenji Kanasugi)"])
        // A correction takes its place; who takes that back means the first again, and who takes both back says nothing.
        _ = try await scene.book.setHolder(
            SetHolder.Parameters(office: "Japan DG", person: "Taro Kono", since: "1 oct"), try scene.desk())
        #expect(try await scene.owed() == ["change Japan DG: Talks 1 (Taro Kono)"])
        _ = try await scene.book.undo(Undo.Parameters(), try scene.desk())
        #expect(try await scene.owed() == ["change Japan DG: Talks 1 (Kenji Kanasugi)"])
        _ = try await scene.book.undo(Undo.Parameters(), try scene.desk())
        #expect(try await scene.owed() == [])
    }

    @Test("Who takes over an office on a later day brings that day along")
    func laterHolder() async throws {
        let scene = try await scene()
        let holder = SetHolder.Parameters(office: "Japan DG", person: "Kenji Kanasugi", since: "1 oct")
        _ = try await scene.book.setHolder(holder, try scene.desk())
        let now = scene.clock.now().advanced(bySeconds: 3_600)
        let owed = try #require(
            try await scene.store.owed(by: now, limit: 9, isUnderWay: { _ in false }, countUnderWay: 0).outbox.first)
        #expect(owed.fields?[OutboxEntry.since] == "2019-10-01")
    }

    @Test("What is decided anew within the pause is asked once, as it stands then; undone, as it stood before")
    func decidedAnew() async throws {
        let scene = try BookScene()
        let book = scene.book
        _ = try await book.add(NewMeeting(summary: "FM", when: "26 sep 15:30"), scene.desk())
        _ = try await book.add(NewMeeting(summary: "Cond", when: "30 sep 18:00", dependsOn: "fm"), scene.desk())
        _ = try await book.postpone(Postpone.Parameters(reference: "fm"), scene.desk())
        let postponed = ["decision: Cond (1 postponed)", "decision again: Cond (1 postponed)"]
        #expect(try await scene.owed() == postponed)
        _ = try await book.cancel(Cancel.Parameters(reference: "fm"), scene.desk())
        #expect(try await scene.owed() == ["decision: Cond (1 cancelled)", "decision again: Cond (1 cancelled)"])
        _ = try await book.undo(Undo.Parameters(), scene.desk())
        #expect(try await scene.owed() == postponed)
        _ = try await book.undo(Undo.Parameters(), scene.desk())
        #expect(try await scene.owed() == [])
    }

    @Test("Who is first named for an office is news to nobody; who takes it over with a new meeting is")
    func holdersOfNew() async throws {
        let scene = try await scene()
        let ministers = NewMeeting(summary: "Ministers", when: "1 nov 10:00", between: "Kang (ROK FM), Kono (Japan FM)")
        _ = try await scene.book.add(ministers, try scene.desk())
        #expect(try await scene.owed() == [])
        let next = NewMeeting(
            summary: "Lunch", when: "2 nov 12:00", between: "Kang (ROK FM), Motegi (Japan FM since 11 sep)")
        _ = try await scene.book.add(next, try scene.desk())
        #expect(try await scene.owed() == ["change Japan FM: Ministers (Motegi)"])
    }

    @Test("A whole that is called off names the parts that are still planned; a part that leaves its whole says so")
    func partsLeft() async throws {
        let scene = try await scene()
        let moved = try await scene.book.move(Move.Parameters(reference: "5", when: "2 oct 10:00"), try scene.desk())
        #expect(moved.warnings == ["Now outside Assembly, of which it is a part."])
        let cancelled = try await scene.book.cancel(Cancel.Parameters(reference: "4"), try scene.desk())
        #expect(
            cancelled.warnings == ["Still planned: 5 Debate. Each is called off by itself: convene cancel NUMBER"])
    }

    @Test("A date that has just passed is next year's, and that is pointed out")
    func nextYear() async throws {
        let scene = try await scene()
        let new = NewMeeting(summary: "Dinner", when: "9 sep 19:00")
        #expect(
            try await scene.book.add(new, try scene.desk()).warnings == [
                "That is 9 September 2020: this year's 9 Sep is over."
            ])
        let coming = NewMeeting(summary: "Dinner", when: "1 aug 19:00")
        #expect(try await scene.book.add(coming, try scene.desk()).warnings == [])
    }

    @Test("The log names the date of a series that was changed")
    func dateInLog() async throws {
        let scene = try await scene()
        let call = NewMeeting(summary: "Call", when: "every friday 10:00")
        _ = try await scene.book.add(call, try scene.desk())
        _ = try await scene.book.cancel(Cancel.Parameters(reference: "call@20 sep"), try scene.desk())
        _ = try await scene.book.move(Move.Parameters(reference: "call@27 sep", when: "11:00"), try scene.desk())
        let log = try await scene.book.log(GetLog.Parameters(limit: 2), try scene.desk())
        #expect(log.map(\.what) == ["Fri 27 Sep: 10:00 → 11:00–12:00", "Fri 20 Sep: confirmed → cancelled"])
    }

    @Test("Parts move with their whole if asked, and what comes after them; undo takes all back")
    func parts() async throws {
        let scene = try await scene()
        _ = try await scene.book.add(NewMeeting(summary: "Side", sidelines: "4"), try scene.desk())
        _ = try await scene.book.add(NewMeeting(summary: "Lunch", after: "5"), try scene.desk())
        let before = try await scene.snapshot()
        let change = try await scene.book.move(
            Move.Parameters(reference: "4", when: "1–7 oct", withParts: true), try scene.desk())
        #expect(change.remarks.contains("With it: 5 Debate, 6 Side."))
        #expect(change.warnings == [])
        let starts = try await [5, 6, 7].asyncMap { try #require(try await scene.meeting($0)).timing.start.iso8601 }
        #expect(starts == ["2019-10-02T10:00:00", "2019-10-01T00:00:00", "2019-10-02T11:00:00"])
        #expect(try await scene.meeting(6)?.timing.lastDay.iso8601 == "2019-10-07")
        _ = try await scene.book.undo(Undo.Parameters(), try scene.desk())
        #expect(try await scene.snapshot() == before)
    }

    @Test("Where they are not asked to, the answer says which parts lie outside now")
    func outside() async throws {
        let scene = try await scene()
        let change = try await scene.book.move(Move.Parameters(reference: "4", when: "1–7 oct"), try scene.desk())
        #expect(change.warnings.map { $0.hasPrefix("Now outside it: 5 Debate.") } == [true])
        #expect(try await scene.meeting(5)?.timing.start.iso8601 == "2019-09-25T10:00:00")
    }

    @Test("What waits for a meeting that is deleted is to be decided, and waits no more")
    func deleted() async throws {
        let scene = try await scene()
        _ = try await scene.book.add(NewMeeting(summary: "Ministers", sidelines: "4", dependsOn: "5"), try scene.desk())
        let before = try await scene.snapshot()
        _ = try await scene.book.delete(Delete.Parameters(reference: "5"), try scene.desk())
        #expect(try await scene.owed().first == "decision: Ministers (5 deleted)")
        #expect(try await scene.meeting(6)?.relations.map(\.target) == [4])
        _ = try await scene.book.undo(Undo.Parameters(), try scene.desk())
        #expect(try await scene.owed() == [])
        #expect(try await scene.snapshot() == before)
    }

    @Test("A condition that is settled already asks for its decision at once")
    func settledAlready() async throws {
        let scene = try await scene()
        _ = try await scene.book.cancel(Cancel.Parameters(reference: "5"), try scene.desk())
        let change = try await scene.book.add(
            NewMeeting(summary: "Ministers", when: "october", dependsOn: "5"), try scene.desk())
        #expect(change.remarks.contains("5 is cancelled already: this is to be decided now."))
        #expect(
            try await scene.owed() == [
                "decision: Ministers (5 cancelled)", "decision again: Ministers (5 cancelled)",
            ])
    }

    @Test("A decision that waits is asked for a second time, unless the meeting is over by then")
    func twice() async throws {
        let scene = try await scene()
        for when in ["some day in november", "some day 11–13 sep"] {
            _ = try await scene.book.add(NewMeeting(summary: when, when: when, dependsOn: "5"), try scene.desk())
        }
        _ = try await scene.book.cancel(Cancel.Parameters(reference: "5"), try scene.desk())
        #expect(
            try await scene.owed() == [
                "decision: some day in november (5 cancelled)", "decision: some day 11–13 sep (5 cancelled)",
                "decision again: some day in november (5 cancelled)",
            ])
    }

    @Test("Rounds can wait for another meeting, but not follow one")
    func roundsWait() async throws {
        let scene = try await scene()
        _ = try await scene.book.add(
            NewMeeting(summary: "More talks", rounds: "monthly", dependsOn: "5"), try scene.desk())
        #expect(try await scene.meeting(6)?.relations.map(\.target) == [5])
        await #expect(throws: (any Error).self) {
            _ = try await scene.book.add(
                NewMeeting(summary: "More", rounds: "monthly", after: "5"), try scene.desk())
        }
    }

    @Test("Hosts and heads of a series can be edited; the turn goes on from who hosted last")
    func edited() async throws {
        let scene = try await scene()
        _ = try await scene.book.edit(
            Edit.Parameters(
                reference: "1", hosts: ["Seoul", "Tokyo"], between: "Kim Jung-han (ROK DG), Kenji Kanasugi (Japan DG)"),
            try scene.desk())
        let meeting = try #require(try await scene.meeting(1))
        #expect(meeting.rounds?.hosts.map(\.name) == ["Seoul", "Tokyo"])
        #expect(meeting.sides.map(\.person) == ["Kim Jung-han", "Kenji Kanasugi"])
        await #expect(throws: (any Error).self) {
            _ = try await scene.book.edit(Edit.Parameters(reference: "4", hosts: ["Seoul"]), try scene.desk())
        }
    }

    @Test("A list of what is open holds windows and rounds without a date, each series' next")
    func openOnly() async throws {
        let scene = try await scene()
        _ = try await scene.book.add(NewMeeting(summary: "Review", when: "october"), try scene.desk())
        var asked = ConveneAPI.List.Parameters()
        asked.undated = true
        let desk = try scene.desk()
        var listed: [String] = []
        try await scene.book.list(try scene.book.query(asked, streams: true, desk), desk) { reply, _ in
            listed += reply.occurrences.map(\.summary)
        }
        #expect(listed == ["Talks 2", "Talks 1", "Talks 3", "Review"])
        asked.statuses = [.confirmed]
        listed = []
        try await scene.book.list(try scene.book.query(asked, streams: true, desk), desk) { reply, _ in
            listed += reply.occurrences.map(\.summary)
        }
        #expect(listed.contains("Assembly"))
    }
}

extension Array where Element: Sendable {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
