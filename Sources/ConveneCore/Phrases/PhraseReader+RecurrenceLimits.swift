import Recurrence
import ZonedTime

// What takes days away.
extension PhraseReader {
    /// `if it is friday`, `if it is the 13th`.
    mutating func takeIfClause(_ recurrence: inout TypedRecurrence) throws(PhraseError) -> Bool {
        let first = position
        guard take("if", "when"), take(all: "it", "is") || take("its"), var rule = recurrence.parts else {
            position = first
            return false
        }
        let behindIs = position
        _ = take("a", "the")
        let weekdays = takeWeekdays(by: ["and", "or"])
        if !weekdays.isEmpty, rule.byDay.isEmpty {
            rule.byDay = weekdays.map { .init($0) }
            recurrence.pattern = .parts(rule)
            return true
        }
        position = behindIs
        guard let days = takeOrdinals(by: ["and", "or"]) else {
            position = first
            return false
        }
        if take("day", "days"), take(all: "of", "the", "year") {
            rule.byYearDay = try checked(days, upTo: 366, from: first)
        } else {
            try setMonthDays(&rule, days, from: first)
        }
        recurrence.pattern = .parts(rule)
        return true
    }

    /// `in june and july`, `in week 20`, `in hours 9 to 17`.
    mutating func takeInClause(_ recurrence: inout TypedRecurrence) -> Bool {
        let first = position
        guard take("in", "during"), let rule = recurrence.parts else { return false }
        if take("hour", "hours") {
            let hours = takeNumbers()
            recurrence.change { $0.byHour = hours }
            if !hours.isEmpty { return true }
        } else if rule.byWeekNumber.isEmpty, let weeks = takeWeekNumbers() {
            recurrence.change { $0.byWeekNumber = weeks }
            return true
        } else if rule.byMonth.isEmpty {
            let months = takeMonths()
            recurrence.change { $0.byMonth = months }
            if !months.isEmpty { return true }
        }
        position = first
        return false
    }

    /// `week 20`, `weeks 1 to 3 and the last week`.
    mutating func takeWeekNumbers() -> [Int]? {
        let first = position
        var weeks: [Int] = []
        if take("week", "weeks") { weeks = takeNumbers() }
        let behindNumbers = position
        if weeks.isEmpty || take("and"), let ordinals = takeOrdinals(), take("week", "weeks") {
            _ = take(all: "of", "the", "year")
            weeks += ordinals
        } else {
            position = behindNumbers
        }
        if weeks.isEmpty { position = first }
        return weeks.isEmpty ? nil : weeks
    }

    /// `at minutes 0 and 30`, `at second 15`.
    mutating func takeAtClause(_ recurrence: inout TypedRecurrence) -> Bool {
        let first = position
        guard take("at") else { return false }
        let isMinutes = take("minute", "minutes")
        if isMinutes || take("second", "seconds") {
            let numbers = takeNumbers()
            recurrence.change { if isMinutes { $0.byMinute = numbers } else { $0.bySecond = numbers } }
            if !numbers.isEmpty { return true }
        }
        position = first
        return false
    }

    /// `only the last of these each month`.
    mutating func takeOnlyClause(_ recurrence: inout TypedRecurrence) -> Bool {
        let first = position
        guard take("only"), let ordinals = takeOrdinals(), take("of"), take("these", "them") else {
            position = first
            return false
        }
        let behindThese = position
        if !(take("each", "every", "a") && takeUnitWord()) { position = behindThese }
        recurrence.change { $0.bySetPosition = ordinals }
        return true
    }

    mutating func takeUnitWord() -> Bool {
        take("day", "week", "month", "year") || take("hour", "minute", "second")
    }

    /// What becomes of a day that a month lacks: `or the last day of the month`, `or the next day`, `or skip`.
    mutating func takeSkipClause(_ recurrence: inout TypedRecurrence) -> Bool {
        let first = position
        guard take("or", "else") else { return false }
        _ = take("else")
        _ = take("on")
        _ = take("the")
        let skip: RecurrenceRule.Skip
        if take(all: "last", "day") || take(all: "day", "before") || take(all: "previous", "day") {
            skip = .backward
        } else if take(all: "next", "day") || take(all: "day", "after") || take(all: "following", "day") {
            skip = .forward
        } else if take("skip", "skipped", "none", "omit", "never") || take(all: "not", "at", "all") {
            skip = .omit
        } else {
            position = first
            return false
        }
        _ = take(all: "of", "the", "month") || take("it") || take(all: "the", "month") || take(all: "that", "month")
        recurrence.change { $0.skip = skip }
        recurrence.saysSkip = true
        return true
    }

    /// `weeks begin on sunday`: which weeks are every second one.
    mutating func takeWeekStart(_ recurrence: inout TypedRecurrence) -> Bool {
        let first = position
        _ = take("with")
        guard take("weeks", "week"), take("begin", "begins", "beginning") || take("start", "starts", "starting") else {
            position = first
            return false
        }
        _ = take("on")
        guard let weekday = take(CalendarWords.weekdays) else {
            position = first
            return false
        }
        recurrence.change { $0.weekStart = weekday }
        return true
    }
}
