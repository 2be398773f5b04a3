/// A day on the (proleptic Gregorian) calendar, in no particular time zone.
///
/// Years run from 1 to 9999, so that ISO 8601 writes every date with ten characters.
public struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let daysSinceEpoch: Int

    /// 0001-01-01.
    public static let min = CivilDate(unchecked: -719_162)
    /// 9999-12-31.
    public static let max = CivilDate(unchecked: 2_932_896)

    package init(unchecked daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// Creates a date, or `nil` if the calendar has no such day or its year is not 1 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDate.daysInMonth(year: year, month: month)
        else { return nil }
        self.init(unchecked: CivilDate.daysSinceEpoch(year: year, month: month, day: day))
    }

    /// Creates the date that many days after 1970-01-01, or `nil` outside the years 1 to 9999.
    public init?(daysSinceEpoch: Int) {
        guard (CivilDate.min.daysSinceEpoch...CivilDate.max.daysSinceEpoch).contains(daysSinceEpoch) else { return nil }
        self.init(unchecked: daysSinceEpoch)
    }

    /// 1 to 9999.
    public var year: Int { components.year }
    /// 1 to 12.
    public var month: Int { components.month }
    /// 1 to 31.
    public var day: Int { components.day }

    /// Year, month and day in one computation.
    ///
    /// The arithmetic is Howard Hinnant's `civil_from_days`: years that begin in March put the leap day last.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The day of the week.
    public var weekday: Weekday {
        // 0001-01-01 was a Monday.
        Weekday.monday.advanced(byDays: daysSinceEpoch - CivilDate.min.daysSinceEpoch)
    }

    /// 1 to 366.
    public var dayOfYear: Int {
        daysSinceEpoch - CivilDate.daysSinceEpoch(year: year, month: 1, day: 1) + 1
    }

    /// The date that many days later (earlier, where negative), or `nil` outside the years 1 to 9999.
    public func advanced(byDays days: Int) -> CivilDate? {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        return overflow ? nil : CivilDate(daysSinceEpoch: sum)
    }

    /// Days from `other` to this date; negative where this one is earlier.
    public func days(since other: CivilDate) -> Int {
        daysSinceEpoch - other.daysSinceEpoch
    }

    public static func < (lhs: CivilDate, rhs: CivilDate) -> Bool {
        lhs.daysSinceEpoch < rhs.daysSinceEpoch
    }

    /// Whether the year has a 29 February, by the Gregorian rule.
    public static func isLeapYear(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// The length of a month; `month` must be 1 to 12.
    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeapYear(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 of a calendar day, by arithmetic alone: any year, no check (`days_from_civil`).
    public static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
