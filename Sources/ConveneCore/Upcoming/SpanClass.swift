public import ZonedTime

/// How long a meeting is, in a few classes.
///
/// What is going on at an instant began at most its own length ago. With lengths in classes, a search for it
/// looks back an hour for the many short meetings and weeks only for the few long ones.
public enum SpanClass: Int, CaseIterable, Sendable {
    case hour, twoHours, sixHours, twoDays, fortnight, quarter, years

    /// Seconds, by which every meeting of the class is over; a day counts 26 hours, for clock changes.
    public var upperBound: Int64 {
        switch self {
        case .hour: 3_600
        case .twoHours: 7_200
        case .sixHours: 21_600
        case .twoDays: 2 * 93_600
        case .fortnight: 15 * 93_600
        case .quarter: 93 * 93_600
        case .years: 3_660 * 93_600
        }
    }

    public init(_ duration: CalendarDuration) {
        self.init(seconds: SpanClass.longestSeconds(of: duration))
    }

    init(seconds: Int64) {
        self = SpanClass.allCases.first { seconds <= $0.upperBound } ?? .years
    }

    /// The most seconds that a length can come to.
    static func longestSeconds(of duration: CalendarDuration) -> Int64 {
        Int64(duration.days) * 93_600 + duration.seconds
    }

    /// The longest meeting: ten years.
    public static let longest = CalendarDuration.days(3_650)
}
