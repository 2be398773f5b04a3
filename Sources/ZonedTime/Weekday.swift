/// A day of the week; weeks begin on Monday (ISO 8601).
public enum Weekday: Int, Hashable, CaseIterable, Sendable {
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// The weekday that many days later (earlier, where negative).
    public func advanced(byDays days: Int) -> Weekday {
        // Days are reduced first, so that no number of them can overflow.
        let index = (rawValue - 1 + days % 7 + 7) % 7
        return Weekday(rawValue: index + 1) ?? self
    }

    /// Days from this weekday forward to the next `other`, 0 to 6.
    public func days(until other: Weekday) -> Int {
        (other.rawValue - rawValue + 7) % 7
    }
}
