import ConveneCore
import ConveneStore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

@testable import Simulation

/// What a power cut took out of the journal is said again as it was, once.
@Suite("Entries that a power cut took")
struct LostEntryTests {
    /// A reminder is said of it at 14:45, and stays in the journal.
    private func scene() async throws -> ReminderScene {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("FM meeting", at: "2026-03-26T15:00:00", alarms: [.before(900)])
        try await scene.run(until: "2026-03-26T14:45:00")
        try await scene.settle()
        scene.journal.sync()
        #expect(scene.said == ["reminder: FM meeting in 15 min, 15:00 UTC"])
        return scene
    }

    /// Lets something be said by 14:55, takes it away, and compares what is said then.
    private func expectAgain(_ words: String, in scene: ReminderScene) async throws {
        scene.take(.scheduleEdited)
        try await scene.run(until: "2026-03-26T14:55:00")
        let said = scene.said
        #expect(said.dropFirst() == [words])
        try await scene.cutPower()
        #expect(scene.said.count == 1)
        try await scene.run(until: "2026-03-26T14:58:00")
        #expect(scene.said == said)
    }

    @Test("That a meeting is cancelled")
    func cancellation() async throws {
        let scene = try await scene()
        try await scene.change(1) { $0.segments[0].status = .cancelled }
        try await expectAgain("change: FM meeting cancelled", in: scene)
    }

    @Test("That a meeting has moved")
    func move() async throws {
        let scene = try await scene()
        try await scene.change(1) { meeting in
            try meeting.move(nil, to: meeting.timing.starting(at: .at("2026-03-26T17:00:00")), in: SampleZones.shared)
        }
        try await expectAgain("change: FM meeting moved: 17:00 UTC", in: scene)
    }

    @Test("That something is to be decided")
    func decision() async throws {
        let scene = try await scene()
        try await scene.change(1) { $0.segments[0].status = .possible }
        try await oweDecision(in: scene)
        try await expectAgain("decision: Decide: FM meeting, 1#sep held", in: scene)
    }

    @Test("That an office has another holder, also where the meeting is edited before it is said")
    func holder() async throws {
        let scene = try await scene()
        try await scene.store.write(at: scene.time.now, by: ReminderScene.author) { transaction in
            let meeting = try #require(try transaction.schedule.meeting(1))
            try transaction.oweHolder(
                "Toshimitsu Motegi", instead: "Taro Kono", of: Office(party: "Japan", title: "FM"), at: [meeting],
                record: "record")
        }
        try await scene.change(1) { $0.note = "bring the map" }
        try await expectAgain("change: Japan FM now Toshimitsu Motegi: FM meeting", in: scene)
    }

    @Test("The day's sheet, also where it was said as missed")
    func sheets() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        let daily = try RecurrenceRule("FREQ=DAILY")
        try await scene.set(Digest(id: "sheet", start: .at("2026-03-26T08:00:00"), rule: daily, zone: "UTC"))
        try await scene.settle()
        scene.sleep(until: "2026-03-28T09:00:00")
        try await scene.settle()
        let said = scene.said
        #expect(said.count == 2)
        try await scene.cutPower()
        #expect(scene.said == [])
        try await scene.settle()
        #expect(scene.said.sorted() == said.sorted())
    }

    @Test("A sheet that was lost, and the one behind it that was missed, are said once each")
    func sheetsBehind() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T07:00:00")
        let daily = try RecurrenceRule("FREQ=DAILY")
        try await scene.set(Digest(id: "sheet", start: .at("2026-03-26T08:00:00"), rule: daily, zone: "UTC"))
        try await scene.run(until: "2026-03-26T08:01:00")
        #expect(scene.said.count == 1)
        try await scene.cutPower()
        scene.sleep(until: "2026-03-28T09:00:00")
        try await scene.settle()
        #expect(
            scene.said.sorted()
                == [
                    "digest: Sat 28 Mar, UTC time: nothing planned", "missed: Missed: the day's sheet of Thu 26 Mar",
                    "missed: Missed: the day's sheet of Fri 27 Mar",
                ].sorted())
    }

    @Test("A sheet that was lost is not said again where it is off, or set otherwise, since", arguments: [false, true])
    func sheetsOff(isOther: Bool) async throws {
        let scene = try await ReminderScene(at: "2026-03-26T07:00:00")
        let daily = try RecurrenceRule("FREQ=DAILY")
        try await scene.set(Digest(id: "sheet", start: .at("2026-03-26T08:00:00"), rule: daily, zone: "UTC"))
        try await scene.run(until: "2026-03-26T08:01:00")
        #expect(scene.said.count == 1)
        let other = Digest(id: "other", start: .at("2026-03-27T10:00:00"), rule: daily, zone: "UTC")
        try await scene.set(isOther ? other : nil)
        try await scene.cutPower()
        try await scene.run(until: "2026-03-26T09:00:00")
        #expect(scene.said == [])
    }

    private func oweDecision(in scene: ReminderScene) async throws {
        try await scene.store.write(at: scene.time.now, by: ReminderScene.author) { transaction in
            let meeting = try #require(try transaction.schedule.meeting(1))
            try transaction.oweDecision(about: meeting, because: "1#sep held", record: "record", in: SampleZones.shared)
        }
    }
}
