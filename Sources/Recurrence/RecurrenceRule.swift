public import ZonedTime

/// A recurrence rule: the value of an RRULE (RFC 5545 §3.3.10), with RFC 7529's SKIP.
///
/// A rule that was read from text is legal, and its lists are sorted and without repeats, so that two rules which
/// mean the same text are equal. Who sets the parts one by one answers for that; a part out of range matches nothing.
public struct RecurrenceRule: Hashable, Sendable {
    /// A weekday, with the ordinal that BYDAY may give it: `2TU` is the second Tuesday, `-1FR` the last Friday.
    public struct WeekdayOrdinal: Hashable, Comparable, Sendable {
        /// −53 to −1 or 1 to 53; 0 stands for every such weekday.
        public let ordinal: Int
        /// The day of the week that is meant.
        public let weekday: Weekday

        /// The weekday of that ordinal; without one, every such weekday.
        public init(_ weekday: Weekday, ordinal: Int = 0) {
            self.ordinal = ordinal
            self.weekday = weekday
        }

        public static func < (lhs: WeekdayOrdinal, rhs: WeekdayOrdinal) -> Bool {
            (lhs.ordinal, lhs.weekday.rawValue) < (rhs.ordinal, rhs.weekday.rawValue)
        }
    }

    /// Where a rule ends, the last moment included.
    public enum End: Hashable, Sendable {
        case never
        /// After so many instances, at least 1, counted before exclusions.
        case count(Int)
        /// UNTIL as a date: that whole day belongs to the rule.
        case untilDate(CivilDate)
        /// UNTIL as local time.
        case untilLocal(CivilDateTime)
        /// UNTIL in UTC (with `Z`).
        case untilInstant(Instant)
    }

    /// What becomes of a date that does not exist, such as 30 February (RFC 7529 §4.1).
    public enum Skip: Hashable, Sendable {
        case omit, backward, forward
    }

    /// The length of the periods that the parts below choose from.
    public var frequency: Frequency
    /// At least 1.
    public var interval: Int = 1
    /// Where the rule ends.
    public var end: End = .never
    /// 0 to 60.
    public var bySecond: [Int] = []
    /// 0 to 59.
    public var byMinute: [Int] = []
    /// 0 to 23.
    public var byHour: [Int] = []
    /// Weekdays, with ordinals only for months and years.
    public var byDay: [WeekdayOrdinal] = []
    /// −31 to −1, 1 to 31.
    public var byMonthDay: [Int] = []
    /// −366 to −1, 1 to 366.
    public var byYearDay: [Int] = []
    /// −53 to −1, 1 to 53.
    public var byWeekNumber: [Int] = []
    /// 1 to 12.
    public var byMonth: [Int] = []
    /// −366 to −1, 1 to 366.
    public var bySetPosition: [Int] = []
    /// The first day of a week (WKST).
    public var weekStart: Weekday = .monday
    /// What becomes of dates that do not exist.
    public var skip: Skip = .omit

    /// The plain rule: one occurrence a period, as its start says, without an end.
    public init(frequency: Frequency) {
        self.frequency = frequency
    }
}
