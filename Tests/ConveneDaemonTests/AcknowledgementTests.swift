import ConveneCore
import ConveneStore
import ConveneTestSupport
import Testing
import ZonedTime

@testable import Simulation

/// Who takes note of what was said.
@Suite("Acknowledgements")
struct AcknowledgementTests {
    @Test("What note was taken of is missed no more; undone, it is again; and nothing is said because of it")
    func missed() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Talks", at: "2026-03-26T15:00:00", alarms: [.before(900)])
        let lunch = try await scene.add("Lunch", at: "2026-03-26T13:00:00", alarms: [.before(900)]).uid
        try await scene.settle()
        scene.sleep(until: "2026-03-27T12:00:00")
        try await scene.settle()
        func missed() async throws -> [Int?] {
            try await scene.store.read { try $0.missed(limit: 9).map(\.meeting) }
        }
        #expect(try await missed() == [1, 2])
        let record = try await scene.store.write(at: scene.time.now, by: ReminderScene.author) { transaction in
            try transaction.logRegister(name: "Lunch", .init(verb: "ack", what: "taken note of"))
            try transaction.acknowledge(.ofMeeting(lunch, nil))
            return transaction.lastRecord
        }
        #expect(try await missed() == [1])
        #expect(try await scene.store.read { try $0.countUnacknowledged(.missed) } == 1)
        try await scene.store.write(at: scene.time.now, by: ReminderScene.author) {
            try $0.withdrawAcknowledgements(of: record)
        }
        #expect(try await missed() == [1, 2])
        scene.take(.scheduleEdited)
        try await scene.settle()
        #expect(scene.said.count == 2)
    }
}
