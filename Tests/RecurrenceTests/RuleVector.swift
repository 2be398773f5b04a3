import ConveneTestSupport
import Foundation
import Recurrence
import ZonedTime

/// One line of the rule vectors; their README says what the fields mean.
struct RuleVector: Decodable {
    let id: String
    let dtstart: String
    let tzid: String?
    let rrule: String
    let rdate: [String]?
    let exdate: [String]?
    let expect: [String]
    let complete: Bool
    let horizon: String?
    let ruleOnly: Bool?
    let tier: Int?
    // Of tz.jsonl.
    let utc: [String]?
    let nominal: [String]?
    // Of seek.jsonl.
    let after: String?
    let before: String?
    let limit: Int?

    /// A file beside the tests, or in another folder.
    static func file(_ name: String, in folder: URL = VectorZones.vectors) throws -> [RuleVector] {
        let text = try String(contentsOf: folder.appending(path: "\(name).jsonl"), encoding: .utf8)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try text.split(separator: "\n").map { try decoder.decode(RuleVector.self, from: Data($0.utf8)) }
    }

    var isWholeDays: Bool { tzid == "VALUE=DATE" }

    /// The rule's calendar, where it is not ours.
    var isForeign: Bool { rrule.contains("RSCALE=") && !rrule.contains("RSCALE=GREGORIAN") }

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

    enum VectorProblem: Error {
        case unreadable(String)
    }
}

/// The zones of the vectors, read once.
let vectorZones: [String: ZonedTime.TimeZone] = {
    let source = VectorZones()
    return Dictionary(
        uniqueKeysWithValues: source.identifiers.compactMap { name in source.timeZone(name).map { (name, $0) } })
}()
