import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

/// What holds of every rule, tried on rules that are made up; a failure names the seed, the start and the rule.
@Suite struct RulePropertyTests {
    @Test("A rule has exactly the instances that the RFC's words define", arguments: 1...8 as ClosedRange<UInt64>)
    func definition(seed: UInt64) {
        for sample in Sample.several(80, seed: seed) {
            let (days, expected) = sample.someInstances()
            let found = sample.set(of: sample.rule).starts(from: sample.reading(days.lowerBound))
                .prefix { $0.date.daysSinceEpoch <= days.upperBound }.filter(sample.isOfRule)
            #expect(found == expected, "\(sample)")
        }
    }

    @Test("Backward come the same occurrences as forward", arguments: 11...18 as ClosedRange<UInt64>)
    func backward(seed: UInt64) {
        for sample in Sample.several(60, seed: seed) {
            let set = sample.set(of: sample.rule)
            let forward = Array(set.starts(from: .min).prefix(60))
            guard let last = forward.last else { continue }
            #expect(Array(set.starts(before: last)) == Array(forward.dropLast().reversed()), "\(sample)")
        }
    }

    @Test(
        "A seek finds what walking from the start finds, as does the count", arguments: 21...28 as ClosedRange<UInt64>)
    func seek(seed: UInt64) {
        for var sample in Sample.several(60, seed: seed) {
            let set = sample.set(of: sample.rule)
            let all = Array(set.starts(from: .min).prefix(80))
            for _ in 0..<10 {
                let place = Int.random(in: all.indices, using: &sample.random)
                let origin = all[place].advanced(bySeconds: Int64.random(in: -1...1, using: &sample.random)) ?? .min
                let earlier = all.prefix { $0 < origin }
                let later = all.dropFirst(earlier.count)
                #expect(set.next(onOrAfter: origin) == later.first || later.isEmpty, "\(sample) from \(origin.iso8601)")
                #expect(set.previous(before: origin) == earlier.last, "\(sample) before \(origin.iso8601)")
                #expect(set.count(before: origin) == earlier.count, "\(sample) before \(origin.iso8601)")
                #expect(
                    Array(set.starts(from: origin).prefix(later.count)) == Array(later),
                    "\(sample) from \(origin.iso8601)")
            }
        }
    }

    @Test(
        "COUNT cuts off exactly so many, and the last one is found from either end",
        arguments: 31...38 as ClosedRange<UInt64>)
    func count(seed: UInt64) {
        for var sample in Sample.several(80, seed: seed) {
            let endless = Array(sample.set(of: sample.rule).starts(from: .min).lazy.filter(sample.isOfRule).prefix(200))
            let count = Int.random(in: 1...150, using: &sample.random)
            sample.rule.end = .count(count)
            let set = sample.set(of: sample.rule)
            let found = set.starts(from: .min).filter(sample.isOfRule)
            #expect(found == Array(endless.prefix(count)), "\(sample)")
            guard let last = found.last, found.count == count else { continue }
            #expect(set.last == max(last, sample.start), "\(sample)")
            #expect(set.next(after: max(last, sample.start)) == nil, "\(sample)")
        }
    }

    @Test(
        "A rule's text is read as the same rule, and written as the same text",
        arguments: 41...44 as ClosedRange<UInt64>)
    func text(seed: UInt64) throws {
        for sample in Sample.several(500, seed: seed) {
            let text = sample.rule.text
            let rule = try RecurrenceRule(text)
            #expect(rule == sample.rule, "\(sample)")
            #expect(rule.text == text)
            // The order of parts and lists, case and a semicolon too many mean nothing.
            let shuffled = text.split(separator: ";").reversed().joined(separator: ";").lowercased() + ";"
            #expect(try RecurrenceRule(shuffled) == rule, "\(shuffled)")
        }
    }

    @Test("Cut in two on any date, a set loses nothing and invents nothing", arguments: 51...58 as ClosedRange<UInt64>)
    func split(seed: UInt64) {
        for var sample in Sample.several(60, seed: seed) {
            let count = Int.random(in: 2...60, using: &sample.random)
            sample.rule.end = .count(count)
            let set = sample.set(of: sample.rule)
            let all = Array(set.starts(from: .min))
            guard let last = all.last, last > sample.start else { continue }
            let cut = Int64.random(
                in: sample.start.secondsSinceEpoch + 1...last.secondsSinceEpoch, using: &sample.random)
            guard let date = CivilDateTime(secondsSinceEpoch: cut) else { continue }
            let halves = Array(set.starts(before: date).reversedList()) + Array(set.starts(from: date))
            #expect(halves == all, "\(sample) at \(date.iso8601)")

            // The same with rules: one ends before the date, another goes on for as many as are left.
            var head = sample.rule
            head.end = .untilLocal(CivilDateTime(secondsSinceEpoch: cut - 1) ?? .min)
            let first = Array(sample.set(of: head).starts(from: .min))
            #expect(first == all.filter { $0 < date }, "\(sample) at \(date.iso8601)")
            guard sample.rule.skip == .omit, let next = set.next(onOrAfter: date) else { continue }
            var tail = sample.rule
            tail.end = .count(count - first.count(where: sample.isOfRule))
            let second = RecurrenceSet(
                start: next, rules: [tail.withParts(of: sample.start, isWholeDays: false)], dates: [], exclusions: [],
                isWholeDays: false, zone: nil)
            #expect(first + Array(second.starts(from: .min)) == all, "\(sample) at \(date.iso8601)")
        }
    }

    @Test("Whatever the rules are that a set has, it is the union of theirs", arguments: 61...64 as ClosedRange<UInt64>)
    func union(seed: UInt64) {
        for var sample in Sample.several(40, seed: seed) {
            var other = Sample.several(1, seed: sample.random.next())[0]
            other.start = sample.start
            sample.rule.end = .count(20)
            other.rule.end = .count(30)
            let both = RecurrenceSet(
                start: sample.start, rules: [sample.rule, other.rule], dates: [], exclusions: [], isWholeDays: false,
                zone: nil)
            let sets = [sample, other].map { Set($0.set(of: $0.rule).starts(from: .min)) }
            let expected = sets[0].union(sets[1]).sorted()
            #expect(Array(both.starts(from: .min)) == expected, "\(sample) and \(other.rule.text)")
            #expect(both.starts(before: .max).reversedList() == expected, "\(sample) and \(other.rule.text)")
        }
    }
}

extension Sequence {
    fileprivate func reversedList() -> [Element] { reversed() }
}

/// A start and a rule.
private struct Sample: CustomStringConvertible {
    var start: CivilDateTime
    var rule: RecurrenceRule
    var random: SplitMix64

    static func several(_ count: Int, seed: UInt64) -> [Sample] {
        var generator = RuleGenerator(seed: seed)
        return (0..<count).map { _ in
            Sample(
                start: generator.start(), rule: generator.rule(), random: SplitMix64(seed: generator.random.next()))
        }
    }

    var description: String { "\(start.iso8601) \(rule.text)" }

    func set(of rule: RecurrenceRule) -> RecurrenceSet {
        RecurrenceSet(start: start, rules: [rule], dates: [], exclusions: [], isWholeDays: false, zone: nil)
    }

    /// Not the start, which belongs to the set without being the rule's.
    func isOfRule(_ reading: CivilDateTime) -> Bool {
        reading != start || set(of: rule).givesStart
    }

    func reading(_ day: Int) -> CivilDateTime {
        CivilDate(daysSinceEpoch: day).map { CivilDateTime($0, .midnight) } ?? .min
    }

    /// What the definition gives in a span that is not too long for it, from the start on or some years later.
    func someInstances() -> (days: ClosedRange<Int>, instances: [CivilDateTime]) {
        var random = random
        let length =
            switch rule.frequency {
            case .yearly, .monthly: 3_000
            case .weekly, .daily: 1_000
            case .hourly: 60
            case .minutely: 4
            case .secondly: 0
            }
        let later = random.next() % 2 == 0 ? 0 : Int.random(in: 0...10_000, using: &random)
        let first = start.date.daysSinceEpoch + later
        let days = first...first + length
        return (days, Definition(rule: rule, start: start).instances(days))
    }
}
