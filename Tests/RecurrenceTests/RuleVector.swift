import ConveneTestSupport
import Foundation
import Recurrence
import ZonedTime

/// One line of the rule vectors: a start, a rule, and the occurrences on which others agree.
struct RuleVector: Decodable {
    let id: String
    /// A local reading, or a date for whole days.
    let dtstart: String
    /// `nil` for floating, `UTC`, `VALUE=DATE` for whole days, else a zone.
    let tzid: String?
    let rrule: String
    let rdate: [String]?
    let exdate: [String]?
    /// The whole set, or its first occurrences where it is not complete.
    let expect: [String]
    let complete: Bool
    /// `expect` is what the rule gives; the start is not added.
    let ruleOnly: Bool?
    /// 1: three agree; 2: two, and the third is silent; 3: two, and the third dissents against the RFC's text.
    let tier: Int?
    /// Of `seek.jsonl`: `expect` is what comes strictly after this…
    let after: String?
    /// …and before this.
    let before: String?

    /// A file beside the tests, or in another folder.
    static func file(_ name: String, in folder: URL = VectorZones.vectors) throws -> [RuleVector] {
        let text = try String(contentsOf: folder.appending(path: "\(name).jsonl"), encoding: .utf8)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try text.split(separator: "\n").map { try decoder.decode(RuleVector.self, from: Data($0.utf8)) }
    }

    var isWholeDays: Bool { tzid == "VALUE=DATE" }

    /// The rule's calendar, where it is not ours.
    var foreignCalendar: String? {
        let name = rrule.split(separator: ";").first { $0.hasPrefix("RSCALE=") }?.dropFirst("RSCALE=".count)
        return name.flatMap { $0 == "GREGORIAN" ? nil : String($0) }
    }

    func zone(_ zones: [String: ZonedTime.TimeZone]) -> ZonedTime.TimeZone? {
        tzid.flatMap { $0 == "UTC" ? .utc : zones[$0] }
    }

    func set(in zone: ZonedTime.TimeZone?) throws -> RecurrenceSet {
        RecurrenceSet(
            start: try reading(dtstart), rules: [try RecurrenceRule(rrule)],
            dates: try (rdate ?? []).map(reading), exclusions: try (exdate ?? []).map(reading),
            isWholeDays: isWholeDays, zone: zone)
    }

    /// A date, or a reading whose offset is left aside.
    func reading(_ text: String) throws -> CivilDateTime {
        if text.count == 10, let date = CivilDate(iso8601: text) { return CivilDateTime(date, .midnight) }
        guard let reading = CivilDateTime(iso8601: text.prefix(19)) else { throw VectorProblem.unreadable(text) }
        return reading
    }

    /// A reading with its offset, or one whose offset the zone tells.
    func moment(_ text: String, in zone: ZonedTime.TimeZone) throws -> Moment {
        let reading = try reading(text)
        let instant = Instant(rfc3339: text) ?? zone.instant(of: reading)
        return Moment(instant: instant, reading: reading)
    }

    enum VectorProblem: Error {
        case unreadable(String)
    }
}

/// An instant, and what the clocks show then.
struct Moment: Hashable, CustomStringConvertible {
    let instant: Instant
    let reading: CivilDateTime

    var description: String {
        let offset = reading.secondsSinceEpoch - instant.secondsSinceEpoch
        return "\(reading.iso8601)\(offset < 0 ? "" : "+")\(offset)s"
    }
}

/// The zones of the vectors, read once.
let vectorZones: [String: ZonedTime.TimeZone] = {
    let source = VectorZones()
    return Dictionary(
        uniqueKeysWithValues: source.identifiers.compactMap { name in source.timeZone(name).map { (name, $0) } })
}()
