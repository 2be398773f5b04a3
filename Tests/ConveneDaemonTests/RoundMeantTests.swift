import ConveneAPI
import ConveneCore
import Testing

@testable import ConveneDaemon

@Suite("Which round is meant by the name alone")
struct RoundMeantTests {
    private func scene() async throws -> BookScene {
        let scene = try BookScene()
        let talks = NewMeeting(summary: "DG talks", rounds: "monthly", hosts: ["Tokyo", "Seoul"])
        _ = try await scene.book.add(talks, try scene.desk())
        return scene
    }

    private func fix(_ when: String, _ scene: BookScene) async throws -> String? {
        let change = try await scene.book.fix(Fix.Parameters(reference: "dg", when: when), try scene.desk())
        return change.occurrence.map { "\($0.round?.name ?? ""): \($0.there.start)" }
    }

    private func shown(_ scene: BookScene) async throws -> String? {
        let reply = try await scene.book.show(Show.Parameters(reference: "dg"), try scene.desk())
        return reply.occurrence?.round?.name
    }

    @Test("A round whose day is agreed is given its hour")
    func hourOpen() async throws {
        let scene = try await scene()
        #expect(try await fix("20 sep", scene) == "September: 2019-09-20")
        #expect(try await fix("20 sep 11:00", scene) == "September: 2019-09-20T11:00:00")
        // Now it has both, and the next one is meant.
        #expect(try await fix("22 oct 10:00", scene) == "October: 2019-10-22T10:00:00")
    }

    @Test(
        "Where its hour is open, another day of its period moves it, and a day of the next period is the next round's")
    func hourOpenElsewhere() async throws {
        let scene = try await scene()
        _ = try await fix("20 sep", scene)
        #expect(try await fix("27 sep 11:00", scene) == "September: 2019-09-27T11:00:00")
        let other = try await self.scene()
        _ = try await fix("20 sep", other)
        #expect(try await fix("22 oct 10:00", other) == "October: 2019-10-22T10:00:00")
    }

    @Test("What is shown is the round that is owed next, not one that was merged or skipped")
    func shownIsOwed() async throws {
        let scene = try await scene()
        #expect(try await shown(scene) == "September")
        _ = try await scene.book.merge(Merge.Parameters(reference: "dg#sep", other: "oct"), try scene.desk())
        #expect(try await shown(scene) == "October")
        _ = try await scene.book.skip(Skip.Parameters(reference: "dg#oct"), try scene.desk())
        #expect(try await shown(scene) == "November")
    }

    @Test("A name without a year means the nearest period of that name, also where its round was held or skipped")
    func nearestYear() async throws {
        let scene = try await scene()
        _ = try await fix("12 sep 11:00", scene)
        try scene.wait(days: 2)
        _ = try await scene.book.held(Held.Parameters(reference: "dg"), try scene.desk())
        let shown = try await scene.book.show(Show.Parameters(reference: "dg#sep"), try scene.desk())
        #expect(shown.occurrence?.round?.standing == .held && shown.occurrence?.round?.tag == "sep")
        for _ in 1...2 {
            let skipped = try? await scene.book.skip(Skip.Parameters(reference: "dg#feb"), try scene.desk())
            #expect(skipped?.occurrence?.round?.period ?? "2020-02-01" == "2020-02-01")
        }
        #expect(try await scene.meeting(1)?.rounds?.records.count { $0.ending == .skipped } == 1)
        // February is the nearest of its name, and so is called by its month alone.
        let february = try await scene.book.show(Show.Parameters(reference: "dg#2020-02"), try scene.desk())
        #expect(february.occurrence?.round?.tag == "feb")
        let later = try await scene.book.show(Show.Parameters(reference: "dg#2020-09"), try scene.desk())
        #expect(later.occurrence?.round?.tag == "2020-09")
    }

    @Test("A year names its period, however far it is")
    func farYear() async throws {
        let scene = try BookScene()
        _ = try await scene.book.add(NewMeeting(summary: "Summit", rounds: "yearly"), try scene.desk())
        let shown = try await scene.book.show(Show.Parameters(reference: "summit#2024"), try scene.desk())
        #expect(shown.occurrence?.round?.tag == "2024")
    }

    @Test("A number that no round has yet, but for the next one, names none; the error names the rounds that are owed")
    func numbers() async throws {
        let scene = try await scene()
        #expect(
            try await scene.book.show(Show.Parameters(reference: "dg#1"), try scene.desk()).occurrence?.round?.tag
                == "sep")
        let error = await #expect(throws: ScheduleError.self) {
            try await scene.book.show(Show.Parameters(reference: "dg#13"), try scene.desk())
        }
        #expect(error == .noSuchOccurrence(reference: "dg#13", date: "13", nearest: ["dg#sep", "dg#oct", "dg#nov"]))
    }

    @Test("Of several meetings that a name may mean, a round of it names them")
    func ambiguous() async throws {
        let scene = try await scene()
        _ = try await scene.book.add(NewMeeting(summary: "DG lunch", when: "fri 12:30"), try scene.desk())
        let error = await #expect(throws: ScheduleError.self) {
            try await scene.book.show(Show.Parameters(reference: "dg#oct"), try scene.desk())
        }
        guard case .ambiguousReference("dg", let candidates) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(candidates.map(\.number) == [2, 1])
    }

    @Test("What is over and was not said to be held is not what is postponed")
    func notThePast() async throws {
        let scene = try await scene()
        _ = try await fix("12 sep 11:00", scene)
        try scene.wait(days: 20)
        let change = try await scene.book.postpone(
            Postpone.Parameters(reference: "dg", into: "nov"), try scene.desk())
        #expect(change.occurrence?.round?.name == "October")
    }

    @Test("A date in the period of a round that has one is meant for it")
    func ownPeriod() async throws {
        let scene = try await scene()
        _ = try await fix("20 sep 11:00", scene)
        #expect(try await fix("24 sep 11:00", scene) == "September: 2019-09-24T11:00:00")
        let error = await #expect(throws: ScheduleError.self) { try await fix("3 dec 2025 10:00", scene) }
        guard case .notPossible(1, _, let reason, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason == "the date lies outside October 2019, whose round is meant")
    }

    @Test("What is worth a second look about a date is pointed out: it was declined, or is of another period")
    func doubts() async throws {
        let scene = try await scene()
        _ = try await scene.book.propose(Propose.Parameters(reference: "dg", when: "20 sep"), try scene.desk())
        _ = try await scene.book.decline(
            Decline.Parameters(reference: "dg", by: "Tokyo", reason: "DG travels"), try scene.desk())
        let again = try await scene.book.propose(Propose.Parameters(reference: "dg", when: "20 sep"), try scene.desk())
        #expect(again.warnings == ["Tokyo declined Fri 20 Sep: DG travels"])
        let other = try await scene.book.propose(
            Propose.Parameters(reference: "dg#nov", when: "28 oct"), try scene.desk())
        #expect(other.warnings == ["Mon 28 Oct lies outside November, whose round it is."])
    }

    @Test("A yes counts for the date to which it was said; what is agreed for all at once asks nobody")
    func answers() async throws {
        let scene = try await scene()
        func answers(_ change: Change) -> [Bool] { (change.ties?.answers ?? []).map(\.yes) }
        let proposed = try await scene.book.propose(
            Propose.Parameters(reference: "dg", when: "20 sep", by: "Seoul"), try scene.desk())
        #expect(answers(proposed) == [false, true])
        let moved = try await scene.book.move(Move.Parameters(reference: "dg", when: "23 sep"), try scene.desk())
        #expect(answers(moved) == [])
        _ = try await scene.book.confirm(Confirm.Parameters(reference: "dg", by: "Tokyo"), try scene.desk())
        let fixed = try await scene.book.confirm(Confirm.Parameters(reference: "dg"), try scene.desk())
        #expect(fixed.occurrence?.status == .confirmed && answers(fixed) == [])
    }

    @Test("Two rounds that become one keep the date that one of them has; where both have one, it is said which is off")
    func merged() async throws {
        let scene = try await scene()
        _ = try await fix("20 sep 11:00", scene)
        let kept = try await scene.book.merge(Merge.Parameters(reference: "dg#sep", other: "oct"), try scene.desk())
        #expect(kept.occurrence?.there.start == "2019-09-20T11:00:00" && kept.occurrence?.round?.name == "October")
        #expect(kept.occurrence?.round?.host == "Tokyo" && kept.occurrence?.round?.number == 1)
        _ = try await scene.book.fix(Fix.Parameters(reference: "dg#nov", when: "5 nov 10:00"), try scene.desk())
        let both = try await scene.book.merge(Merge.Parameters(reference: "dg#oct", other: "nov"), try scene.desk())
        #expect(both.occurrence?.there.start == "2019-11-05T10:00:00")
        #expect(both.remarks == ["October and November are one round now.", "Fri 20 Sep 11:00 Tokyo is off."])
    }
}
