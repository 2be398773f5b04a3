public import Recurrence
public import ZonedTime

/// The day's sheet: when it comes, on which clock.
public struct Digest: Hashable, Sendable {
    /// Random; part of the identity of each sheet, so that one that is set anew says its first sheet again.
    public let id: String
    /// The first one.
    public let start: CivilDateTime
    public let rule: RecurrenceRule
    /// The IANA name of the clock.
    public let zone: String

    public init(id: String, start: CivilDateTime, rule: RecurrenceRule, zone: String) {
        self.id = id
        self.start = start
        self.rule = rule
        self.zone = zone
    }

    /// One line that is read back.
    public var text: String { "\(id) \(start.iso8601)[\(zone)] \(rule.text)" }

    /// Reads what `text` wrote, or `nil` if it is anything else.
    public init?(text: String) {
        let parts = text.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, let bracket = parts[1].firstIndex(of: "["), parts[1].last == "]",
            let start = CivilDateTime(iso8601: parts[1][..<bracket]), let rule = try? RecurrenceRule(String(parts[2]))
        else { return nil }
        self.init(
            id: String(parts[0]), start: start, rule: rule,
            zone: String(parts[1][parts[1].index(after: bracket)...].dropLast()))
    }

    /// `every weekday at 08:00, Seoul`.
    public var words: String {
        "\(rule.sentence(startingOn: start)) at \(start.time.words), \(Cities.label(of: zone))"
    }

    /// The wall-clock time of the next sheet after a reading.
    public func next(after reading: CivilDateTime, in zone: TimeZone) -> CivilDateTime? {
        Segment(Timing(start: start, duration: .seconds(3_600), zone: self.zone, city: nil), rule: rule)
            .recurrenceSet(in: zone).next(after: reading)
    }

    /// The wall-clock time of the next sheet that is due after an instant.
    public func next(dueAfter instant: Instant, in zone: TimeZone) -> CivilDateTime? {
        // In a gap a reading is due later than it says, so it is looked for from a little before.
        var next = self.next(after: zone.reading(at: instant).advanced(byDays: -1) ?? .min, in: zone)
        while let reading = next, zone.instant(of: reading) <= instant { next = self.next(after: reading, in: zone) }
        return next
    }
}

extension NotificationIdentity {
    /// One sheet, by the wall-clock time at which it was agreed to come.
    public static func digest(database: String, _ digest: Digest, at reading: CivilDateTime) -> String {
        "\(prefix(database, digest))\(reading.iso8601)[\(digest.zone)]"
    }

    /// The wall-clock time in the identity of a sheet of that digest; `nil` for any other identity.
    public static func sheet(_ identity: String, database: String, of digest: Digest) -> CivilDateTime? {
        let prefix = prefix(database, digest)
        guard identity.hasPrefix(prefix), identity.hasSuffix("[\(digest.zone)]") else { return nil }
        return CivilDateTime(iso8601: identity.dropFirst(prefix.count).prefix(19))
    }

    /// The wall-clock time, and its zone, in the identity of a sheet of whatever setting; `nil` for any other identity.
    public static func sheet(_ identity: String, database: String) -> (reading: CivilDateTime, zone: String)? {
        guard isSheet(identity, database: database), identity.last == "]",
            let bracket = identity.lastIndex(of: "["),
            let reading = CivilDateTime(iso8601: identity[..<bracket].suffix(19))
        else { return nil }
        return (reading, String(identity[identity.index(after: bracket)...].dropLast()))
    }

    /// Whether an identity is that of a sheet, of whatever setting.
    public static func isSheet(_ identity: String, database: String) -> Bool {
        identity.hasPrefix("\(database)/digest:")
    }

    private static func prefix(_ database: String, _ digest: Digest) -> String { "\(database)/digest:\(digest.id)/" }
}
