import ConveneCore
import Testing

@Suite("Dependencies")
struct DependenciesTests {
    @Test("A chain is found, and its way named")
    func finds() {
        let edges = [4: [1], 1: [7], 7: []]
        #expect(Dependencies.way(from: 4, to: 7) { edges[$0] ?? [] } == [4, 1, 7])
        #expect(Dependencies.way(from: 7, to: 4) { edges[$0] ?? [] } == nil)
    }

    @Test("Dependencies that are refused where a way leads back never form a circle", arguments: 1...20)
    func neverCircular(_ seed: Int) {
        var edges: [Int: [Int]] = [:]
        var state = UInt64(seed)
        func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        for _ in 0..<200 {
            let meeting = below(30), target = below(30)
            guard Dependencies.way(from: target, to: meeting, dependsOn: { edges[$0] ?? [] }) == nil else { continue }
            edges[meeting, default: []].append(target)
        }
        for meeting in 0..<30 {
            for target in edges[meeting] ?? [] {
                #expect(Dependencies.way(from: target, to: meeting, dependsOn: { edges[$0] ?? [] }) == nil)
            }
        }
    }
}
