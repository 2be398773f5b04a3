import ZonedTime

/// A rule and its start, made ready for arithmetic; where the rule ends is not its concern.
///
/// A rule is a row of periods. Years and months have their number; weeks, days, hours, minutes and seconds
/// are of one length and follow one another at equal distances (`stride`). Times are seconds since
/// 1970-01-01T00:00:00 on the wall clock.
struct RulePattern {
    let frequency: Frequency
    let interval: Int
    let skip: RecurrenceRule.Skip
    let start: Int
    /// The times of day in a period; for periods shorter than a day, the times from its beginning on.
    let clock: ClockPattern
    /// The times of day at which a period of a day or less may begin.
    let ticks: ClockPattern
    /// Whether `ticks` or `days` leaves any period of a day or less out.
    let leavesTicksOut: Bool
    let days: DayPattern
    /// BYSETPOS.
    let positions: [Int]
    /// The first period: the year, months since year 0, or its beginning in seconds.
    let origin: Int
    /// Seconds from one period to the next; 0 for years and months.
    let stride: Int
    /// Whether days that SKIP moves may meet those of the neighbouring period.
    let mergesNeighbors: Bool

    /// - Parameter isWholeDays: the rule says nothing about times of day then (RFC 5545 §3.3.10).
    init(_ rule: RecurrenceRule, start: CivilDateTime, isWholeDays: Bool) {
        let seconds = Int(start.secondsSinceEpoch)
        frequency = rule.frequency
        interval = rule.interval.clamped(to: RecurrenceRule.Part.interval.allowed)
        skip = rule.skip
        self.start = seconds
        days = DayPattern(rule, start: start.date)
        positions = rule.bySetPosition

        let hours = isWholeDays ? 0 : UInt64(positions: rule.byHour, upTo: 23)
        let minutes = isWholeDays ? 0 : UInt64(positions: rule.byMinute, upTo: 59)
        let leaps = isWholeDays || rule.bySecond.last != 60 ? 0 : UInt64(1) << 59
        let bySecond = isWholeDays ? 0 : UInt64(positions: rule.bySecond, upTo: 59) | leaps
        let time = start.time
        let hour = hours != 0 ? hours : 1 << UInt64(time.hour)
        let minute = minutes != 0 ? minutes : 1 << UInt64(time.minute)
        // A leap second counts as the second before it (RFC 5545 §3.3.12).
        let second = bySecond != 0 ? bySecond : 1 << UInt64(time.second)
        let allHours = hours != 0 ? hours : (1 << 24) - 1
        let allMinutes = minutes != 0 ? minutes : (1 << 60) - 1
        let allSeconds = bySecond != 0 ? bySecond : (1 << 60) - 1
        switch frequency {
        case .yearly, .monthly, .weekly, .daily:
            clock = ClockPattern(hours: hour, minutes: minute, seconds: second)
            ticks = .midnight
            leavesTicksOut = !days.isAlways
        case .hourly:
            clock = ClockPattern(hours: 1, minutes: minute, seconds: second)
            ticks = ClockPattern(hours: allHours, minutes: 1, seconds: 1)
            leavesTicksOut = !days.isAlways || hours != 0
        case .minutely:
            clock = ClockPattern(hours: 1, minutes: 1, seconds: second)
            ticks = ClockPattern(hours: allHours, minutes: allMinutes, seconds: 1)
            leavesTicksOut = !days.isAlways || hours | minutes != 0
        case .secondly:
            clock = .midnight
            ticks = ClockPattern(hours: allHours, minutes: allMinutes, seconds: allSeconds)
            leavesTicksOut = !days.isAlways || hours | minutes | bySecond != 0
        }

        let unit = RulePattern.seconds(in: frequency)
        stride = unit * interval
        switch frequency {
        case .yearly:
            origin = start.date.year
        case .monthly:
            let (year, month, _) = start.date.components
            origin = year * 12 + month - 1
        case .weekly:
            let day = start.date.daysSinceEpoch
            origin = (day - rule.weekStart.days(until: start.date.weekday)) * 86_400
        case .daily, .hourly, .minutely, .secondly:
            origin = seconds - seconds.modulo(unit)
        }
        mergesNeighbors =
            interval == 1 && days.mayLeavePeriod && (frequency == .monthly || !rule.byYearDay.isEmpty)
    }

    /// The length of a period; 0 for years and months.
    static func seconds(in frequency: Frequency) -> Int {
        switch frequency {
        case .yearly, .monthly: 0
        case .weekly: 604_800
        case .daily: 86_400
        case .hourly: 3_600
        case .minutely: 60
        case .secondly: 1
        }
    }
}

extension RulePattern {
    /// Whether periods are found by their number; those of a day or less are found by their beginning.
    var isNumbered: Bool { frequency <= .weekly }

    /// The number of the period that `time` lies in; between two periods, that of the one before.
    func index(at time: Int) -> Int {
        switch frequency {
        case .yearly:
            return (RulePattern.date(at: time).year - origin).flooredQuotient(by: interval)
        case .monthly:
            let (year, month, _) = RulePattern.date(at: time).components
            return (year * 12 + month - 1 - origin).flooredQuotient(by: interval)
        case .weekly, .daily, .hourly, .minutely, .secondly:
            return (time - origin).flooredQuotient(by: stride)
        }
    }

    private static func date(at time: Int) -> CivilDate {
        CivilDate(unchecked: time.flooredQuotient(by: 86_400))
    }

    /// What the rule gives in the period of that number: a year, month or week.
    func period(_ index: Int) -> Period {
        mergesNeighbors ? mergedPeriod(index) : ownPeriod(index)
    }

    private func ownPeriod(_ index: Int) -> Period {
        var period: Period
        switch frequency {
        case .yearly:
            let (first, length) = span(index)
            let year = origin + index * interval
            period = Period(
                index: index, base: (first - 1) * 86_400, days: days.days(ofYear: year, beginning: first, length: length))
        case .monthly:
            let month = (origin + index * interval).modulo(12) + 1
            guard days.contains(month: month) else {
                return Period(index: index, base: origin, days: DaySet())
            }
            let (first, length) = span(index)
            let bits = days.days(ofMonthBeginning: first, length: length)
            period = Period(index: index, base: (first - 1) * 86_400, days: DaySet(bits: bits))
        case .weekly, .daily, .hourly, .minutely, .secondly:
            period = week(index)
        }
        if !positions.isEmpty { period.pick(positions, clock) }
        return period
    }

    private func week(_ index: Int) -> Period {
        let base = origin + index * stride
        var bits = days.weekdaysFromWeekStart
        if days.namesMonths {
            let first = base.flooredQuotient(by: 86_400)
            for day in 0..<7 where !days.contains(month: CivilDate(unchecked: first + day).month) {
                bits &= ~(1 << UInt64(day))
            }
        }
        return Period(index: index, base: base, days: DaySet(bits: bits))
    }

    /// The first day of a year or month, in days since 1970-01-01, and its length in days.
    private func span(_ index: Int) -> (first: Int, length: Int) {
        if frequency == .yearly {
            let year = origin + index * interval
            return (CivilDate.daysSinceEpoch(year: year, month: 1, day: 1), CivilDate.isLeapYear(year) ? 366 : 365)
        }
        let number = origin + index * interval
        let year = number.flooredQuotient(by: 12)
        let month = number - year * 12 + 1
        return (
            CivilDate.daysSinceEpoch(year: year, month: month, day: 1), CivilDate.daysInMonth(year: year, month: month)
        )
    }

    /// The first day of the year or month of that number, in days since 1970-01-01.
    func firstDay(ofPeriod index: Int) -> Int { span(index).first }

    /// A period with what SKIP moves into it from its neighbour, and without what it moves out.
    ///
    /// So every day belongs to one period only, and all starts come in order, each once.
    private func mergedPeriod(_ index: Int) -> Period {
        var period = ownPeriod(index)
        let neighbor = ownPeriod(skip == .forward ? index - 1 : index + 1)
        let (first, length) = span(index)
        if clock.count > 1, !positions.isEmpty {
            let own = first * 86_400..<(first + length) * 86_400
            period.picked = (period.picked + neighbor.picked).filter(own.contains).sortedUniquely()
            return period
        }
        period.days.remove(0)
        period.days.remove(length + 1)
        let neighborLength = span(neighbor.index).length
        if skip == .forward, neighbor.days.contains(neighborLength + 1) { period.days.insert(1) }
        if skip == .backward, neighbor.days.contains(0) { period.days.insert(length) }
        return period
    }
}

extension Int {
    /// The quotient, rounded towards negative infinity; the divisor must be positive.
    func flooredQuotient(by divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
    }

    /// What is left of division by a positive modulus: 0 up to the modulus.
    func modulo(_ modulus: Int) -> Int {
        let remainder = self % modulus
        return remainder < 0 ? remainder + modulus : remainder
    }
}

/// The greatest number that divides both; both must be positive.
func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
}
