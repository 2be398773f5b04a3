import ConveneTestSupport
import Foundation
import Recurrence
import ZonedTime

/// One line of the rule vectors: a recurrence set, and what several implementations say that it gives.
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
    let tier: Int?
    let ruleOnly: Bool?
    /// Instants beside the local times (tz.jsonl).
    let utc: [String]?
    /// Wall times as the rule gives them (tz.jsonl).
    let nominal: [String]?
    /// Strictly after this (seek.jsonl).
    let after: String?
    let before: String?
    let limit: Int?

    static func all(_ name: String, in folder: URL = VectorZones.vectors) throws -> [RuleVector] {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try text.split(separator: "\n").map { try decoder.decode(RuleVector.self, from: Data($0.utf8)) }
    }

    var isWholeDays: Bool { tzid == "VALUE=DATE" }
    var isZoned: Bool { tzid != nil && !isWholeDays }

    /// The calendar that the rule names, where it is not ours.
    var otherCalendar: String? {
        let part = rrule.split(separator: ";").first { $0.hasPrefix("RSCALE=") && $0 != "RSCALE=GREGORIAN" }
        return part.map { String($0.dropFirst("RSCALE=".count)) }
    }

    func zone(_ zones: ZoneCache) -> ZonedTime.TimeZone? {
        isZoned ? tzid.flatMap { zones.zone($0) } : nil
    }

    func set(_ zones: ZoneCache) throws -> RecurrenceSet {
        RecurrenceSet(
            start: try reading(dtstart), rules: [try RecurrenceRule(rrule)], dates: try (rdate ?? []).map(reading),
            exclusions: try (exdate ?? []).map(reading), isWholeDays: isWholeDays, zone: zone(zones),
            includesStart: ruleOnly != true)
    }

    struct Unreadable: Error {
        let text: String
    }

    /// A date or a local time; what follows it (an offset) is left out.
    func reading(_ text: String) throws -> CivilDateTime {
        if text.count == 10, let date = CivilDate(iso8601: text) { return CivilDateTime(date, .midnight) }
        guard let time = CivilDateTime(iso8601: text.prefix(19)) else { throw Unreadable(text: text) }
        return time
    }

    /// A start in the notation of the vectors.
    func text(_ start: ResolvedStart, in zone: ZonedTime.TimeZone?) -> String {
        if isWholeDays { return start.nominal.date.iso8601 }
        guard let zone else { return start.nominal.iso8601 }
        let offset = zone.offset(at: start.instant)
        let minutes = abs(offset.secondsEastOfUTC) / 60
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return start.instant.reading(at: offset).iso8601 + (offset < .utc ? "-" : "+") + padded(minutes / 60) + ":"
            + padded(minutes % 60)
    }
}

/// The zones of the vectors, each read once.
final class ZoneCache {
    private let source = VectorZones()
    private var zones: [String: ZonedTime.TimeZone?] = [:]

    func zone(_ identifier: String) -> ZonedTime.TimeZone? {
        if let known = zones[identifier] { return known }
        let zone = source.timeZone(identifier)
        zones[identifier] = zone
        return zone
    }
}
