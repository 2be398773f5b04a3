import ConveneAPI
import ConveneCore
import Recurrence
import ZonedTime

/// One question of a batch: what a rule gives, in the notation of the test vectors.
struct RuleQuestion {
    private let question: PreviewRule.Parameters
    private let set: RecurrenceSet
    private let zone: TimeZone?
    private let isWholeDays: Bool
    private let start: CivilDateTime

    init(_ question: PreviewRule.Parameters, zones: any TimeZoneSource) throws {
        self.question = question
        isWholeDays = question.tzid == "VALUE=DATE"
        if let name = question.tzid, !isWholeDays {
            guard let zone = zones.timeZone(name) else { throw ScheduleError.unknownZone(name: name, suggestions: []) }
            self.zone = zone
        } else {
            zone = nil
        }
        start = try RuleQuestion.civil(question.dtstart, "dtstart")
        let rule = try question.rrule.map { text in
            do throws(RecurrenceRuleError) {
                return try RecurrenceRule(text)
            } catch {
                throw ScheduleError.invalidRecurrenceRule(text: text, position: error.position, reason: error.reason)
            }
        }
        set = RecurrenceSet(
            start: start, rules: rule.map { [$0] } ?? [],
            dates: try (question.rdate ?? []).map { try RuleQuestion.civil($0, "rdate") },
            exclusions: try (question.exdate ?? []).map { try RuleQuestion.civil($0, "exdate") },
            isWholeDays: isWholeDays, zone: zone)
    }

    func answer() throws -> PreviewRule.Reply {
        let limit = min(max(1, question.limit ?? 100), 10_000)
        let after = try question.after.map { try RuleQuestion.civil($0, "after") }
        let before = try question.before.map { try RuleQuestion.civil($0, "before") }
        var found: [String] = []
        var isComplete = true
        for start in set.starts(from: after ?? self.start) {
            if let after, start <= after { continue }
            if let before, start >= before { break }
            if question.ruleOnly ?? false, start == self.start, !set.givesStart { continue }
            if found.count == limit {
                isComplete = false
                break
            }
            found.append(text(start))
        }
        return PreviewRule.Reply(occurrences: found, complete: isComplete)
    }

    private func text(_ start: CivilDateTime) -> String {
        if isWholeDays { return start.date.iso8601 }
        guard let zone else { return start.iso8601 }
        let instant = zone.instant(of: start)
        return instant.rfc3339(at: zone.offset(at: instant))
    }

    /// A date, a local time, or one with an offset behind it, of which the wall clock is meant.
    private static func civil(_ text: String, _ field: String) throws -> CivilDateTime {
        if let date = CivilDate(iso8601: text) { return CivilDateTime(date, .midnight) }
        if let reading = CivilDateTime(iso8601: text) { return reading }
        if let reading = CivilDateTime(iso8601: text.prefix(19)), Instant(rfc3339: text) != nil { return reading }
        throw ScheduleError.notUnderstood(
            field: field, text: text, position: 0, length: text.unicodeScalars.count,
            reason: "a date or a date-time of ISO 8601 is expected here", suggestions: [])
    }
}
