/// A time zone of the tz database: what its clocks show at every instant.
///
/// Read from the bytes of a zone file (TZif, RFC 9636); copies share what was read.
/// Every question has an answer at every instant: before the first change that the file lists its first
/// local time type holds, after the last one the file's footer rule. For instants outside the years 1 to 9999
/// the answer is that of the nearest year inside.
public struct TimeZone: Sendable {
    /// The tz database's name or link, such as `Asia/Tokyo`.
    public let identifier: String
    let rules: ZoneRules

    init(identifier: String, rules: ZoneRules) {
        self.identifier = identifier
        self.rules = rules
    }

    /// Reads a zone file of any version, 1 to 4.
    ///
    /// - Parameter bytes: the whole file.
    public init(identifier: String, tzif bytes: [UInt8]) throws(TZifError) {
        var parser = TZifParser(bytes)
        self.init(identifier: identifier, rules: try parser.parse())
    }

    /// Coordinated Universal Time, `UTC`.
    public static let utc = fixed(.utc, identifier: "UTC")

    /// A zone whose clocks never change; its identifier is its abbreviation too.
    public static func fixed(_ offset: Offset, identifier: String) -> TimeZone {
        let type = LocalTimeType(offset: offset, isDaylightSaving: false, abbreviation: identifier)
        return TimeZone(identifier: identifier, rules: ZoneRules(changes: [], types: [type], rule: nil))
    }
}

extension TimeZone {
    /// The offset of the zone's clocks at an instant.
    public func offset(at instant: Instant) -> Offset {
        rules.offset(at: instant.secondsSinceEpoch)
    }

    /// Offset, name and daylight flag at an instant.
    public func localTimeType(at instant: Instant) -> LocalTimeType {
        rules.type(at: instant.secondsSinceEpoch)
    }

    /// What the zone's clocks show at an instant, clamped to the years 1 to 9999.
    public func reading(at instant: Instant) -> CivilDateTime {
        instant.reading(at: offset(at: instant))
    }

    /// The offsets that a wall-clock reading may have: one, or around a change of the clocks none or two.
    public func resolve(_ reading: CivilDateTime) -> OffsetResolution {
        var range = LocalRange.empty
        return resolve(reading, remembering: &range)
    }

    /// The same as `resolve(_:)` for one reading of many.
    ///
    /// - Parameter range: begins as `.empty`; keeps what makes the next question cheap. Used with one zone only.
    public func resolve(_ reading: CivilDateTime, remembering range: inout LocalRange) -> OffsetResolution {
        if range.contains(reading) { return .unique(range.offset) }
        switch rules.position(of: reading) {
        case .settled(let found):
            range = found
            return .unique(found.offset)
        case .changed(_, let before, let after) where before < after: return .gap(before: before, after: after)
        case .changed(_, let before, let after): return .fold(before: before, after: after)
        }
    }

    /// The instant that a reading stands for; RFC 5545 §3.3.5 decides where it is skipped or repeated.
    public func instant(of reading: CivilDateTime) -> Instant {
        Instant(reading, at: resolve(reading).calendarOffset)
    }

    /// The same as `instant(of:)` for one reading of many.
    ///
    /// - Parameter range: begins as `.empty`; keeps what makes the next conversion cheap.
    public func instant(of reading: CivilDateTime, remembering range: inout LocalRange) -> Instant {
        if range.contains(reading) { return Instant(reading, at: range.offset) }
        switch rules.position(of: reading) {
        case .settled(let found):
            range = found
            return Instant(reading, at: found.offset)
        case .changed(_, let before, _):
            return Instant(reading, at: before)
        }
    }

    /// The stretch of readings around this one that share its offset, or `nil` if it is skipped or repeated.
    public func uniqueRange(containing reading: CivilDateTime) -> LocalRange? {
        guard case .settled(let range) = rules.position(of: reading) else { return nil }
        return range
    }

    /// The first instant at which the zone's calendar shows that date or, where the zone skipped it, a later one.
    ///
    /// That is midnight, unless the clocks jump over it (São Paulo used to begin summer at 01:00).
    public func firstInstant(of date: CivilDate) -> Instant {
        let midnight = CivilDateTime(date, .midnight)
        switch rules.position(of: midnight) {
        case .settled(let range): return Instant(midnight, at: range.offset)
        case .changed(let instant, let before, let after) where before < after:
            return Instant(secondsSinceEpoch: instant)
        case .changed(_, let before, _): return Instant(midnight, at: before)
        }
    }

    /// The next change of the clocks after an instant; `nil` where there are none any more.
    public func nextTransition(after instant: Instant) -> Transition? {
        rules.transition(after: instant.secondsSinceEpoch)
    }

    /// The last change of the clocks before an instant; `nil` where there was none yet.
    public func previousTransition(before instant: Instant) -> Transition? {
        rules.transition(before: instant.secondsSinceEpoch)
    }
}

extension TimeZone: Hashable {
    /// Whether both have the same name and the same data.
    public static func == (lhs: TimeZone, rhs: TimeZone) -> Bool {
        lhs.identifier == rhs.identifier && lhs.rules == rhs.rules
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(identifier)
    }
}
