import ZonedTime

/// The parts of a rule that speak of days, made ready for whole months and years at a time.
///
/// A day belongs to the pattern if it fits every part that is there; within one part one entry suffices.
/// That holds whether RFC 5545 §3.3.10 calls a part an expansion or a limit: a limit is the same
/// condition on a smaller span.
struct DayPattern {
    /// Bit n is month n (1 to 12).
    private var months: UInt64
    /// Whether the rule names months, so that ordinals of weekdays count within them.
    let namesMonths: Bool
    /// Bit n is day n of the month; `lastDays` counts from its end, where bit 1 is the last day.
    private var monthDays: UInt64 = 0
    private var lastDays: UInt64 = 0
    /// Bit n is the weekday n days after Monday: every such weekday.
    private var weekdays: UInt64 = 0
    /// Weekdays with an ordinal, which count in the year or in the month.
    private var ordinals: [RecurrenceRule.WeekdayOrdinal] = []
    private let ordinalsCountInYear: Bool
    private let yearDays: [Int]
    /// Bit n is week n of the year; `lastWeeks` counts from its end.
    private var weeks: UInt64 = 0
    private var lastWeeks: UInt64 = 0
    private let weekStart: Int
    private let skip: RecurrenceRule.Skip

    /// - Parameter start: gives what the rule leaves to it: the weekday, the day, the month.
    init(_ rule: RecurrenceRule, start: CivilDate) {
        namesMonths = !rule.byMonth.isEmpty
        months = namesMonths ? UInt64(positions: rule.byMonth, upTo: 12) : 0x1FFE
        yearDays = rule.byYearDay.isEmpty ? [] : rule.byYearDay.filter(RecurrenceRule.Part.byYearDay.allows)
        weekStart = rule.weekStart.rawValue - 1
        // Finer frequencies only leave days out; nothing moves there.
        skip = rule.frequency <= .monthly ? rule.skip : .omit
        for day in rule.byDay where day.ordinal == 0 || RecurrenceRule.Part.byDay.allows(day.ordinal) {
            if day.ordinal == 0 { weekdays |= 1 << UInt64(day.weekday.rawValue - 1) } else { ordinals.append(day) }
        }
        ordinalsCountInYear = rule.frequency == .yearly && !namesMonths && !ordinals.isEmpty
        monthDays = UInt64(positions: rule.byMonthDay, upTo: 31)
        lastDays = UInt64(positions: rule.byMonthDay.map { 0 &- $0 }, upTo: 31)
        weeks = UInt64(positions: rule.byWeekNumber, upTo: 53)
        lastWeeks = UInt64(positions: rule.byWeekNumber.map { 0 &- $0 }, upTo: 53)
        fillIn(from: start, rule)
    }

    private mutating func fillIn(from start: CivilDate, _ rule: RecurrenceRule) {
        guard rule.byDay.isEmpty, rule.byMonthDay.isEmpty, rule.byYearDay.isEmpty else { return }
        switch rule.frequency {
        case .yearly where hasWeeks, .weekly:
            weekdays = 1 << UInt64(start.weekday.rawValue - 1)
        case .yearly:
            let (_, month, day) = start.components
            monthDays = 1 << UInt64(day)
            if !namesMonths { months = 1 << UInt64(month) }
        case .monthly:
            monthDays = 1 << UInt64(start.day)
        case .daily, .hourly, .minutely, .secondly:
            break
        }
    }
}

extension DayPattern {
    private var hasMonthDays: Bool { (monthDays | lastDays) != 0 }
    private var hasWeeks: Bool { (weeks | lastWeeks) != 0 }
    private var hasWeekdays: Bool { weekdays != 0 || !ordinals.isEmpty }

    /// Whether every day belongs to the pattern.
    var isAlways: Bool { !namesMonths && !hasMonthDays && !hasWeekdays && yearDays.isEmpty && !hasWeeks }

    func contains(month: Int) -> Bool { months >> UInt64(month) & 1 != 0 }

    /// Bit n is the weekday n days after Monday. Meaningless where weekdays have ordinals.
    var weekdayBits: UInt64 { weekdays == 0 ? 0x7F : weekdays }

    /// The days of one week, as days after `weekStart`.
    var weekdaysFromWeekStart: UInt64 {
        DayPattern.rotated(weekdays, by: weekStart)
    }

    /// Whether SKIP may move a day out of a month or year into the next one or the one before.
    var mayLeavePeriod: Bool {
        skip != .omit && ((monthDays >> 29) | (lastDays >> 29) != 0 || !yearDays.isEmpty)
    }

    /// Whether all months (for a yearly rule, all years) have the same number of days in the pattern.
    ///
    /// Says no where that would take a closer look.
    func isEven(yearly: Bool) -> Bool {
        guard skip == .omit, yearDays.isEmpty, !hasWeeks, weekdays == 0, yearly || !namesMonths else { return false }
        if ordinals.isEmpty {
            return (monthDays == 0 || lastDays == 0) && (monthDays | lastDays) >> 29 == 0
        }
        guard !hasMonthDays, !ordinalsCountInYear, !yearly || namesMonths else { return false }
        return ordinals.allSatisfy { (1...4).contains($0.ordinal) }
            || ordinals.allSatisfy { (-4 ... -1).contains($0.ordinal) }
    }

    /// The days of a month: bit n is day n. Bit 0 is the day before the month and the bit past the last
    /// day the one after it, where SKIP moves a day that far.
    ///
    /// - Parameter firstDay: the first of the month, in days since 1970-01-01.
    func days(ofMonthBeginning firstDay: Int, length: Int) -> UInt64 {
        let month: UInt64 = (1 << UInt64(length + 1)) - 2
        var days = month
        if hasMonthDays {
            days = monthDays & month
            if skip != .omit, monthDays & ~month != 0 {
                days |= 1 << UInt64(skip == .forward ? length + 1 : length)
            }
            var rest = lastDays
            while rest != 0 {
                let day = length + 1 - rest.trailingZeroBitCount
                rest &= rest - 1
                if day >= 1 { days |= 1 << UInt64(day) } else if skip != .omit { days |= skip == .forward ? 2 : 1 }
            }
        }
        if hasWeekdays, !ordinalsCountInYear {
            days &= weekdays(ofMonthBeginning: firstDay, length: length)
        }
        return days
    }

    /// The days of a year: day n is the n-th of the year, 0 the day before it.
    ///
    /// - Parameter firstDay: 1 January, in days since 1970-01-01.
    func days(ofYear year: Int, beginning firstDay: Int, length: Int) -> DaySet {
        var days: DaySet
        var weekdaysAreApplied = !hasWeekdays
        if namesMonths || hasMonthDays || (months != 0x1FFE) {
            days = daysByMonth(year, firstDay)
            weekdaysAreApplied = weekdaysAreApplied || !ordinalsCountInYear
        } else {
            days = DaySet(1..<length + 1)
        }
        if !weekdaysAreApplied { days.formIntersection(weekdays(ofYearBeginning: firstDay, length: length)) }
        if !yearDays.isEmpty { intersectYearDays(&days, length) }
        if hasWeeks { days.formIntersection(numberedWeeks(of: year, firstDay, length)) }
        return days
    }

    private func daysByMonth(_ year: Int, _ firstDay: Int) -> DaySet {
        var days = DaySet()
        var rest = months
        while rest != 0 {
            let month = rest.trailingZeroBitCount
            rest &= rest - 1
            let first = CivilDate.daysSinceEpoch(year: year, month: month, day: 1)
            let length = CivilDate.daysInMonth(year: year, month: month)
            days.insert(bits: self.days(ofMonthBeginning: first, length: length), at: first - firstDay)
        }
        return days
    }

    private func intersectYearDays(_ days: inout DaySet, _ length: Int) {
        var numbered = DaySet()
        for number in yearDays {
            let day = number > 0 ? number : length + 1 + number
            if (1...length).contains(day) {
                numbered.insert(day)
            } else if skip == .forward {
                numbered.insert(number > 0 ? length + 1 : 1)
            } else if skip == .backward {
                numbered.insert(number > 0 ? length : 0)
            }
        }
        // What SKIP moves out of the year is no day of any of its months.
        let movedOut = (isBefore: numbered.contains(0), isAfter: numbered.contains(length + 1))
        days.formIntersection(numbered)
        guard !namesMonths, !hasMonthDays, !hasWeekdays else { return }
        if movedOut.isBefore { days.insert(0) }
        if movedOut.isAfter { days.insert(length + 1) }
    }
}

extension DayPattern {
    /// The weekdays of the pattern in a month, the day before and the day after it included.
    private func weekdays(ofMonthBeginning firstDay: Int, length: Int) -> UInt64 {
        let first = DayPattern.weekday(ofDay: firstDay)
        var days = DayPattern.repeated(weekdays, from: (first + 6) % 7)
        for index in ordinals.indices {
            if let day = ordinals[index].day(inSpanOf: length, beginningOn: first) { days |= 1 << UInt64(day) }
        }
        return days
    }

    /// The same for a year.
    private func weekdays(ofYearBeginning firstDay: Int, length: Int) -> DaySet {
        let first = DayPattern.weekday(ofDay: firstDay)
        var days = DaySet()
        // The next 64 days begin one weekday later.
        for word in 0..<6 {
            days.insert(bits: DayPattern.repeated(weekdays, from: (first + 6 + word) % 7), at: word * 64)
        }
        for index in ordinals.indices {
            if let day = ordinals[index].day(inSpanOf: length, beginningOn: first) { days.insert(day) }
        }
        return days
    }

    /// The days of a calendar year that lie in the pattern's weeks; the first and the last ones may belong
    /// to a week of the year before or after.
    private func numberedWeeks(of year: Int, _ firstDay: Int, _ length: Int) -> DaySet {
        var days = DaySet()
        let lastYear = firstWeek(of: year - 1)
        let thisYear = firstWeek(of: year)
        let nextYear = firstWeek(of: year + 1)
        let yearAfter = firstWeek(of: year + 2)
        insertWeeks(&days, from: lastYear, to: thisYear, firstDay, length)
        insertWeeks(&days, from: thisYear, to: nextYear, firstDay, length)
        insertWeeks(&days, from: nextYear, to: yearAfter, firstDay, length)
        return days
    }

    /// Adds what lies in the calendar year of one week-numbering year's weeks.
    private func insertWeeks(_ days: inout DaySet, from first: Int, to end: Int, _ firstDay: Int, _ length: Int) {
        let count = (end - first) / 7
        var numbers = weeks & ((1 << UInt64(count + 1)) - 1)
        var rest = lastWeeks
        while rest != 0 {
            let number = count + 1 - rest.trailingZeroBitCount
            rest &= rest - 1
            if number >= 1 { numbers |= 1 << UInt64(number) }
        }
        while numbers != 0 {
            let begin = first + 7 * (numbers.trailingZeroBitCount - 1) - firstDay + 1
            numbers &= numbers - 1
            let lower = max(1, begin)
            let upper = min(length + 1, begin + 7)
            if lower < upper { days.insert(lower..<upper) }
        }
    }

    /// The first day of week 1, in days since 1970-01-01: the week with at least four days in the year.
    private func firstWeek(of year: Int) -> Int {
        let fourth = CivilDate.daysSinceEpoch(year: year, month: 1, day: 4)
        return fourth - (DayPattern.weekday(ofDay: fourth) - weekStart + 7) % 7
    }

    /// Days after Monday of a day given in days since 1970-01-01, a Thursday.
    static func weekday(ofDay day: Int) -> Int {
        // A multiple of seven keeps the sum positive for every date there is.
        (day + 3 + 7 * 200_000) % 7
    }

    /// The weekdays (bit n: n days after Monday) of 64 days, of which the first is the weekday `offset`.
    private static func repeated(_ week: UInt64, from offset: Int) -> UInt64 {
        // Ones at distances of seven repeat seven bits through all the others.
        rotated(week, by: offset) &* 0x8102_0408_1020_4081
    }

    /// Seven bits, turned so that bit `offset` becomes the first.
    private static func rotated(_ week: UInt64, by offset: Int) -> UInt64 {
        (week >> UInt64(offset) | week << UInt64(7 - offset)) & 0x7F
    }
}

extension RecurrenceRule.WeekdayOrdinal {
    /// The day of a month or year, from 1, that this weekday with its ordinal is; `weekday` is that of day 1.
    fileprivate func day(inSpanOf length: Int, beginningOn first: Int) -> Int? {
        let index = weekday.rawValue - 1
        let last = (first + length - 1) % 7
        let day =
            ordinal > 0
            ? 1 + (index - first + 7) % 7 + 7 * (ordinal - 1)
            : length - (last - index + 7) % 7 + 7 * (ordinal + 1)
        return day >= 1 && day <= length ? day : nil
    }
}

extension UInt64 {
    /// A bit for each of the numbers that lie between 0 and `maximum` (at most 63).
    init(positions: [Int], upTo maximum: Int) {
        self = 0
        for position in positions where position >= 0 && position <= maximum { self |= 1 << UInt64(position) }
    }
}
