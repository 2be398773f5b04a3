import ConveneAPI
import Recurrence
import ZonedTime

/// What a question describes, and what that gives, in the notation of the test vectors (docs/preview-batch.md).
struct QuestionedRule {
    /// At most so many occurrences in one answer.
    static let limit = 10_000
    private static let usualLimit = 100

    private let question: RuleQuestion
    private let zone: TimeZone?
    private let isWholeDays: Bool
    private let start: CivilDateTime
    private let set: RecurrenceSet
    /// Excluded instants: of a skipped hour the clock that is written is another than the one that the rule gives.
    private let excluded: Set<Instant>

    init(_ question: RuleQuestion, zones: any TimeZoneSource) throws {
        self.question = question
        isWholeDays = question.tzid == "VALUE=DATE"
        if let name = question.tzid, !isWholeDays {
            guard let zone = zones.timeZone(name) else { throw ScheduleError.unknownZone(name: name, suggestions: []) }
            self.zone = zone
        } else {
            zone = nil
        }
        let zone = zone
        func reading(_ text: String, _ field: String) throws -> CivilDateTime {
            try QuestionedRule.moment(text, field).reading(in: zone)
        }
        start = try reading(question.dtstart, "dtstart")
        let rule = try question.rrule.map { text in
            do throws(RecurrenceRuleError) {
                return try RecurrenceRule(text)
            } catch {
                throw ScheduleError.invalidRecurrenceRule(text: text, position: error.position, reason: error.reason)
            }
        }
        let exclusions = try (question.exdate ?? []).map { try QuestionedRule.moment($0, "exdate") }
        excluded = Set(exclusions.compactMap(\.instant))
        set = RecurrenceSet(
            start: start, rules: rule.map { [$0] } ?? [],
            dates: try (question.rdate ?? []).map { try reading($0, "rdate") },
            exclusions: exclusions.map { $0.reading(in: zone) }, isWholeDays: isWholeDays, zone: zone)
    }

    func answer() throws -> (occurrences: [String], complete: Bool) {
        let limit = min(max(0, question.limit ?? QuestionedRule.usualLimit), QuestionedRule.limit)
        let after = try question.after.map { try QuestionedRule.moment($0, "after") }
        let before = try question.before.map { try QuestionedRule.moment($0, "before") }
        let leavesStartOut = (question.ruleOnly ?? false) && !set.givesStart
        return zone.map { instants(of: $0, after, before, leavesStartOut, limit) }
            ?? readings(after, before, leavesStartOut, limit)
    }

    private typealias Answer = (occurrences: [String], complete: Bool)

    private func readings(_ after: Moment?, _ before: Moment?, _ leavesStartOut: Bool, _ limit: Int) -> Answer {
        let after = after?.reading(in: nil)
        let before = before?.reading(in: nil)
        var found: [String] = []
        for start in set.starts(from: after ?? .min) {
            if let after, start <= after { continue }
            if let before, start >= before { break }
            if leavesStartOut, start == self.start { continue }
            if found.count == limit { return (found, false) }
            found.append(isWholeDays ? OccurrenceNotation.text(start.date) : OccurrenceNotation.text(start))
        }
        return (found, true)
    }

    /// Clock changes can turn instants round, so they are what is compared.
    private func instants(
        of zone: TimeZone, _ after: Moment?, _ before: Moment?, _ leavesStartOut: Bool, _ limit: Int
    ) -> Answer {
        let after = after?.instant(in: zone)
        let before = before?.instant(in: zone)
        // A skipped reading comes out later than it reads; no zone ever skipped more than a day.
        let first = after.flatMap { zone.reading(at: $0).advanced(byDays: -2) } ?? .min
        var found: [String] = []
        for start in set.resolvedStarts(from: first, in: zone) {
            if let after, start.instant <= after { continue }
            if let before, start.instant >= before { break }
            if leavesStartOut, start.nominal == self.start { continue }
            if !excluded.isEmpty, excluded.contains(start.instant) { continue }
            if found.count == limit { return (found, false) }
            let offset = start.offset(in: zone)
            found.append(OccurrenceNotation.text(start.instant.reading(at: offset), at: offset))
        }
        return (found, true)
    }

    /// A date, a local time, or one with an offset behind it.
    private static func moment(_ text: String, _ field: String) throws -> Moment {
        if let date = CivilDate(iso8601: text) { return .reading(CivilDateTime(date, .midnight)) }
        if let reading = CivilDateTime(iso8601: text) { return .reading(reading) }
        if let instant = Instant(rfc3339: text) { return .instant(instant) }
        throw ScheduleError.notUnderstood(
            field: field, text: text, reason: "a date or a date-time of ISO 8601 is expected here", suggestions: [])
    }
}

/// A moment that was written with its offset, or without.
private enum Moment {
    case reading(CivilDateTime)
    case instant(Instant)

    var instant: Instant? {
        if case .instant(let instant) = self { instant } else { nil }
    }

    func reading(in zone: TimeZone?) -> CivilDateTime {
        switch self {
        case .reading(let reading): reading
        case .instant(let instant): (zone ?? .utc).reading(at: instant)
        }
    }

    func instant(in zone: TimeZone) -> Instant {
        switch self {
        case .reading(let reading): zone.instant(of: reading)
        case .instant(let instant): instant
        }
    }
}

extension ResolvedStart {
    /// What the clocks show then is counted with; behind a gap it is no longer the one that gave the instant.
    fileprivate func offset(in zone: TimeZone) -> Offset {
        if case .gap = resolution { zone.offset(at: instant) } else { resolution.calendarOffset }
    }
}

extension RuleAnswer {
    /// Answers a question, or says why it has no answer.
    init(to question: RuleQuestion, zones: any TimeZoneSource) {
        do {
            let answer = try QuestionedRule(question, zones: zones).answer()
            self.init(occurrences: answer.occurrences, complete: answer.complete)
        } catch ScheduleError.invalidRecurrenceRule(_, let position, let reason) {
            self.init(error: "rrule: \(reason) (at \(position))")
        } catch ScheduleError.notUnderstood(let field, _, _, _, let reason, _) {
            self.init(error: "\(field): \(reason)")
        } catch ScheduleError.unknownZone(let name, _) {
            self.init(error: "tzid: there is no zone '\(name)'")
        } catch {
            self.init(error: "\(error)")
        }
    }

    /// About how many bytes it takes in a reply.
    var size: Int {
        (occurrences ?? []).reduce(40 + (error?.utf8.count ?? 0)) { $0 + $1.utf8.count + 3 }
    }
}
