/// How far local time is ahead of UTC.
public struct Offset: Hashable, Comparable, Sendable {
    /// Positive east of Greenwich, negative west of it; within ±26 hours (RFC 9636 allows −24:59:59 to +25:59:59).
    public let secondsEastOfUTC: Int

    /// No distance at all.
    public static let utc = Offset(secondsEastOfUTC: 0)

    /// Creates the offset of so many seconds, positive east of Greenwich.
    public init(secondsEastOfUTC: Int) {
        self.secondsEastOfUTC = secondsEastOfUTC
    }

    /// The offsets that a zone file may have (RFC 9636 §3.2).
    static let allowedSeconds = -89_999...93_599

    public static func < (lhs: Offset, rhs: Offset) -> Bool {
        lhs.secondsEastOfUTC < rhs.secondsEastOfUTC
    }
}

extension Instant {
    /// The instant at which a clock of that offset shows the reading.
    public init(_ reading: CivilDateTime, at offset: Offset) {
        self.init(secondsSinceEpoch: reading.secondsSinceEpoch - Int64(offset.secondsEastOfUTC))
    }

    /// What a clock of that offset shows, clamped to the years 1 to 9999.
    public func reading(at offset: Offset) -> CivilDateTime {
        let local = advanced(bySeconds: Int64(offset.secondsEastOfUTC)).secondsSinceEpoch
        return CivilDateTime(secondsSinceEpoch: local) ?? (local < 0 ? .min : .max)
    }
}
