import Recurrence
import ZonedTime

// On which days of a series: `on the third friday`, `on 24 oct`, `if it is friday`, `in june`.
extension PhraseReader {
    /// Takes one more part of a pattern that has begun; `false` where none comes next.
    mutating func takeClause(_ recurrence: inout TypedRecurrence) throws(PhraseError) -> Bool {
        guard recurrence.parts != nil else { return false }
        let first = position
        _ = take(mark: ",")
        if try takeDayClause(&recurrence) { return true }
        if try takeIfClause(&recurrence) { return true }
        if takeInClause(&recurrence) { return true }
        if takeAtClause(&recurrence) { return true }
        if takeOnlyClause(&recurrence) { return true }
        if takeSkipClause(&recurrence) { return true }
        if takeWeekStart(&recurrence) { return true }
        position = first
        return false
    }

    /// `on mon and wed`, `on the third friday`, `on 24 oct`.
    private mutating func takeDayClause(_ recurrence: inout TypedRecurrence) throws(PhraseError) -> Bool {
        guard let rule = recurrence.parts, rule.byDay.isEmpty, rule.byMonthDay.isEmpty, rule.byYearDay.isEmpty else {
            return false
        }
        let first = position
        let hasOn = take("on")
        switch rule.frequency {
        case .weekly:
            _ = take("every", "each")
            let weekdays = takeWeekdays()
            if !weekdays.isEmpty {
                recurrence.change { $0.byDay = weekdays.map { .init($0) } }
                return true
            }
        case .monthly, .yearly:
            if try takeDaysOfPeriod(&recurrence, hasOn: hasOn) { return true }
        case .daily, .hourly, .minutely, .secondly:
            let weekdays = hasOn ? takeWeekdays() : []
            if !weekdays.isEmpty {
                recurrence.change { $0.byDay = weekdays.map { .init($0) } }
                return true
            }
        }
        position = first
        return false
    }

    /// Days of a month or year, behind 'on' or 'every'.
    mutating func takeDaysOfPeriod(
        _ recurrence: inout TypedRecurrence, hasOn: Bool
    ) throws(PhraseError) -> Bool {
        guard var rule = recurrence.parts else { return false }
        let first = position
        if rule.frequency == .monthly, take("day", "days") {
            let days = takeNumbers()
            if !days.isEmpty {
                try setMonthDays(&rule, days, from: first)
                recurrence.pattern = .parts(rule)
                return true
            }
        }
        position = first
        // 'the 10th of june and july' has one day in several months, '10 june and 24 july' is another matter.
        let isNumbered = takeOrdinals() != nil && isWord(["of"])
        position = first
        if rule.frequency == .yearly, hasOn, !isNumbered, let date = try takeDaysOfYear() {
            rule.byMonth = date.byMonth
            rule.byMonthDay = date.byMonthDay
            recurrence.pattern = .parts(rule)
            return true
        }
        position = first
        var isTaken = try takeWeekdaysOfPeriod(&rule, from: first)
        if !isTaken { isTaken = try takeNumberedDays(&rule, from: first) }
        guard isTaken else {
            position = first
            try refuseLoneWeekday(rule, hasOn: hasOn)
            return false
        }
        takeOfMonths(&rule, alone: recurrence.countsAlone)
        recurrence.pattern = .parts(rule)
        return true
    }

    /// 'monthly on fri' may be any of four or five.
    private mutating func refuseLoneWeekday(_ rule: RecurrenceRule, hasOn: Bool) throws(PhraseError) {
        let first = position
        defer { position = first }
        _ = take("the")
        guard rule.frequency == .monthly, hasOn, let weekday = peek().flatMap({ CalendarWords.weekdays[$0.text] }),
            peek(1)?.number == nil
        else { return }
        position += 1
        let name = weekday.name.lowercased()
        throw error(
            range(from: first), "a month has more than one \(weekday.name)", ["the first \(name)", "the last \(name)"])
    }

    /// `24 oct`, `24 and 31 december`, `1 january and 1 july`: without a year, days of every year.
    mutating func takeDaysOfYear() throws(PhraseError) -> RecurrenceRule? {
        let first = position
        let dates = takeList { $0.takeDayOfYear() }
        if dates.isEmpty { return nil }
        var rule = RecurrenceRule(.yearly)
        rule.byMonth = Set(dates.map(\.month)).sorted()
        rule.byMonthDay = Set(dates.flatMap(\.days)).sorted()
        // A rule has all its days in all its months.
        let meant = Set(dates.flatMap { date in date.days.map { [date.month, $0] } }).count
        guard rule.byMonth.count * rule.byMonthDay.count == meant else {
            throw error(range(from: first), "these are days of different months: a series for each, please")
        }
        return rule
    }

    /// `24 oct`, `oct 24`, `24 and 31 oct`.
    private mutating func takeDayOfYear() -> (days: [Int], month: Int)? {
        let first = position
        if let date = try? takeDate(), case .calendar(let day) = date.meaning, let month = day.month, day.year == nil,
            date.weekday == nil, (1...CivilDate.daysInMonth(year: 2000, month: month)).contains(day.day)
        {
            return ([day.day], month)
        }
        position = first
        let days = takeList { $0.takeNumber(digits: 1...2) }
        if days.count > 1, let month = take(CalendarWords.months), peek()?.number == nil || isMark(":", 1),
            days.allSatisfy({ (1...CivilDate.daysInMonth(year: 2000, month: month)).contains($0) })
        {
            return (days, month)
        }
        position = first
        return nil
    }
}

// Weekdays and numbers of a month or year.
extension PhraseReader {
    /// `the third friday`, `every tuesday and the last friday`, `the last weekday`, `friday the 13th`.
    private mutating func takeWeekdaysOfPeriod(
        _ rule: inout RecurrenceRule, from first: Int
    ) throws(PhraseError) -> Bool {
        var days: [RecurrenceRule.WeekdayOrdinal] = []
        var behindLast = position
        while true {
            if take("every", "each") {
                let weekdays = takeWeekdays()
                if weekdays.isEmpty { break }
                days += weekdays.map { .init($0) }
            } else if let ordinals = takeOrdinals() {
                if days.isEmpty, try takeChosenWeekdays(&rule, ordinals, from: first) { return true }
                guard let weekday = take(CalendarWords.weekdays) ?? takePluralWeekday() else { break }
                try check(ordinals, of: weekday, in: rule, from: first)
                days += ordinals.map { .init(weekday, ordinal: $0) }
            } else {
                break
            }
            behindLast = position
            _ = take(mark: ",")
            _ = take("and")
        }
        if days.isEmpty { return try takeWeekdayAndNumber(&rule, from: first) }
        position = behindLast
        rule.byDay = days
        return true
    }

    private func check(
        _ ordinals: [Int], of weekday: Weekday, in rule: RecurrenceRule, from first: Int
    ) throws(PhraseError) {
        let limit = rule.frequency == .monthly || !rule.byMonth.isEmpty || isWord(["of", "in"]) ? 5 : 53
        let isOfYear = isWord(["year"], 2)
        guard ordinals.allSatisfy({ (1...(isOfYear ? 53 : limit)).contains(abs($0)) }) else {
            throw error(range(from: first), "no month has so many \(weekday.name)s")
        }
    }

    /// Behind ordinals: `weekday`, `Tuesday, Wednesday or Thursday`: so manieth of all of these.
    private mutating func takeChosenWeekdays(
        _ rule: inout RecurrenceRule, _ ordinals: [Int], from first: Int
    ) throws(PhraseError) -> Bool {
        let behindOrdinals = position
        var weekdays: [Weekday] = []
        if takeWorkingDay() {
            let isOfYear = isWord(["of"]) && isWord(["year"], 2)
            guard rule.frequency == .yearly || isOfYear || ordinals.allSatisfy({ abs($0) <= 23 }) else {
                throw error(range(from: first), "no month has so many working days")
            }
            weekdays = Weekday.working
        } else {
            var saysOr = false
            weekdays = takeList(by: []) { reader in
                saysOr = reader.take("or") || saysOr
                return reader.take(CalendarWords.weekdays)
            }
            if weekdays.count < 2 || !saysOr {
                position = behindOrdinals
                return false
            }
        }
        rule.byDay = Set(weekdays).sorted { $0.rawValue < $1.rawValue }.map { .init($0) }
        rule.bySetPosition = ordinals
        return true
    }

    /// `friday the 13th`.
    mutating func takeWeekdayAndNumber(
        _ rule: inout RecurrenceRule, from first: Int
    ) throws(PhraseError) -> Bool {
        position = first
        let weekdays = takeWeekdays(by: ["and", "or"])
        guard !weekdays.isEmpty, isWord(["the"]), let days = takeOrdinals(by: ["and", "or"]),
            !isWord(Set(CalendarWords.weekdays.keys))
        else {
            position = first
            return false
        }
        _ = take("day")
        try setMonthDays(&rule, days, from: first)
        rule.byDay = weekdays.map { .init($0) }
        return true
    }

    /// `the 1st and 15th`, `the last day`, `the 100th day of the year`.
    private mutating func takeNumberedDays(
        _ rule: inout RecurrenceRule, from first: Int
    ) throws(PhraseError) -> Bool {
        guard let days = takeOrdinals() else { return false }
        let saysDay = take("day", "days")
        let behindDay = position
        if saysDay, rule.frequency == .yearly, take(all: "of", "the", "year") {
            rule.byYearDay = try checked(days, upTo: 366, from: first)
            return true
        }
        position = behindDay
        try setMonthDays(&rule, days, from: first)
        return true
    }

    func setMonthDays(_ rule: inout RecurrenceRule, _ days: [Int], from first: Int) throws(PhraseError) {
        rule.byMonthDay = try checked(days, upTo: 31, from: first)
    }

    func checked(_ days: [Int], upTo limit: Int, from first: Int) throws(PhraseError) -> [Int] {
        guard days.allSatisfy({ (1...limit).contains(abs($0)) }) else {
            throw error(range(from: first), "no \(limit > 31 ? "year" : "month") has such a day")
        }
        return days
    }

    /// `of the month`, `of every month`, `of march and october`, `of the year`.
    ///
    /// - Parameter alone: nothing else says how often; a month makes it every year, then.
    private mutating func takeOfMonths(_ rule: inout RecurrenceRule, alone: Bool) {
        let before = position
        guard take("of", "in") else { return }
        let months = rule.byMonth.isEmpty ? takeMonths() : []
        if !months.isEmpty {
            if alone { rule.frequency = .yearly }
            rule.byMonth = months
            return
        }
        if take("the", "every", "each") || rule.frequency == .monthly {
            if take("month", "months") { return }
            if rule.frequency == .yearly || alone, isWord(["the"], -1), take("year") {
                rule.frequency = .yearly
                return
            }
        }
        position = before
    }
}
