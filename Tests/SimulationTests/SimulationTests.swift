import Simulation
import Testing

@Suite("Simulated worlds", .serialized)
struct SimulationTests {
    @Test("No reminder is lost, early or doubled, whatever fails", arguments: [UInt64(2), 7, 13, 17])
    func quarter(seed: UInt64) async throws {
        let figures = try await Simulation.run(seed: seed, days: 90)
        #expect(figures.told > 0)
    }

    @Test("A seed replays exactly")
    func replay() async throws {
        let first = try await Simulation.run(seed: 8, days: 60, isTracing: true)
        let second = try await Simulation.run(seed: 8, days: 60, isTracing: true)
        #expect(first.trace == second.trace)
        #expect(!first.trace.isEmpty)
    }
}
