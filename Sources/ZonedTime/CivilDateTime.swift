/// A reading of calendar and wall clock, in no particular time zone.
public struct CivilDateTime: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00 on the same wall clock; negative before it.
    public let secondsSinceEpoch: Int64

    package init(unchecked secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    /// Joins a day and a time of day.
    public init(_ date: CivilDate, _ time: CivilTime) {
        self.init(unchecked: Int64(date.daysSinceEpoch) * 86_400 + Int64(time.secondOfDay))
    }

    /// Creates a date-time, or `nil` if calendar or clock have no such reading.
    public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard let date = CivilDate(year: year, month: month, day: day),
            let time = CivilTime(hour: hour, minute: minute, second: second)
        else { return nil }
        self.init(date, time)
    }

    /// Creates the reading that many seconds after 1970-01-01T00:00:00 on the clock, or `nil` outside the years 1 to 9999.
    public init?(secondsSinceEpoch: Int64) {
        guard
            (CivilDateTime.min.secondsSinceEpoch...CivilDateTime.max.secondsSinceEpoch).contains(secondsSinceEpoch)
        else { return nil }
        self.init(unchecked: secondsSinceEpoch)
    }

    /// 0001-01-01T00:00:00.
    public static let min = CivilDateTime(CivilDate.min, .midnight)
    /// 9999-12-31T23:59:59.
    public static let max = CivilDateTime(CivilDate.max, CivilTime(unchecked: 86_399))

    /// What the calendar shows.
    public var date: CivilDate {
        CivilDate(unchecked: Int(daysAndSeconds.days))
    }

    /// What the clock shows.
    public var time: CivilTime {
        CivilTime(unchecked: Int(daysAndSeconds.seconds))
    }

    private var daysAndSeconds: (days: Int64, seconds: Int64) {
        let days = secondsSinceEpoch >= 0 ? secondsSinceEpoch / 86_400 : (secondsSinceEpoch - 86_399) / 86_400
        return (days, secondsSinceEpoch - days * 86_400)
    }

    /// The reading that many wall-clock seconds later, or `nil` outside the years 1 to 9999.
    public func advanced(bySeconds seconds: Int64) -> CivilDateTime? {
        let (sum, overflow) = secondsSinceEpoch.addingReportingOverflow(seconds)
        return overflow ? nil : CivilDateTime(secondsSinceEpoch: sum)
    }

    /// The same time of day that many days later, or `nil` outside the years 1 to 9999.
    public func advanced(byDays days: Int) -> CivilDateTime? {
        date.advanced(byDays: days).map { CivilDateTime($0, time) }
    }

    public static func < (lhs: CivilDateTime, rhs: CivilDateTime) -> Bool {
        lhs.secondsSinceEpoch < rhs.secondsSinceEpoch
    }
}
