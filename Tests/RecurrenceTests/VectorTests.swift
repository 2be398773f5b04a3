import Foundation
import Recurrence
import Testing
import ZonedTime

/// Rules on which independent implementations agree. What the files hold says the README of `Tests/Vectors`' source:
/// a start, a rule, and the occurrences that follow from them.
@Suite struct VectorTests {
    @Test(
        "Every rule of the vectors gives the occurrences that others agree on",
        arguments: [("rfc5545", 55), ("rrule-random", 6_000), ("skip", 180), ("tz", 600), ("seek", 340)])
    func rules(name: String, count: Int) throws {
        let vectors = try RuleVector.file(name)
        #expect(vectors.count == count)
        try check(vectors, name)
    }

    @Test("The rules of libical's own tests give what they expect, where a folder has them")
    func foreignRules() throws {
        guard let folder = ProcessInfo.processInfo.environment["CONVENE_VECTORS"] else {
            print("libical-suite.jsonl: left out, CONVENE_VECTORS names no folder")
            return
        }
        try check(RuleVector.file("libical-suite", in: URL(filePath: folder)), "libical-suite")
    }

    /// Checks every vector, and prints how many of each tier passed.
    private func check(_ vectors: [RuleVector], _ name: String) throws {
        var passed: [String: Int] = [:]
        for vector in vectors {
            let problem = vector.foreignCalendar.map { vector.problemOfRefusal($0) } ?? vector.problem()
            if let problem {
                Issue.record("\(vector.id) \(vector.dtstart) \(vector.rrule): \(problem)")
            } else {
                passed[vector.group, default: 0] += 1
            }
        }
        let total = passed.values.reduce(0, +)
        let groups = passed.count > 1 ? passed.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" } : []
        let details = groups.isEmpty ? "" : " (\(groups.joined(separator: ", ")))"
        print("\(name).jsonl: \(total) of \(vectors.count) passed\(details)")
        #expect(total == vectors.count)
    }
}

extension RuleVector {
    /// What the printed figures are told apart by.
    fileprivate var group: String {
        if foreignCalendar != nil { return "another calendar refused" }
        return tier.map { "tier \($0)" } ?? "rules"
    }

    /// How the answer differs from the expected one; `nil` where it does not.
    fileprivate func problem() -> String? {
        do {
            let zone = zone(vectorZones)
            let set = try set(in: zone)
            // Offsets and instants are compared in a zone, readings where there is none.
            if let zone {
                let wanted = try expect.map { try moment($0, in: zone) }
                let found = try moments(of: set, in: zone, limit: wanted.count + 1)
                return difference(found, wanted, text: \.description)
            }
            let wanted = try expect.map(reading)
            return difference(try readings(of: set, limit: wanted.count + 1), wanted, text: \.iso8601)
        } catch {
            return "\(error)"
        }
    }

    /// What is found may go on behind what is wanted only where the vector has just the beginning.
    private func difference<Element: Equatable>(
        _ found: [Element], _ wanted: [Element], text: (Element) -> String
    ) -> String? {
        let found = complete ? found : Array(found.prefix(wanted.count))
        if found == wanted { return nil }
        return "\(found.map(text)) for \(wanted.map(text))"
    }

    private func readings(of set: RecurrenceSet, limit: Int) throws -> [CivilDateTime] {
        let origin = try after.map { try reading($0).advanced(bySeconds: 1) ?? .max } ?? .min
        let end = try before.map(reading)
        return Array(
            set.starts(from: origin).lazy.filter { !isUnwanted($0, set) }.prefix { isInside($0, end) }.prefix(limit))
    }

    private func moments(of set: RecurrenceSet, in zone: ZonedTime.TimeZone, limit: Int) throws -> [Moment] {
        // A reading that the clocks skipped may stand for a later instant, by a day at most.
        let origin = try after.map { try reading($0).advanced(byDays: -2) ?? .min } ?? .min
        let earliest = try after.map { try moment($0, in: zone).instant.advanced(bySeconds: 1) } ?? .distantPast
        let end = try before.map(reading)
        var found: [Moment] = []
        for start in set.resolvedStarts(from: origin, in: zone) {
            guard start.instant >= earliest, !isUnwanted(start.nominal, set) else { continue }
            guard found.count < limit, isInside(start.nominal, end) else { break }
            found.append(Moment(instant: start.instant, reading: zone.reading(at: start.instant)))
        }
        return found
    }

    private func isInside(_ reading: CivilDateTime, _ end: CivilDateTime?) -> Bool {
        end.map { reading < $0 } ?? true
    }

    /// The start belongs to the set, but not always to the rule that is asked for alone.
    private func isUnwanted(_ reading: CivilDateTime, _ set: RecurrenceSet) -> Bool {
        (ruleOnly == true || after != nil) && !set.givesStart && reading == (try? self.reading(dtstart))
    }

    /// Why the rule's calendar was not refused as it should be; `nil` where it was.
    fileprivate func problemOfRefusal(_ calendar: String) -> String? {
        do {
            return "read as \(try RecurrenceRule(rrule).text)"
        } catch {
            let position = rrule.prefix(upTo: rrule.range(of: calendar)?.lowerBound ?? rrule.endIndex)
            guard error.reason.contains(calendar), error.position == position.unicodeScalars.count else {
                return "refused for \(error)"
            }
            return nil
        }
    }
}
