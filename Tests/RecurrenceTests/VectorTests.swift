import Foundation
import Recurrence
import Testing
import ZonedTime

/// Rules on which independent implementations agree.
@Suite struct VectorTests {
    @Test("Every rule of the vectors gives the dates that others agree on", arguments: [
        ("rfc5545", 52), ("rrule-random", 6_000), ("skip", 180), ("tz", 600),
    ])
    func rules(name: String, expected: Int) throws {
        try check(RuleVector.file(name), name, expected)
    }

    @Test("The rules of libical's own tests hold, where a folder has them")
    func foreignRules() throws {
        guard let folder = ProcessInfo.processInfo.environment["CONVENE_VECTORS"] else {
            print("libical-suite.jsonl: left out, CONVENE_VECTORS names no folder")
            return
        }
        let vectors = try RuleVector.file("libical-suite", in: URL(filePath: folder))
        try check(vectors, "libical-suite", vectors.count { !$0.isForeign })
    }

    private func check(_ vectors: [RuleVector], _ name: String, _ expected: Int) throws {
        var passed: [Int: Int] = [:]
        for vector in vectors where !vector.isForeign {
            let found = try #require(try? starts(vector), "\(vector.id) \(vector.rrule)")
            let wanted = try (vector.nominal ?? vector.expect).map(vector.reading)
            if found == wanted {
                passed[vector.tier ?? 0, default: 0] += 1
            } else {
                Issue.record("\(vector.id) \(vector.dtstart) \(vector.rrule) tier \(vector.tier ?? 0): \(found.map(\.iso8601)) for \(wanted.map(\.iso8601))")
            }
        }
        let total = passed.values.reduce(0, +)
        print("\(name).jsonl: \(total) of \(expected) passed \(passed)")
        #expect(total == expected)
    }

    /// As many of the set's occurrences as the vector knows, and one more where it knows them all.
    private func starts(_ vector: RuleVector) throws -> [CivilDateTime] {
        let set = try vector.set(in: vector.zone(vectorZones))
        let limit = vector.complete ? vector.expect.count + 1 : vector.expect.count
        var starts = set.starts(from: .min)
        var found: [CivilDateTime] = []
        let start = try vector.reading(vector.dtstart)
        while found.count < limit, let next = starts.next() {
            if vector.ruleOnly == true, next == start, !set.givesStart { continue }
            found.append(next)
        }
        return found
    }
}
