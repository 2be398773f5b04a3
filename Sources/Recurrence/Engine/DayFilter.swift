internal import ZonedTime

/// The day parts of a rule (BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY), asked month by month.
///
/// Wherever RFC 5545's table says "expand" or "limit" for them, the outcome is the same: the days of the period
/// on which all parts agree. Parts that are missing have been taken from the start before.
struct DayFilter: Sendable {
    /// Bits 1 to 12.
    private let months: UInt64
    /// BYMONTHDAY from the front and from the back, as bits; both 0 where there is none.
    private let monthDays: UInt64
    private let monthDaysFromEnd: UInt64
    private let yearDays: [Int]
    private let weekNumbers: [Int]
    private let weekStart: Weekday
    private let hasWeekdays: Bool
    /// For each weekday that bit 0 may fall on, Monday first: the bits that BYDAY without ordinal selects.
    private let weekdayPatterns: [UInt64]
    private let ordinals: [RecurrenceRule.WeekdayOrdinal]
    /// Whether the ordinals count in the year: YEARLY without BYMONTH.
    private let countsInYear: Bool
    private let skip: RecurrenceRule.Skip
    /// Whether every day passes.
    let isOpen: Bool

    /// - Parameter rule: with the parts that its start gives it (`withParts(of:)`).
    init(_ rule: RecurrenceRule) {
        months = rule.byMonth.isEmpty ? 0x1FFE : UInt64(bits: rule.byMonth)
        monthDays = UInt64(bits: rule.byMonthDay)
        monthDaysFromEnd = UInt64(bits: rule.byMonthDay.map { -$0 })
        yearDays = rule.byYearDay
        weekNumbers = rule.byWeekNumber
        weekStart = rule.weekStart
        hasWeekdays = !rule.byDay.isEmpty
        let plain = Set(rule.byDay.filter { $0.ordinal == 0 }.map(\.weekday))
        weekdayPatterns = Weekday.allCases.map { first in
            (0..<64).reduce(0) { plain.contains(first.advanced(byDays: $1)) ? $0 | .bit($1) : $0 }
        }
        ordinals = rule.byDay.filter { $0.ordinal != 0 }
        countsInYear = rule.frequency == .yearly && rule.byMonth.isEmpty
        // Below the month nothing is moved: the date parts only limit there.
        skip = rule.frequency <= .monthly ? rule.skip : .omit
        isOpen =
            rule.byMonth.isEmpty && rule.byMonthDay.isEmpty && yearDays.isEmpty && weekNumbers.isEmpty && !hasWeekdays
    }

    /// The days that pass in a month.
    ///
    /// - Parameter index: `year * 12 + month - 1`.
    func days(ofMonth index: Int) -> MonthDays {
        let year = index.dividedDown(by: 12)
        let month = index.modulo(12) + 1
        let base = CivilDate.daysSinceEpoch(year: year, month: month, day: 1) - 1
        let length = CivilDate.daysInMonth(year: year, month: month)
        var result = MonthDays(month: index, base: base, length: length, days: 0)
        guard months & .bit(month) != 0 else { return result }
        var days = (UInt64.bit(length) - 1) << 1
        if monthDays | monthDaysFromEnd != 0 { days = bitsOfMonthDays(length: length) }
        if !yearDays.isEmpty || !weekNumbers.isEmpty || !ordinals.isEmpty {
            let frame = YearFrame(year: year, month: month, base: base, length: length)
            if !yearDays.isEmpty {
                let full: UInt64 = monthDays | monthDaysFromEnd == 0 ? .max : days
                days = full & bitsOfYearDays(frame)
            }
            if !weekNumbers.isEmpty { days &= bitsOfWeekNumbers(frame) }
            if hasWeekdays { days &= bitsOfPlainWeekdays(base: base) | bitsOfOrdinals(frame) }
        } else if hasWeekdays {
            days &= bitsOfPlainWeekdays(base: base)
        }
        result.days = days
        return result
    }
}

/// A month and where it lies in its year.
private struct YearFrame {
    let year: Int
    let month: Int
    let base: Int
    let length: Int
    /// The day before 1 January, in days since 1970-01-01.
    let yearBase: Int
    let yearLength: Int

    init(year: Int, month: Int, base: Int, length: Int) {
        self.year = year
        self.month = month
        self.base = base
        self.length = length
        yearBase = CivilDate.daysSinceEpoch(year: year, month: 1, day: 1) - 1
        yearLength = CivilDate.isLeapYear(year) ? 366 : 365
    }

    /// Days of this month that are 1 to `length` days after `base`, given by their day since 1970-01-01.
    func bit(_ day: Int) -> UInt64 {
        (1...length).contains(day - base) ? .bit(day - base) : 0
    }
}

extension DayFilter {
    private func bitsOfPlainWeekdays(base: Int) -> UInt64 {
        // 1970-01-01 was a Thursday.
        weekdayPatterns[(base + 3).modulo(7)]
    }

    private func bitsOfMonthDays(length: Int) -> UInt64 {
        let all = (UInt64.bit(length) - 1) << 1
        var days = monthDays & all
        // Day −1 is the last one; bit n from the end is bit length + 1 − n.
        monthDaysFromEnd.forEachBit { if $0 <= length { days |= .bit(length + 1 - $0) } }
        let hasMissing = (monthDays & ~all) != 0
        let hasMissingFromEnd = (monthDaysFromEnd & ~all) != 0
        switch skip {
        case .omit: break
        case .backward:
            if hasMissing { days |= .bit(length) }
            if hasMissingFromEnd { days |= .bit(0) }
        case .forward:
            if hasMissing { days |= .bit(length + 1) }
            if hasMissingFromEnd { days |= .bit(1) }
        }
        return days
    }

    private func bitsOfYearDays(_ frame: YearFrame) -> UInt64 {
        var bits: UInt64 = 0
        for number in yearDays {
            var day = number > 0 ? number : frame.yearLength + 1 + number
            if !(1...frame.yearLength).contains(day) {
                switch skip {
                case .omit: continue
                case .backward: day = number > 0 ? frame.yearLength : 0
                case .forward: day = number > 0 ? frame.yearLength + 1 : 1
                }
            }
            let bit = frame.yearBase + day - frame.base
            let isBeforeYear = frame.month == 1 && bit == 0
            let isAfterYear = frame.month == 12 && bit == frame.length + 1
            if (1...frame.length).contains(bit) || isBeforeYear || isAfterYear { bits |= .bit(bit) }
        }
        return bits
    }

    /// A week belongs to the days' own calendar year, also where it is counted as one of the year beside it.
    private func bitsOfWeekNumbers(_ frame: YearFrame) -> UInt64 {
        var bits: UInt64 = 0
        for year in (frame.month == 1 ? frame.year - 1 : frame.year)...(frame.month == 12 ? frame.year + 1 : frame.year)
        {
            let first = firstWeek(of: year)
            let weeks = (firstWeek(of: year + 1) - first) / 7
            for number in weekNumbers {
                let week = number > 0 ? number - 1 : weeks + number
                guard (0..<weeks).contains(week) else { continue }
                let start = first + week * 7
                guard start <= frame.base + frame.length, start + 6 > frame.base else { continue }
                for day in start...(start + 6) { bits |= frame.bit(day) }
            }
        }
        return bits
    }

    /// The first day of week 1: the week that holds 4 January has at least four days in the year.
    private func firstWeek(of year: Int) -> Int {
        let fourth = CivilDate.daysSinceEpoch(year: year, month: 1, day: 4)
        return fourth - (fourth + 3 - (weekStart.rawValue - 1)).modulo(7)
    }

    private func bitsOfOrdinals(_ frame: YearFrame) -> UInt64 {
        let base = countsInYear ? frame.yearBase : frame.base
        let length = countsInYear ? frame.yearLength : frame.length
        var bits: UInt64 = 0
        for entry in ordinals {
            let day: Int
            if entry.ordinal > 0 {
                let ahead = (entry.weekday.rawValue - 1 - (base + 1 + 3)).modulo(7)
                day = 1 + ahead + (entry.ordinal - 1) * 7
            } else {
                let back = ((base + length + 3) - (entry.weekday.rawValue - 1)).modulo(7)
                day = length - back + (entry.ordinal + 1) * 7
            }
            if (1...length).contains(day) { bits |= frame.bit(base + day) }
        }
        return bits
    }
}
