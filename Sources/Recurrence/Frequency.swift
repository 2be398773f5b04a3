/// The unit in which a recurrence rule counts its periods (RFC 5545 §3.3.10, FREQ), the longest first.
public enum Frequency: Int, Hashable, CaseIterable, Comparable, Sendable {
    case yearly, monthly, weekly, daily, hourly, minutely, secondly

    /// The value as it stands in an RRULE.
    public var text: String {
        switch self {
        case .yearly: "YEARLY"
        case .monthly: "MONTHLY"
        case .weekly: "WEEKLY"
        case .daily: "DAILY"
        case .hourly: "HOURLY"
        case .minutely: "MINUTELY"
        case .secondly: "SECONDLY"
        }
    }

    /// A finer frequency is the greater one: `.yearly < .daily`.
    public static func < (lhs: Frequency, rhs: Frequency) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}
