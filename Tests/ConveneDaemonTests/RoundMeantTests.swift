import ConveneAPI
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
}
