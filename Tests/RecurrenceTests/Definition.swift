import Recurrence
import ZonedTime

/// What a rule means, by the words of RFC 5545 §3.3.10 and RFC 7529 §4.1 and in the most tedious way: every day of
/// a span of time is looked at, and every time of it. It shares nothing with the engine but the calendar.
struct Definition {
    let rule: RecurrenceRule
    let start: CivilDateTime

    /// The instances of some days, the rule's bounds left aside; those before the start are none.
    func instances(_ days: ClosedRange<Int>) -> [CivilDateTime] {
        // Whole periods are looked at, for BYSETPOS counts in them.
        let margin = [.yearly: 800, .monthly: 80, .weekly: 14][rule.frequency] ?? 0
        let whole = (days.lowerBound - margin)...(days.upperBound + margin)
        var periods: [Int: Set<Int64>] = [:]
        let times = times
        for (day, owner) in datedDays(whole) {
            for second in times {
                let reading = Int64(day) * 86_400 + Int64(second)
                periods[period(of: Int64(owner) * 86_400 + Int64(second)), default: []].insert(reading)
            }
        }
        var found: Set<Int64> = []
        let first = period(of: start.secondsSinceEpoch)
        for (index, instances) in periods where (index - first) % rule.interval == 0 {
            found.formUnion(picked(instances.sorted()))
        }
        return found.filter { $0 >= start.secondsSinceEpoch && days.contains(Int(($0 - modulo($0, 86_400)) / 86_400)) }
            .sorted().compactMap { CivilDateTime(secondsSinceEpoch: $0) }
    }

    /// BYSETPOS.
    private func picked(_ instances: [Int64]) -> [Int64] {
        guard !rule.bySetPosition.isEmpty else { return instances }
        return rule.bySetPosition.compactMap { position in
            let place = position > 0 ? position - 1 : instances.count + position
            return instances.indices.contains(place) ? instances[place] : nil
        }
    }

    /// The period that a reading lies in: a year, a month, a week, …
    private func period(of reading: Int64) -> Int {
        let day = Int((reading - modulo(reading, 86_400)) / 86_400)
        let date = CivilDate(daysSinceEpoch: day) ?? .min
        switch rule.frequency {
        case .yearly: return date.year
        case .monthly: return date.year * 12 + date.month
        case .weekly: return Int((Int64(weekBeginning(day)) - modulo(Int64(weekBeginning(day)), 7)) / 7)
        case .daily: return day
        case .hourly: return Int((reading - modulo(reading, 3_600)) / 3_600)
        case .minutely: return Int((reading - modulo(reading, 60)) / 60)
        case .secondly: return Int(reading)
        }
    }

    /// Seconds of the day.
    private var times: [Int] {
        func values(_ named: [Int], _ own: Frequency, _ all: Range<Int>, _ ofStart: Int) -> [Int] {
            if !named.isEmpty { return named.map { min($0, all.upperBound - 1) } }
            return rule.frequency < own ? [ofStart] : Array(all)
        }
        let time = start.time
        let minutes = values(rule.byMinute, .minutely, 0..<60, time.minute)
        let seconds = values(rule.bySecond, .secondly, 0..<60, time.second)
        return values(rule.byHour, .hourly, 0..<24, time.hour).flatMap { hour in
            minutes.flatMap { minute in seconds.map { hour * 3_600 + minute * 60 + $0 } }
        }
    }
}

// MARK: - Days

extension Definition {
    /// The days that the day parts give, each with a day of the period that it belongs to, which is another one only
    /// where SKIP moved it.
    private func datedDays(_ days: ClosedRange<Int>) -> [(day: Int, owner: Int)] {
        var result: [(Int, Int)] = []
        for day in days {
            guard let date = CivilDate(daysSinceEpoch: day) else { continue }
            if isOfMonth(date), isOfMonthDay(date), isOfYearDay(date), isOfWeek(date), isOfWeekday(date) {
                result.append((day, day))
            }
            if rule.skip != .omit, date.day == 1, isOfMonth(date) { result += moved(in: date) }
        }
        return result
    }

    /// Days of a month that do not exist, and what becomes of them (RFC 7529 §4.1).
    private func moved(in first: CivilDate) -> [(day: Int, owner: Int)] {
        let length = CivilDate.daysInMonth(year: first.year, month: first.month)
        let before = first.daysSinceEpoch - 1
        return monthDays.filter { abs($0) > length }.compactMap { number in
            let day =
                rule.skip == .backward
                ? (number > 0 ? before + length : before)
                : number > 0 ? before + length + 1 : before + 1
            guard let date = CivilDate(daysSinceEpoch: day), isOfWeekday(date) else { return nil }
            return (day, first.daysSinceEpoch)
        }
    }

    private var namesDay: Bool { !rule.byDay.isEmpty || !rule.byMonthDay.isEmpty || !rule.byYearDay.isEmpty }

    private var monthDays: [Int] {
        if !rule.byMonthDay.isEmpty { return rule.byMonthDay }
        let isOfStart =
            !namesDay
            && (rule.frequency == .monthly || rule.frequency == .yearly && rule.byWeekNumber.isEmpty)
        return isOfStart ? [start.date.day] : []
    }

    private func isOfMonth(_ date: CivilDate) -> Bool {
        if !rule.byMonth.isEmpty { return rule.byMonth.contains(date.month) }
        let isOfStart = rule.frequency == .yearly && !namesDay && rule.byWeekNumber.isEmpty
        return !isOfStart || date.month == start.date.month
    }

    private func isOfMonthDay(_ date: CivilDate) -> Bool {
        let length = CivilDate.daysInMonth(year: date.year, month: date.month)
        return monthDays.isEmpty || monthDays.contains { ($0 > 0 ? $0 : length + 1 + $0) == date.day }
    }

    private func isOfYearDay(_ date: CivilDate) -> Bool {
        let length = CivilDate.isLeapYear(date.year) ? 366 : 365
        return rule.byYearDay.isEmpty || rule.byYearDay.contains { ($0 > 0 ? $0 : length + 1 + $0) == date.dayOfYear }
    }

    private func isOfWeek(_ date: CivilDate) -> Bool {
        if rule.byWeekNumber.isEmpty { return true }
        // A week belongs to the year that has its fourth day, and so most of its days.
        let fourth = weekBeginning(date.daysSinceEpoch) + 3
        guard let middle = CivilDate(daysSinceEpoch: fourth) else { return false }
        let number = (middle.dayOfYear - 1) / 7 + 1
        let length = CivilDate.isLeapYear(middle.year) ? 366 : 365
        let weeks = number + (length - middle.dayOfYear) / 7
        return rule.byWeekNumber.contains { ($0 > 0 ? $0 : weeks + 1 + $0) == number }
    }

    private func isOfWeekday(_ date: CivilDate) -> Bool {
        if rule.byDay.isEmpty {
            let isOfStart =
                rule.frequency == .weekly
                || rule.frequency == .yearly && !rule.byWeekNumber.isEmpty && !namesDay
            return !isOfStart || date.weekday == start.date.weekday
        }
        let isOfYear = rule.frequency == .yearly && rule.byMonth.isEmpty
        let length =
            isOfYear
            ? CivilDate.isLeapYear(date.year) ? 366 : 365 : CivilDate.daysInMonth(year: date.year, month: date.month)
        let place = isOfYear ? date.dayOfYear : date.day
        return rule.byDay.contains { entry in
            guard entry.weekday == date.weekday else { return false }
            if entry.ordinal == 0 { return true }
            return entry.ordinal == (entry.ordinal > 0 ? (place - 1) / 7 + 1 : -((length - place) / 7 + 1))
        }
    }

    /// The day on which the week of a day begins.
    private func weekBeginning(_ day: Int) -> Int {
        let weekday = (CivilDate(daysSinceEpoch: day) ?? .min).weekday
        return day - rule.weekStart.days(until: weekday)
    }

    private func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
        let rest = value % divisor
        return rest < 0 ? rest + divisor : rest
    }
}
