import ConveneCore
import ConveneStore
import ConveneTestSupport
import Testing
import ZonedTime

@testable import Simulation

/// That a meeting is to be decided, and that it is not any more.
@Suite("Questions")
struct QuestionTests {
    private func scene() async throws -> ReminderScene {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("FM meeting", at: "2026-04-26T15:00:00", alarms: [])
        try await scene.change(1) { $0.segments[0].status = .possible }
        try await scene.settle()
        return scene
    }

    private func write(
        _ scene: ReminderScene, _ body: @escaping @Sendable (ScheduleTransaction, Meeting) throws -> Void
    ) async throws {
        try await scene.store.write(at: scene.time.now, by: ReminderScene.author) { transaction in
            try body(transaction, try #require(try transaction.schedule.meeting(1)))
        }
        scene.take(.scheduleEdited)
    }

    private func ask(_ scene: ReminderScene) async throws {
        try await write(scene) { transaction, meeting in
            try transaction.oweDecision(about: meeting, because: "1#sep held", record: "record", in: SampleZones.shared)
        }
    }

    @Test("One that is taken back while it is on its way is followed by that, once", arguments: [false, true])
    func inFlight(isUndone: Bool) async throws {
        let scene = try await scene()
        try await ask(scene)
        scene.sleep(until: "2026-03-26T12:02:00")
        try await scene.settle(journald: false)
        try await write(scene) { transaction, meeting in
            if isUndone {
                try transaction.withdrawDecisions(of: "record")
            } else {
                try transaction.takeBackDecisions(about: meeting)
            }
        }
        try await scene.run(until: "2026-03-26T12:10:00")
        try await scene.restart()
        try await scene.run(until: "2026-03-30T12:00:00")
        #expect(scene.said == ["decision: Decide: FM meeting, 1#sep held", "change: No longer to decide: FM meeting"])
    }

    @Test("One that is asked anew while the former is on its way stands")
    func askedAnew() async throws {
        let scene = try await scene()
        try await ask(scene)
        scene.sleep(until: "2026-03-26T12:02:00")
        try await scene.settle(journald: false)
        try await write(scene) { transaction, meeting in
            try transaction.oweDecision(about: meeting, because: "1#sep skipped", record: "new", in: SampleZones.shared)
        }
        try await scene.run(until: "2026-03-26T12:10:00")
        #expect(
            scene.said == ["decision: Decide: FM meeting, 1#sep held", "decision: Decide: FM meeting, 1#sep skipped"])
    }

    @Test(
        "What a power cut took is asked again where it stands, and not where it was taken back",
        arguments: [true, false])
    func lost(stands: Bool) async throws {
        let scene = try await scene()
        try await scene.add("DG talks", at: "2026-04-20T15:00:00", alarms: [])
        try await scene.change(1) { $0.relations = [Relation(.dependsOn, target: 2)] }
        func turn(_ status: Status, record: String) async throws {
            try await scene.change(2) { $0.segments[0].status = status }
            try await write(scene) { transaction, meeting in
                guard status == .cancelled else { return try transaction.takeBackDecisions(about: meeting) }
                try transaction.oweDecision(about: meeting, because: record, record: record, in: SampleZones.shared)
            }
        }
        try await turn(.cancelled, record: "first")
        try await scene.run(until: "2026-03-26T12:05:00")
        scene.journal.sync()
        try await turn(.confirmed, record: "")
        try await scene.run(until: "2026-03-26T12:08:00")
        try await turn(.cancelled, record: "second")
        try await scene.run(until: "2026-03-26T12:10:30")
        #expect(scene.said.count == 3)
        if !stands { try await turn(.confirmed, record: "") }
        try await scene.cutPower()
        try await scene.run(until: "2026-03-26T12:20:00")
        #expect(
            scene.said == [
                "decision: Decide: FM meeting, first",
                stands ? "decision: Decide: FM meeting, second" : "change: No longer to decide: FM meeting",
            ])
    }

    @Test("A decision that is asked for a second time comes on its morning, whatever is started anew before")
    func secondDecision() async throws {
        let scene = try await scene()
        try await ask(scene)
        try await scene.run(until: "2026-03-26T12:10:00")
        #expect(scene.said == ["decision: Decide: FM meeting, 1#sep held"])
        try await scene.restart()
        try await scene.settle()
        scene.take(.clockChanged)
        try await scene.settle()
        #expect(scene.nextDue == .at("2026-03-29T09:00:00"))
        #expect(scene.said.count == 1)
    }
}
