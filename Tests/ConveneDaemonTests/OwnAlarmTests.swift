import ConveneAPI
import ConveneCore
import ConveneTestSupport
import GRDB
import LinuxTime
import Testing
import ZonedTime

@testable import ConveneDaemon
@testable import ConveneStore

@Suite("Own reminders through the forms of a meeting")
struct OwnAlarmTests {
    /// On Wed 11 September 2019, in Seoul.
    private func scene(
        _ when: String? = nil, alarms: [String]? = nil, rounds: String? = nil
    ) async throws -> BookScene {
        let scene = try BookScene()
        _ = try await scene.book.add(
            NewMeeting(summary: "Talks", when: when, alarms: alarms, rounds: rounds), try scene.desk())
        return scene
    }

    /// What is shown as the reminders to come, when, and that the stored queue is as it must be.
    private func reminders(_ scene: BookScene, _ name: String = "talks") async throws -> [String] {
        let shown = try await scene.book.show(Show.Parameters(reference: name), try scene.desk())
        let faults = try scene.store.check(behind: 0, limit: 10, at: scene.clock.now()).faults
        #expect(faults.isEmpty)
        let now = shown.reminders.filter { $0.recurrenceId == shown.occurrence?.recurrenceId }
        let listed = Set(shown.meeting.alarms.map(\.id))
        #expect(now.allSatisfy { listed.contains($0.alarm.id) })
        return now.map { String($0.here.dropFirst(5).prefix(11)) }
    }

    /// What the queue holds.
    private func queued(_ scene: BookScene) async throws -> [String] {
        try await scene.store.fetch { db in
            try QueueRows.fetch(of: 1, db).map(\.alarm.trigger.text).sorted()
        }
    }

    private func remind(_ alarm: String, _ scene: BookScene) async throws -> Change {
        try await scene.book.addAlarm(AddAlarm.Parameters(reference: "talks", alarm: alarm), try scene.desk())
    }

    private func forget(_ alarm: String, _ scene: BookScene) async throws {
        _ = try await scene.book.removeAlarm(RemoveAlarm.Parameters(reference: "talks", alarm: alarm), try scene.desk())
    }

    private func fix(_ when: String, _ scene: BookScene) async throws {
        _ = try await scene.book.fix(Fix.Parameters(reference: "talks", when: when), try scene.desk())
    }

    private func move(_ when: String, _ scene: BookScene) async throws {
        _ = try await scene.book.move(Move.Parameters(reference: "talks", when: when), try scene.desk())
    }

    private static let asking = ["09-26T08:00", "09-27T08:00"]

    @Test("One more on a window is one more than the standard once it is dated")
    func window() async throws {
        let scene = try await scene("week of 23 september")
        let change = try await remind("5m", scene)
        #expect(change.remarks == ["That comes once there is a date."])
        #expect(try await reminders(scene) == OwnAlarmTests.asking)
        try await fix("26 sep 14:00", scene)
        #expect(try await reminders(scene) == ["09-25T14:00", "09-26T13:45", "09-26T13:55"])
        #expect(try await queued(scene) == ["-P1D", "-PT15M", "-PT5M"])
    }

    @Test("So it is on the rounds of talks, and the next round asks for its date still")
    func rounds() async throws {
        let scene = try await scene(rounds: "monthly")
        _ = try await remind("5m", scene)
        try await fix("26 sep 15:30", scene)
        #expect(try await reminders(scene) == ["09-25T15:30", "09-26T15:15", "09-26T15:25"])
        #expect(try await queued(scene) == ["-P1D", "-PT15M", "-PT5M", "WINDOW", "WINDOW-LAST"])
    }

    @Test("A dated meeting with one more asks for its date where it becomes a window, and is as before after it")
    func dated() async throws {
        let scene = try await scene("26 sep 14:00")
        _ = try await remind("5m", scene)
        try await move("some day 23-29 sep", scene)
        #expect(try await reminders(scene) == OwnAlarmTests.asking)
        try await fix("26 sep 14:00", scene)
        #expect(try await reminders(scene) == ["09-25T14:00", "09-26T13:45", "09-26T13:55"])
    }

    @Test("What was given by name is all of a date, and a window still asks for one")
    func named() async throws {
        let scene = try await scene("week of 23 september", alarms: ["15m"])
        #expect(try await reminders(scene) == OwnAlarmTests.asking)
        _ = try await remind("5m", scene)
        #expect(try await reminders(scene) == OwnAlarmTests.asking)
        await #expect(throws: ScheduleError.self) { try await remind("15m", scene) }
        try await fix("26 sep 14:00", scene)
        #expect(try await reminders(scene) == ["09-26T13:45", "09-26T13:55"])
    }

    @Test("What was taken away stays away in every form, with one more or without")
    func removed() async throws {
        let scene = try await scene("week of 23 september")
        _ = try await remind("5m", scene)
        for alarm in ["1d", "on its last working day, while it has no date"] { try await forget(alarm, scene) }
        #expect(try await reminders(scene) == ["09-26T08:00"])
        try await forget("some days before its last day, while it has no date", scene)
        #expect(try await reminders(scene) == [])
        try await forget("15m", scene)
        try await fix("26 sep 14:00", scene)
        #expect(try await reminders(scene) == ["09-26T13:55"])
        try await forget("5m", scene)
        #expect(try await scene.meeting(1)?.alarms == .own([]))
    }

    @Test("Who wished none is not asked because of one more")
    func none() async throws {
        let scene = try await scene("week of 23 september", alarms: ["none"])
        _ = try await remind("5m", scene)
        #expect(try await reminders(scene) == [])
        try await fix("26 sep 14:00", scene)
        #expect(try await reminders(scene) == ["09-26T13:55"])
    }

    @Test("A day that is given its hour has the reminders of an hour; an hour that is open has none by the minute")
    func days() async throws {
        let scene = try await scene("26 sep")
        _ = try await remind("2d", scene)
        #expect(try await reminders(scene) == ["09-24T09:00", "09-25T09:00"])
        try await fix("26 sep 14:00", scene)
        #expect(try await reminders(scene) == ["09-24T14:00", "09-25T14:00", "09-26T13:45"])
    }

    @Test("One that waits for a date is one's own where it is added by name")
    func ownInstead() async throws {
        let scene = try await scene("week of 23 september")
        _ = try await remind("1d", scene)
        _ = try await remind("5m", scene)
        try await fix("26 sep 14:00", scene)
        #expect(try await reminders(scene) == ["09-25T14:00", "09-26T13:45", "09-26T13:55"])
    }

    @Test("Sets that were stored with one form alone have the other's too, also in the queue as it was stored")
    func stored() async throws {
        let scene = try await scene("26 sep 14:00")
        let old: [ConveneCore.Alarm] = [
            Alarm(id: "own", trigger: .beforeStart(.seconds(300))), Alarm(standard: .windowEnds),
            Alarm(standard: .lastCall),
        ]
        try await scene.store.write(at: scene.clock.now(), by: Author(uid: 1_000, name: "yuri")) { transaction in
            let meeting = try #require(try transaction.schedule.meeting(1))
            var changed = meeting
            changed.alarms = .own(old)
            _ = try transaction.update(meeting, to: changed, .init(verb: "edit", what: "changed"))
        }
        #expect(try await reminders(scene) == ["09-25T14:00", "09-26T13:45", "09-26T13:55"])
        // As it stood before: what asks for a date, on a meeting that has one.
        try await scene.store.record { db in
            try db.execute(sql: "DELETE FROM queue WHERE trigger = '-P1D' OR trigger = '-PT15M'")
        }
        #expect(try await scene.store.needsDerivation(from: "zones"))
        #expect(try await scene.store.derive(behind: 0, limit: 10, from: "zones", at: scene.clock.now()) == 1)
        #expect(try await scene.store.derive(behind: 1, limit: 10, from: "zones", at: scene.clock.now()) == nil)
        #expect(try await !scene.store.needsDerivation(from: "zones"))
        #expect(try await queued(scene) == ["-P1D", "-PT15M", "-PT5M"])
    }

    @Test("Fixed times are those of every form, all of them are told of, and an open round has the date asked for too")
    func fixed() async throws {
        let scene = try await scene(rounds: "monthly")
        _ = try await remind("16 sep 18:00", scene)
        let change = try await remind("17 sep 18:00", scene)
        #expect(
            change.reminders.map { String($0.here.dropFirst(5).prefix(11)) }.prefix(2) == [
                "09-16T18:00", "09-17T18:00",
            ])
        #expect(try await reminders(scene).count == 4)
        // Those of the rounds behind it ask for their dates, and do not say the fixed times again.
        let whole = try await scene.book.show(Show.Parameters(reference: "talks"), try scene.desk())
        #expect(whole.reminders.count { !$0.alarm.standard } == 2)
        #expect(
            try await queued(scene) == [
                "2019-09-16T18:00:00+09:00[Asia/Seoul]", "2019-09-17T18:00:00+09:00[Asia/Seoul]", "WINDOW",
                "WINDOW-LAST",
            ])
        try await fix("26 sep 15:30", scene)
        #expect(
            try await reminders(scene) == ["09-16T18:00", "09-17T18:00", "09-25T15:30", "09-26T15:15"])
    }
}
