internal import ZonedTime

extension DayFilter {
    /// The months in which days of the year, weeks and weekdays counted in the year can lie at all, as bits 1 to 12.
    ///
    /// A week of a year lies in one month or two: the other ten need not be looked at, year after year.
    static func reach(of rule: RecurrenceRule) -> UInt64 {
        guard rule.frequency == .yearly else { return 0x1FFE }
        var months: UInt64 = 0x1FFE
        if !rule.byYearDay.isEmpty { months &= union(rule.byYearDay, of: months(ofYearDay:)) }
        if !rule.byWeekNumber.isEmpty { months &= union(rule.byWeekNumber, of: months(ofWeek:)) }
        if rule.byMonth.isEmpty, !rule.byDay.isEmpty, rule.byDay.allSatisfy({ $0.ordinal != 0 }) {
            months &= union(rule.byDay.map(\.ordinal), of: months(ofOrdinal:))
        }
        return months
    }

    private static func union(_ numbers: [Int], of months: (Int) -> UInt64) -> UInt64 {
        numbers.reduce(0) { $0 | months($1) }
    }

    private static func months(ofYearDay day: Int) -> UInt64 {
        day > 0 ? months(from: day, to: day) : months(from: 366 + day, to: 367 + day)
    }

    private static func months(ofWeek number: Int) -> UInt64 {
        // A year has 52 weeks or 53; its first and last may lie in the year beside it.
        let weeks = number > 0 ? number...number : (53 + number)...(54 + number)
        var result = months(from: weeks.lowerBound * 7 - 10, to: weeks.upperBound * 7 + 4)
        if weeks.lowerBound <= 1 { result |= .bit(12) }
        if weeks.upperBound >= 52 { result |= .bit(1) }
        return result
    }

    private static func months(ofOrdinal ordinal: Int) -> UInt64 {
        ordinal > 0
            ? months(from: ordinal * 7 - 6, to: ordinal * 7)
            : months(from: 365 + ordinal * 7, to: 373 + ordinal * 7)
    }

    /// The months of some days of the year, whether it is a leap year or not.
    private static func months(from first: Int, to last: Int) -> UInt64 {
        let (low, high) = (month(ofYearDay: first, in: 2000), month(ofYearDay: last, in: 2001))
        return .bits(from: low) & ~.bits(from: high + 1)
    }

    private static func month(ofYearDay day: Int, in year: Int) -> Int {
        let start = CivilDate.daysSinceEpoch(year: year, month: 1, day: 1)
        let length = CivilDate.isLeapYear(year) ? 366 : 365
        return CivilDate(unchecked: start + min(max(day, 1), length) - 1).month
    }
}
