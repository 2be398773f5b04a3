internal import ZonedTime

/// Puts a rule in words, part by part: how often, on which days, at which times; then what bounds it.
struct RuleSentence {
    /// With the day that it takes from its start.
    private let rule: RecurrenceRule
    private let start: CivilDateTime

    init(_ rule: RecurrenceRule, startingOn start: CivilDateTime) {
        let filled = rule.withParts(of: start, isWholeDays: false)
        var rule = rule
        (rule.byMonth, rule.byMonthDay, rule.byDay) = (filled.byMonth, filled.byMonthDay, filled.byDay)
        self.rule = rule
        self.start = start
    }

    var text: String {
        let pattern = ([frequency] + days + weeks + times).joined(separator: " ")
        return ([pattern] + [positions, skip, weekStart, end].compactMap(\.self)).joined(separator: ", ")
    }

    // MARK: How often

    /// `every month`, `every 2 weeks`; `every Friday`.
    private var frequency: String {
        if rule.frequency == .weekly, rule.interval == 1 { return "every \(SentenceWords.weekdays(rule.byDay))" }
        let unit = SentenceWords.unit(rule.frequency)
        return rule.interval == 1 ? "every \(unit)" : "every \(rule.interval) \(unit)s"
    }

    // MARK: On which days

    private var days: [String] {
        switch rule.frequency {
        case .yearly: daysOfYear
        case .monthly: inMonths + daysOfMonth
        case .weekly: (rule.interval == 1 ? [] : ["on \(SentenceWords.weekdays(rule.byDay, plural: true))"]) + inMonths
        case .daily, .hourly, .minutely, .secondly: inMonths + ifItIs(weekday: true, monthDay: true, yearDay: true)
        }
    }

    private var inMonths: [String] { rule.byMonth.isEmpty ? [] : ["in \(SentenceWords.months(rule.byMonth))"] }

    private var daysOfMonth: [String] {
        if let weekdays = chosenWeekdays { return ["on \(weekdays)"] }
        if rule.byDay.isEmpty { return ["on the \(SentenceWords.monthDays(rule.byMonthDay))"] }
        return ["on \(SentenceWords.ordinalWeekdays(rule.byDay))"] + ifItIs(monthDay: true)
    }

    private var daysOfYear: [String] {
        if let weekdays = chosenWeekdays {
            return ["on \(weekdays) of \(rule.byMonth.isEmpty ? "the year" : SentenceWords.months(rule.byMonth))"]
        }
        if !rule.byDay.isEmpty {
            let counted = rule.byDay.contains { $0.ordinal != 0 }
            let months =
                rule.byMonth.isEmpty ? (counted ? " of the year" : "") : " of \(SentenceWords.months(rule.byMonth))"
            let weekdays = "on \(SentenceWords.ordinalWeekdays(rule.byDay))\(months)"
            return [weekdays] + ifItIs(monthDay: true, yearDay: true)
        }
        if !rule.byYearDay.isEmpty {
            return ["on the \(SentenceWords.yearDays(rule.byYearDay))"] + inMonths + ifItIs(monthDay: true)
        }
        if rule.byMonthDay.isEmpty { return inMonths }
        if let day = rule.byMonthDay.first, let month = rule.byMonth.first, rule.byMonthDay.count == 1,
            rule.byMonth.count == 1, CivilDate(year: 2000, month: month, day: day) != nil
        {
            return ["on \(day) \(SentenceWords.months(rule.byMonth))"]
        }
        let months = rule.byMonth.isEmpty ? "every month" : SentenceWords.months(rule.byMonth)
        return ["on the \(SentenceWords.monthDays(rule.byMonthDay)) of \(months)"]
    }

    /// `if it is Friday`: parts that take days away where others say which there are.
    private func ifItIs(weekday: Bool = false, monthDay: Bool = false, yearDay: Bool = false) -> [String] {
        var clauses: [String] = []
        if weekday, !rule.byDay.isEmpty { clauses.append(SentenceWords.anyWeekday(rule.byDay)) }
        if monthDay, !rule.byMonthDay.isEmpty {
            clauses.append("the \(SentenceWords.monthDays(rule.byMonthDay, "or"))")
        }
        if yearDay, !rule.byYearDay.isEmpty { clauses.append("the \(SentenceWords.yearDays(rule.byYearDay, "or"))") }
        return clauses.map { "if it is \($0)" }
    }

    /// `in weeks 1 to 3 and the last week`.
    private var weeks: [String] {
        if rule.byWeekNumber.isEmpty { return [] }
        let numbers = rule.byWeekNumber.filter { $0 > 0 }
        let last = rule.byWeekNumber.filter { $0 < 0 }
        var clauses: [String] = []
        if !numbers.isEmpty { clauses.append("week\(numbers.count > 1 ? "s" : "") \(SentenceWords.numbers(numbers))") }
        if !last.isEmpty { clauses.append("the \(SentenceWords.list(last.map(SentenceWords.ordinal))) week") }
        return ["in \(clauses.joined(separator: " and "))"]
    }

    // MARK: Which of these

    /// `the last weekday`, `the third Tuesday, Wednesday or Thursday`, where that is all that the rule says of days.
    private var chosenWeekdays: String? {
        guard !rule.bySetPosition.isEmpty, rule.byDay.count > 1, rule.byDay.allSatisfy({ $0.ordinal == 0 }),
            rule.byMonthDay.isEmpty, rule.byYearDay.isEmpty, rule.byWeekNumber.isEmpty, !hasTimes,
            rule.frequency == .monthly || rule.byMonth.count <= 1
        else { return nil }
        let ordinals = SentenceWords.list(rule.bySetPosition.sortedFromFront.map(SentenceWords.ordinal))
        return "the \(ordinals) \(SentenceWords.weekdays(rule.byDay, "or"))"
    }

    private var positions: String? {
        if rule.bySetPosition.isEmpty || (rule.frequency <= .monthly && chosenWeekdays != nil) { return nil }
        let ordinals = SentenceWords.list(rule.bySetPosition.sortedFromFront.map(SentenceWords.ordinal))
        return "only the \(ordinals) of these each \(SentenceWords.unit(rule.frequency))"
    }

    // MARK: At which times

    private var hasTimes: Bool { !rule.byHour.isEmpty || !rule.byMinute.isEmpty || !rule.bySecond.isEmpty }

    /// `at 09:00 and 17:00`; where there are many, or each hour has some, `in hours 9 to 17 at minutes 0 and 30`.
    private var times: [String] {
        if !hasTimes || isOwnTime { return [] }
        if let clockTimes { return ["at \(SentenceWords.list(clockTimes))"] }
        var clauses: [String] = []
        func add(_ words: String, _ numbers: [Int]) {
            if numbers.isEmpty { return }
            clauses.append("\(words)\(numbers.count > 1 ? "s" : "") \(SentenceWords.numbers(numbers))")
        }
        add("in hour", rule.byHour)
        add("at minute", rule.byMinute)
        add("at second", rule.bySecond)
        return clauses
    }

    /// Whether the rule names the time of its start and no other: the meeting's own, which is said beside the rule.
    private var isOwnTime: Bool {
        rule.frequency <= .daily && rule.bySetPosition.isEmpty && [[], [start.time.hour]].contains(rule.byHour)
            && [[], [start.time.minute]].contains(rule.byMinute) && [[], [start.time.second]].contains(rule.bySecond)
    }

    /// Two to six times of day.
    private var clockTimes: [String]? {
        guard rule.frequency <= .daily else { return nil }
        let time = start.time
        let hours = rule.byHour.isEmpty ? [time.hour] : rule.byHour
        let minutes = rule.byMinute.isEmpty ? [time.minute] : rule.byMinute
        let saysSeconds = !rule.bySecond.isEmpty || time.second != 0
        let seconds = rule.bySecond.isEmpty ? [time.second] : rule.bySecond
        guard (2...6).contains(hours.count * minutes.count * seconds.count) else { return nil }
        var times: [String] = []
        for hour in hours {
            for minute in minutes {
                for second in seconds {
                    guard let time = CivilTime(hour: hour, minute: minute, second: second) else { return nil }
                    times.append(String(time.iso8601.prefix(saysSeconds ? 8 : 5)))
                }
            }
        }
        return times
    }

    // MARK: What else holds

    private var skip: String? {
        switch rule.skip {
        case .omit: nil
        case .backward: "or the last day of the month"
        case .forward: "or the next day"
        }
    }

    private var weekStart: String? {
        rule.weekStart == .monday ? nil : "weeks begin on \(SentenceWords.name(rule.weekStart))"
    }

    private var end: String? {
        switch rule.end {
        case .never: nil
        case .count(let count): count == 1 ? "1 time" : "\(count) times"
        case .untilDate(let date): "until \(SentenceWords.date(date))"
        case .untilLocal(let reading):
            "until \(SentenceWords.time(reading.time)) on \(SentenceWords.date(reading.date))"
        case .untilInstant(let instant): "until \(SentenceWords.moment(instant))"
        }
    }
}

extension [Int] {
    /// What counts from the front, then what counts from the end.
    var sortedFromFront: [Int] { filter { $0 > 0 }.sorted() + filter { $0 < 0 }.sorted() }
}
