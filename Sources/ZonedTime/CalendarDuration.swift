/// A length as people agree on it: whole days of the calendar, then seconds of the clock (RFC 5545 §3.3.6).
///
/// A day is nominal: the same wall-clock time on another date, 23 or 25 hours off where the clocks change.
/// Hours, minutes and seconds are exact. Both parts point the same way, back or forth.
public struct CalendarDuration: Hashable, Sendable {
    /// Nominal days; a week is seven of them. Negative for back.
    public let days: Int
    /// Exact seconds. Negative for back.
    public let seconds: Int64

    private init(unchecked days: Int, _ seconds: Int64) {
        self.days = days
        self.seconds = seconds
    }

    /// Creates a duration, or `nil` if one part points back and the other forth.
    ///
    /// The smallest `Int` is refused too: every duration has its opposite.
    public init?(days: Int, seconds: Int64) {
        guard days > .min, seconds > .min, !(days < 0 && seconds > 0), !(days > 0 && seconds < 0) else { return nil }
        self.init(unchecked: days, seconds)
    }

    /// No time at all.
    public static let zero = CalendarDuration(unchecked: 0, 0)

    /// So many nominal days.
    public static func days(_ days: Int) -> CalendarDuration {
        CalendarDuration(unchecked: max(days, -.max), 0)
    }

    /// So many exact seconds.
    public static func seconds(_ seconds: Int64) -> CalendarDuration {
        CalendarDuration(unchecked: 0, max(seconds, -.max))
    }

    /// As long, the other way.
    public static prefix func - (duration: CalendarDuration) -> CalendarDuration {
        CalendarDuration(unchecked: -duration.days, -duration.seconds)
    }

    /// The instant so long after a wall-clock reading in a zone: first the days on the wall clock there, then the
    /// seconds (RFC 5545 §3.3.6).
    ///
    /// Days that lead out of the years 1 to 9999 end at the calendar's first or last second.
    public func added(to reading: CivilDateTime, in zone: TimeZone) -> Instant {
        let moved = reading.advanced(byDays: days) ?? (days < 0 ? .min : .max)
        return zone.instant(of: moved).advanced(bySeconds: seconds)
    }
}
