internal import ZonedTime

/// The day parts of a rule (BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY), asked month by month.
///
/// Wherever RFC 5545's table says "expand" or "limit" for them, the outcome is the same: the days of the period
/// on which all parts agree. Parts that are missing have been taken from the start before.
///
/// A class, so that asking it copies nothing.
final class DayFilter: Sendable {
    /// Bits 1 to 12: the months that BYMONTH names, less those in which no day can pass.
    let months: UInt64
    /// The parts of which the month alone decides.
    private let monthly: MonthlyDays
    let yearDays: [Int]
    let weekNumbers: [Int]
    private let weekStart: Weekday
    let hasWeekdays: Bool
    /// Those that BYDAY names without an ordinal.
    let weekdays: WeekdayBits
    let ordinals: [RecurrenceRule.WeekdayOrdinal]
    /// Whether the ordinals count in the year: YEARLY without BYMONTH.
    let countsInYear: Bool
    /// Whether every day passes.
    let isOpen: Bool
    /// Whether weekdays alone decide.
    let isOfWeekdays: Bool
    /// Whether the days of a month depend on nothing but its length and its first weekday (and on BYMONTH).
    let isOfMonthType: Bool
    /// Whether these are listed below.
    let hasTable: Bool
    /// The days of each type of month.
    private let table: InlineArray<28, UInt64>

    /// - Parameters:
    ///   - rule: with the parts that its start gives it (`withParts(of:)`).
    ///   - positions: of each month only those of its days pass, where there are any (BYSETPOS); only for rules whose
    ///     months have a table (`hasTable`).
    init(_ rule: RecurrenceRule, picking positions: [Int] = []) {
        yearDays = rule.byYearDay
        weekNumbers = rule.byWeekNumber
        weekStart = rule.weekStart
        hasWeekdays = !rule.byDay.isEmpty
        let plain = rule.byDay.reduce(0) { $1.ordinal == 0 ? $0 | .bit($1.weekday.rawValue - 1) : $0 }
        weekdays = hasWeekdays ? WeekdayBits(week: plain) : .all
        ordinals = rule.byDay.filter { $0.ordinal != 0 }
        countsInYear = rule.frequency == .yearly && rule.byMonth.isEmpty
        let isOfDates =
            !rule.byMonth.isEmpty || !rule.byMonthDay.isEmpty || !yearDays.isEmpty || !weekNumbers.isEmpty
            || !ordinals.isEmpty
        isOpen = !isOfDates && !hasWeekdays
        isOfWeekdays = !isOfDates
        isOfMonthType = yearDays.isEmpty && weekNumbers.isEmpty && (ordinals.isEmpty || !countsInYear)
        months = (rule.byMonth.isEmpty ? 0x1FFE : UInt64(bits: rule.byMonth)) & DayFilter.reach(of: rule)
        hasTable = isOfMonthType && (!isOfWeekdays || rule.frequency == .monthly)
        let monthly = MonthlyDays(rule, weekdays: weekdays)
        self.monthly = monthly
        var table = InlineArray<28, UInt64>(repeating: 0)
        if hasTable {
            for length in 28...31 {
                let dates = monthly.dates(length: length)
                for weekday in 0...6 {
                    let days = dates & monthly.weekdays(length: length, weekday: weekday)
                    table[(length - 28) * 7 + weekday] = positions.isEmpty ? days : days.picking(positions)
                }
            }
        }
        self.table = table
    }

    /// Whether it is certain that no day passes, in any year: 30 February, a sixth Monday.
    var isNever: Bool {
        guard months != 0 else { return true }
        guard hasTable else { return false }
        // The lengths that have a day at all, as bits 0 for 28 to 3 for 31.
        var lengths = 0
        for type in 0..<MonthFrame.types where table[type] != 0 { lengths |= 1 << (type / 7) }
        // January, March, … have 31 days, April, June, … 30.
        let (long, short, february): (UInt64, UInt64, UInt64) = (0b1_0101_1010_1010, 0b1010_0101_0000, .bit(2))
        return
            !(lengths & 0b1000 != 0 && months & long != 0 || lengths & 0b100 != 0 && months & short != 0
            || lengths & 0b11 != 0 && months & february != 0)
    }

    /// Whether only 29 February can pass.
    var isOfLeapDay: Bool {
        guard hasTable, months == .bit(2) else { return false }
        for type in 0..<7 where table[type] != 0 { return false }
        return true
    }

    /// Whether no day that SKIP moves leaves its month.
    var staysInMonth: Bool {
        guard hasTable else { return false }
        for type in 0..<MonthFrame.types where table[type] & (.bit(0) | .bit(29 + type / 7)) != 0 { return false }
        return true
    }

    /// How many days of a month pass, where all months whatever their type have as many.
    var countOfEveryMonth: Int? {
        guard hasTable else { return nil }
        let count = table[0].nonzeroBitCount
        for type in 0..<MonthFrame.types where table[type].nonzeroBitCount != count { return nil }
        return count
    }

    /// The days that pass in a month.
    ///
    /// - Parameter index: `year * 12 + month - 1`.
    func days(ofMonth index: Int) -> MonthDays {
        let frame = MonthFrame(index)
        var result = MonthDays(month: index, base: frame.base, length: frame.length, days: 0)
        guard months == 0x1FFE || allows(month: index) else { return result }
        if hasTable {
            result.days = table[frame.type]
        } else if isOfWeekdays {
            result.days = UInt64.bits(upTo: frame.length) & weekdays.bits(fromWeekday: frame.weekday) << 1
        } else {
            result.days = days(in: YearFrame(of: index, frame))
        }
        return result
    }

    func allows(month index: Int) -> Bool {
        months >> UInt64(truncatingIfNeeded: UInt32(truncatingIfNeeded: index + 4_800) % 12 + 1) & 1 == 1
    }
}

// MARK: - Parts of which the year decides

/// A month and where it lies in its year.
private struct YearFrame {
    let year: Int
    let month: Int
    let base: Int
    let length: Int
    let weekday: Int
    /// The day before 1 January, in days since 1970-01-01.
    let yearBase: Int
    let yearLength: Int

    init(of index: Int, _ frame: MonthFrame) {
        let place = UInt32(truncatingIfNeeded: index + 4_800)
        year = Int(place / 12) - 400
        month = Int(place % 12) + 1
        base = frame.base
        length = frame.length
        weekday = frame.weekday
        yearBase = YearFrame.base(of: year)
        yearLength = CivilDate.isLeapYear(year) ? 366 : 365
    }

    /// The day before a year's 1 January.
    static func base(of year: Int) -> Int {
        let before = UInt32(truncatingIfNeeded: year + 399)
        return Int(365 * before + before / 4 - before / 100 + before / 400) - 865_260
    }

    /// Days of this month that are 1 to `length` days after `base`, given by their day since 1970-01-01.
    func bit(_ day: Int) -> UInt64 {
        day > base && day <= base + length ? .bit(day - base) : 0
    }

    /// Those of seven days in turn that lie in this month.
    func week(from day: Int) -> UInt64 {
        let shift = day - base
        guard shift > -6, shift <= length else { return 0 }
        let week: UInt64 = shift >= 0 ? 0x7F << UInt64(shift) : 0x7F >> UInt64(-shift)
        return week & (UInt64.bit(length) - 1) << 1
    }
}

extension DayFilter {
    private func days(in frame: YearFrame) -> UInt64 {
        var days = monthly.dates(length: frame.length)
        if !yearDays.isEmpty { days = (monthly.hasDates ? days : .max) & bitsOfYearDays(frame) }
        if !weekNumbers.isEmpty { days &= bitsOfWeekNumbers(frame) }
        guard hasWeekdays else { return days }
        var wanted = weekdays.bits(fromWeekday: (frame.weekday + 6) % 7)
        if !ordinals.isEmpty { wanted |= bitsOfOrdinals(frame) }
        return days & wanted
    }

    private func bitsOfYearDays(_ frame: YearFrame) -> UInt64 {
        var bits: UInt64 = 0
        for number in yearDays {
            var day = number > 0 ? number : frame.yearLength + 1 + number
            if !(1...frame.yearLength).contains(day) {
                switch monthly.skip {
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
        let first = frame.month == 1 ? frame.year - 1 : frame.year
        let last = frame.month == 12 ? frame.year + 1 : frame.year
        for year in first...last {
            let first = firstWeek(of: year)
            let weeks = (firstWeek(of: year + 1) - first) / 7
            for number in weekNumbers {
                let week = number > 0 ? number - 1 : weeks + number
                if week >= 0, week < weeks { bits |= frame.week(from: first + week * 7) }
            }
        }
        return bits
    }

    /// The first day of week 1: the week that holds 4 January has at least four days in the year.
    private func firstWeek(of year: Int) -> Int {
        let fourth = YearFrame.base(of: year) + 4
        return fourth - WeekdayBits.weekday(of: fourth + 1 - weekStart.rawValue)
    }

    private func bitsOfOrdinals(_ frame: YearFrame) -> UInt64 {
        let base = countsInYear ? frame.yearBase : frame.base
        let length = countsInYear ? frame.yearLength : frame.length
        var bits: UInt64 = 0
        for entry in ordinals {
            let first = 1 + (entry.weekday.rawValue + 6 - WeekdayBits.weekday(of: base + 1)) % 7
            let last = first + (length - first) / 7 * 7
            let day = entry.ordinal > 0 ? first + (entry.ordinal - 1) * 7 : last + (entry.ordinal + 1) * 7
            if day >= 1, day <= length { bits |= frame.bit(base + day) }
        }
        return bits
    }
}
