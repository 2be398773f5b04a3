/// An exact moment, counted in whole seconds since 1970-01-01T00:00:00Z.
///
/// Leap seconds are not counted (POSIX time), as in the system's clock and the tz database.
public struct Instant: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z; negative before it.
    public let secondsSinceEpoch: Int64

    /// Creates the instant that many seconds after 1970-01-01T00:00:00Z.
    public init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    /// The instant that many seconds later (earlier, where negative), clamped to the range of `Int64`.
    public func advanced(bySeconds seconds: Int64) -> Instant {
        let (sum, overflow) = secondsSinceEpoch.addingReportingOverflow(seconds)
        if overflow { return seconds > 0 ? .distantFuture : .distantPast }
        return Instant(secondsSinceEpoch: sum)
    }

    /// Seconds from `other` to this instant; negative where this one is earlier.
    public func seconds(since other: Instant) -> Int64 {
        let (difference, overflow) = secondsSinceEpoch.subtractingReportingOverflow(other.secondsSinceEpoch)
        if overflow { return secondsSinceEpoch > 0 ? .max : .min }
        return difference
    }

    public static func < (lhs: Instant, rhs: Instant) -> Bool {
        lhs.secondsSinceEpoch < rhs.secondsSinceEpoch
    }

    /// Earlier than every instant that a civil date of ours can stand for.
    public static let distantPast = Instant(secondsSinceEpoch: .min)

    /// Later than every instant that a civil date of ours can stand for.
    public static let distantFuture = Instant(secondsSinceEpoch: .max)
}
