import ConveneTestSupport
import Foundation
import Recurrence
import Testing
import ZonedTime

/// Recurrence sets on which independent implementations agree, and the examples of the RFCs.
@Suite struct VectorTests {
    @Test(
        "Every recurrence set gives what the oracles agree on",
        arguments: [("rfc5545.jsonl", 55), ("rrule-random.jsonl", 6_000), ("skip.jsonl", 180), ("tz.jsonl", 600)])
    func sets(name: String, count: Int) throws {
        let vectors = try RuleVector.all(name)
        #expect(vectors.count == count)
        check(vectors, of: name)
    }

    @Test("Libical's own examples hold, where their folder is named")
    func libical() throws {
        guard let folder = ProcessInfo.processInfo.environment["CONVENE_VECTORS"] else {
            print("libical-suite.jsonl: not looked at; CONVENE_VECTORS names no folder")
            return
        }
        check(try RuleVector.all("libical-suite.jsonl", in: URL(filePath: folder)), of: "libical-suite.jsonl")
    }

    private func check(_ vectors: [RuleVector], of name: String) {
        let zones = ZoneCache()
        var passed: [Int: Int] = [:]
        var refused = 0
        for vector in vectors {
            if let calendar = vector.otherCalendar {
                let error = RecurrenceRuleError(.unsupportedCalendar(name: calendar), position: 7)
                #expect(throws: error) { try RecurrenceRule(vector.rrule) }
                refused += 1
            } else if let difference = difference(vector, zones) {
                Issue.record("\(vector.id) tier \(vector.tier ?? 0) \(vector.dtstart) \(vector.rrule): \(difference)")
            } else {
                passed[vector.tier ?? 0, default: 0] += 1
            }
        }
        let tiers = passed.sorted { $0.key < $1.key }.map { $0.key == 0 ? "" : " (tier \($0.key): \($0.value))" }
        print(
            "\(name): \(passed.values.reduce(0, +)) of \(vectors.count - refused) passed\(tiers.joined()),",
            "\(refused) refused for their calendar")
    }

    /// What the set gives instead of what is expected, or `nil`.
    private func difference(_ vector: RuleVector, _ zones: ZoneCache) -> String? {
        do {
            let set = try vector.set(zones)
            let zone = vector.zone(zones)
            var starts = set.resolvedStarts(from: .distantPast, in: zone ?? .utc)
            var found: [String] = []
            var instants: [String] = []
            var nominal: [String] = []
            while found.count < vector.expect.count + (vector.complete ? 1 : 0), let start = starts.next() {
                found.append(vector.text(start, in: zone))
                instants.append(start.instant.rfc3339(at: .utc))
                nominal.append(start.nominal.iso8601)
            }
            if found != vector.expect { return "gave \(found.prefix(12)) for \(vector.expect.prefix(12))" }
            if let utc = vector.utc, utc != instants { return "gave instants \(instants)" }
            if let wall = vector.nominal, wall != nominal { return "gave nominal times \(nominal)" }
            if let horizon = vector.horizon, let next = starts.next(), next.nominal < (try vector.reading(horizon)) {
                return "gave \(next.nominal.iso8601) too"
            }
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("Every search from a date far from the start finds what follows, at once")
    func searches() throws {
        let zones = ZoneCache()
        let vectors = try RuleVector.all("seek.jsonl")
        #expect(vectors.count == 340)
        var passed = 0
        var slowest = Duration.zero
        for vector in vectors {
            var found: [String] = []
            slowest = max(slowest, try ContinuousClock().measure { found = try search(vector, zones) })
            if found == vector.expect {
                passed += 1
            } else {
                Issue.record("\(vector.id) \(vector.dtstart) \(vector.rrule) after \(vector.after ?? ""): \(found)")
            }
        }
        print("seek.jsonl: \(passed) of \(vectors.count) passed, the slowest in \(slowest)")
        #expect(slowest < .seconds(1))
    }

    private func search(_ vector: RuleVector, _ zones: ZoneCache) throws -> [String] {
        let zone = vector.zone(zones)
        let after = try vector.reading(vector.after ?? "")
        let end = try vector.reading(vector.before ?? "")
        var found: [String] = []
        for start in try vector.set(zones).starts(from: after) where start > after {
            guard found.count < vector.limit ?? 3, start < end else { break }
            found.append(vector.text(ResolvedStart(nominal: start, in: zone ?? .utc), in: zone))
        }
        return found
    }
}
