import ZonedTime

/// Finds the periods in which a rule gives anything, forwards and backwards, by arithmetic.
///
/// A search ends in bounded time even where no period fits: after all the combinations of dates and
/// weekdays that the calendar has (400 years), at the calendar's end, or where divisibility forbids it.
struct PeriodFinder {
    let pattern: RulePattern
    /// The days of the year that was asked for last; asked for again and again by short periods.
    private var year: DaysOfYear?

    init(_ pattern: RulePattern) {
        self.pattern = pattern
    }

    /// The first period that holds anything and does not end before `time`.
    mutating func period(from time: Int) -> Period? {
        let time = max(time, pattern.start)
        if pattern.isNumbered { return numbered(from: pattern.index(at: time), by: 1) }
        return tick(from: time - RulePattern.seconds(in: pattern.frequency) + 1)
    }

    /// The last period that holds anything and does not begin after `time`.
    mutating func period(upTo time: Int) -> Period? {
        guard time >= pattern.start else { return nil }
        if pattern.isNumbered {
            // What SKIP moves backwards may lie before its period.
            return numbered(from: pattern.index(at: time) + (pattern.skip == .backward ? 1 : 0), by: -1)
        }
        return tick(upTo: time)
    }

    mutating func period(after period: Period) -> Period? {
        pattern.isNumbered ? numbered(from: period.index + 1, by: 1) : tick(from: period.base + 1)
    }

    mutating func period(before period: Period) -> Period? {
        pattern.isNumbered ? numbered(from: period.index - 1, by: -1) : tick(upTo: period.base - 1)
    }

    private func numbered(from index: Int, by step: Int) -> Period? {
        var index = index
        var rest = pattern.cycle
        while rest > 0, index >= 0 {
            let period = pattern.period(index)
            if !period.isEmpty { return period }
            if step > 0, pattern.isPastCalendar(index) { return nil }
            index += step
            rest -= 1
        }
        return nil
    }
}

extension RulePattern {
    /// After how many periods (years, months, weeks) all that they give comes again: in 400 years, after
    /// which the calendar repeats itself to the weekday.
    var cycle: Int {
        let periods =
            switch frequency {
            case .yearly: 400
            case .monthly: 4_800
            default: 20_871
            }
        return periods / greatestCommonDivisor(periods, interval)
    }

    fileprivate func isPastCalendar(_ index: Int) -> Bool {
        switch frequency {
        case .yearly: index * interval + origin > 9_999
        case .monthly: index * interval + origin >= 120_000
        default: index * stride + origin > RulePattern.latest
        }
    }

    /// The last time that there is: 9999-12-31T23:59:59.
    static let latest = Int(CivilDateTime.max.secondsSinceEpoch)
}

// Periods of a day or less: each begins at a tick, `stride` after the one before.
extension PeriodFinder {
    /// Fruitless steps after which it is worth asking whether there is anything to find.
    private static let patience = 500

    private mutating func tick(from time: Int) -> Period? {
        let stride = pattern.stride
        let origin = pattern.origin
        var time = time <= origin ? origin : origin + (time - origin + stride - 1) / stride * stride
        var steps = 0
        while time <= RulePattern.latest {
            guard pattern.leavesTicksOut else { return period(at: time) }
            var target = time
            let day = time.flooredQuotient(by: 86_400)
            if !pattern.days.isAlways {
                guard let found = dayThatFits(from: day) else { return nil }
                if found > day { target = found * 86_400 }
            }
            if target == time {
                let second = time - day * 86_400
                let allowed = pattern.ticks.next(from: second)
                if allowed == second { return period(at: time) }
                target = day * 86_400 + (allowed ?? 86_400)
            }
            time = origin + (target - origin + stride - 1) / stride * stride
            steps += 1
            if steps == PeriodFinder.patience, !pattern.canEverTick { return nil }
        }
        return nil
    }

    private mutating func tick(upTo time: Int) -> Period? {
        let stride = pattern.stride
        let origin = pattern.origin
        var time = time - (time - origin).modulo(stride)
        var steps = 0
        while time >= origin {
            guard pattern.leavesTicksOut else { return period(at: time) }
            var target = time
            let day = time.flooredQuotient(by: 86_400)
            if !pattern.days.isAlways {
                guard let found = dayThatFits(upTo: day) else { return nil }
                if found < day { target = found * 86_400 + 86_399 }
            }
            if target == time {
                let second = time - day * 86_400
                let allowed = pattern.ticks.previous(upTo: second)
                if allowed == second { return period(at: time) }
                target = day * 86_400 + (allowed ?? -1)
            }
            time = target - (target - origin).modulo(stride)
            steps += 1
            if steps == PeriodFinder.patience, !pattern.canEverTick { return nil }
        }
        return nil
    }

    private func period(at time: Int) -> Period? {
        var period = Period(index: 0, base: time, days: DaySet(bits: 1))
        if !pattern.positions.isEmpty {
            period.pick(pattern.positions, pattern.clock)
            // All periods of a day or less are alike: where a position is missing in one, it is in all.
            if period.isEmpty { return nil }
        }
        return period
    }

    /// The first day, in days since 1970-01-01, that is `day` or later and fits the rule.
    mutating func dayThatFits(from day: Int) -> Int? {
        var days = self.days(ofYearOf: day)
        var day = day
        for _ in 0...400 {
            if let found = days.days.first(from: day - days.first + 1) { return days.first + found - 1 }
            guard days.year < 9_999 else { return nil }
            day = days.first + days.length
            days = self.days(ofYearOf: day)
        }
        return nil
    }

    /// The last day, in days since 1970-01-01, that is `day` or earlier and fits the rule.
    mutating func dayThatFits(upTo day: Int) -> Int? {
        var days = self.days(ofYearOf: day)
        var day = day
        for _ in 0...400 {
            if let found = days.days.last(upTo: day - days.first + 1) { return days.first + found - 1 }
            guard days.year > 1 else { return nil }
            day = days.first - 1
            days = self.days(ofYearOf: day)
        }
        return nil
    }

    /// The days that fit in the year of a day, remembered for the next question.
    mutating func days(ofYearOf day: Int) -> DaysOfYear {
        if let year, day >= year.first, day < year.first + year.length { return year }
        let number = CivilDate(unchecked: day).year
        let first = CivilDate.daysSinceEpoch(year: number, month: 1, day: 1)
        let length = CivilDate.isLeapYear(number) ? 366 : 365
        let found = DaysOfYear(
            year: number, first: first, length: length,
            days: pattern.days.days(ofYear: number, beginning: first, length: length))
        year = found
        return found
    }
}

/// The days of one year that fit a rule; day 1 is 1 January.
struct DaysOfYear {
    let year: Int
    /// 1 January, in days since 1970-01-01.
    let first: Int
    let length: Int
    let days: DaySet
}

extension RulePattern {
    /// Whether some tick can fall on one of the times of day, and on one of the weekdays, that the rule allows.
    ///
    /// Ticks and weeks meet again and again in the same way: what matters is what is left of division by
    /// the greatest common divisor of `stride` and a week. `HOURLY;INTERVAL=24;BYHOUR=3` from 09:00 never ticks.
    fileprivate var canEverTick: Bool {
        let divisor = greatestCommonDivisor(stride, 604_800)
        for weekday in 0..<7 where days.weekdayBits >> UInt64(weekday) & 1 != 0 {
            // 1970-01-01 was a Thursday.
            let midnight = (weekday + 4) % 7 * 86_400
            if ticks.contains(residue: (origin - midnight).modulo(divisor), modulus: divisor) { return true }
        }
        return false
    }
}
