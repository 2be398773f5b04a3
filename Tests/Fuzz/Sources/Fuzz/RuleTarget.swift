import Recurrence
import ZonedTime

/// The text of a recurrence rule, and what the rule then gives.
enum RuleTarget {
    static func read(_ input: [UInt8]) {
        // The first byte says where the series begins.
        guard let first = input.first,
            let rule = try? RecurrenceRule(String(decoding: input.dropFirst(), as: UTF8.self))
        else { return }
        let again = try? RecurrenceRule(rule.text)
        precondition(again == rule, "read again, \(rule.text) is another rule")
        precondition(again?.text == rule.text, "written again, \(rule.text) is another text")

        let start = CivilDateTime(secondsSinceEpoch: Int64(first) * 40_000_003 - 2_000_000_000) ?? .min
        let set = RecurrenceSet(start: start, rules: [rule])
        var last = CivilDateTime.min
        for (index, next) in set.starts(from: .min).prefix(20).enumerated() {
            precondition(next > last || index == 0 && next == start, "\(rule.text) goes back")
            last = next
        }
        let back = Array(set.starts(before: last).prefix(3))
        precondition(back == back.sorted(by: >), "\(rule.text) goes on where it should go back")
        precondition(set.count(before: last) <= 19, "\(rule.text) has more than were there")
        for far in [CivilDateTime(year: 2050, month: 2, day: 28), CivilDateTime(year: 9_500, month: 1, day: 1)] {
            guard let far, far > start else { continue }
            let (next, previous) = (set.next(after: far), set.previous(before: far))
            precondition(next.map { $0 > far } ?? true)
            precondition(previous.map { $0 < far } ?? false, "\(rule.text) lost its start")
            precondition(next.map { set.contains($0) } ?? true, "\(rule.text) does not have what it gives")
        }
    }
}
