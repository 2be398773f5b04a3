import Recurrence
import ZonedTime

// Series: `weekly`, `every 2 weeks on mon, wed`, `monthly on the last weekday`, `FREQ=…`.
extension PhraseReader {
    /// Takes a pattern, `nil` where none begins. What bounds it (`until`, `10 times`) is read apart.
    mutating func takeRecurrence() throws(PhraseError) -> TypedRecurrence? {
        let first = position
        if let rule = takeRule() { return rule }
        guard var recurrence = try takeFrequency(from: first) else {
            position = first
            return nil
        }
        recurrence.range = range(from: first)
        while try takeClause(&recurrence) { recurrence.range = range(from: first) }
        return recurrence
    }

    /// `FREQ=WEEKLY;BYDAY=FR`, with or without `RRULE:`, up to the next space.
    private mutating func takeRule() -> TypedRecurrence? {
        let hasName = isWord(["rrule"]) && isMark(":", 1)
        let isRule = isWord(["freq", "rscale", "interval", "wkst"]) && isMark("=", 1)
        guard hasName || isRule else { return nil }
        position += hasName ? 2 : 0
        let first = position
        while !isAtEnd, position == first || isAdjacent() { position += 1 }
        // As it is printed: 'FREQ=DAILY, until 20 December'.
        if isMark(",", -1) { position -= 1 }
        let range = range(from: first)
        return TypedRecurrence(pattern: .rule(typed(range)), range: range)
    }

    /// How often: `weekly`, `every other friday`, `mondays`, `the last day of every month`.
    private mutating func takeFrequency(from first: Int) throws(PhraseError) -> TypedRecurrence? {
        if let rule = try takeAdverb() { return words(rule) }
        if take("every", "each") {
            guard let pattern = try takeEvery(from: first) else { throw notAPattern(from: first) }
            return pattern
        }
        if let often = try takeTimesAPeriod() { return words(often) }
        _ = take("on")
        if takePluralWeekend() { return words(RecurrenceRule(.weekly, on: Weekday.weekend)) }
        if isWord(["weekdays", "workdays"]), takeWorkingDay() {
            return words(RecurrenceRule(.weekly, on: Weekday.working))
        }
        let beforeWeekdays = position
        if takePluralWeekday() != nil {
            position = beforeWeekdays
            return words(RecurrenceRule(.weekly, on: takeWeekdays()))
        }
        position = beforeWeekdays
        return try takeDaysOfEveryMonth()
    }

    private func words(_ rule: RecurrenceRule) -> TypedRecurrence {
        TypedRecurrence(pattern: .parts(rule), range: 0..<0)
    }

    private mutating func takeAdverb() throws(PhraseError) -> RecurrenceRule? {
        let first = position
        if take("biweekly", "bimonthly") || take("bi") {
            if isMark("-"), isWord(["weekly", "monthly"], 1) { position += 2 }
            let isWeekly = isWord(["biweekly", "weekly"], -1)
            throw error(
                range(from: first), "\(quoted(range(from: first))) may be twice in one or once in two",
                isWeekly ? ["every 2 weeks", "every mon, thu"] : ["every 2 months", "every month on the 1st and 15th"])
        }
        if take("hourly") { return RecurrenceRule(.hourly) }
        if take("daily") { return RecurrenceRule(.daily) }
        if take("weekly") { return RecurrenceRule(.weekly) }
        if take("fortnightly") { return RecurrenceRule(.weekly, every: 2) }
        if take("monthly") { return RecurrenceRule(.monthly) }
        if take("quarterly") { return RecurrenceRule(.monthly, every: 3) }
        if take("yearly", "annually") { return RecurrenceRule(.yearly) }
        return nil
    }

    /// `once a month`; 'twice a month' does not say on which days.
    private mutating func takeTimesAPeriod() throws(PhraseError) -> RecurrenceRule? {
        let first = position
        let isOnce = take("once")
        guard isOnce || take("twice", "thrice") || (takeNumber(digits: 1...2) != nil && take("times")),
            take("a", "an", "per", "every", "each"), let (frequency, months) = takeUnit()
        else {
            position = first
            return nil
        }
        if isOnce { return RecurrenceRule(frequency, every: months) }
        let suggestions: [Frequency: [String]] = [
            .weekly: ["every mon, thu", "every tue, fri"],
            .monthly: ["every month on the 1st and 15th", "every 1st and 3rd monday"],
            .yearly: ["every 6 months", "every year in june and december"],
            .daily: ["every day at 9:00 and 17:00"],
        ]
        throw error(range(from: first), "it does not say on which days", suggestions[frequency] ?? [])
    }

    /// Behind 'every'.
    private mutating func takeEvery(from first: Int) throws(PhraseError) -> TypedRecurrence? {
        if takeWorkingDay() { return words(RecurrenceRule(.weekly, on: Weekday.working)) }
        if take("weekend", "weekends") { return words(RecurrenceRule(.weekly, on: Weekday.weekend)) }
        if take("other") { return try takePeriods(2, from: first) ?? takeWeekly(every: 2) }
        let behindEvery = position
        if let count = takeCount(), let pattern = try takePeriods(count, from: first) { return pattern }
        position = behindEvery
        if let date = try takeDaysOfYear() { return words(date) }
        if isEverySecond {
            position += 1
            return words(RecurrenceRule(.secondly))
        }
        // 'every second week' counts weeks; 'every second friday' is the month's second, as 'every 3rd friday'.
        if let ordinals = takeOrdinals() {
            if ordinals.count == 1, ordinals[0] > 1, let pattern = try takePeriods(ordinals[0], from: first) {
                return pattern
            }
            position = behindEvery
            var pattern = words(RecurrenceRule(.monthly))
            pattern.countsAlone = true
            if try takeDaysOfPeriod(&pattern, hasOn: false) { return pattern }
        }
        position = behindEvery
        if let pattern = try takePeriods(1, from: first) { return pattern }
        var monthly = RecurrenceRule(.monthly)
        if try takeWeekdayAndNumber(&monthly, from: behindEvery) { return words(monthly) }
        return takeWeekly(every: 1)
    }

    /// 'every second' alone: what is counted does not follow.
    private var isEverySecond: Bool {
        guard isWord(["second"]) else { return false }
        guard let next = peek(1) else { return true }
        return next.kind != .word || PhraseReader.behindUnit.contains(next.text)
    }

    private static let behindUnit: Set<String> = [
        "in", "if", "at", "on", "only", "or", "until", "for", "from", "starting", "except", "weeks",
    ]

    private mutating func takeWeekly(every interval: Int) -> TypedRecurrence? {
        let weekdays = takeWeekdays()
        return weekdays.isEmpty ? nil : words(RecurrenceRule(.weekly, every: interval, on: weekdays))
    }

    /// `2`, `two`.
    private mutating func takeCount() -> Int? {
        takeNumber(digits: 1...9) ?? take(CalendarWords.numbers)
    }

    /// `weeks`, of which every so many.
    private mutating func takePeriods(_ count: Int, from first: Int) throws(PhraseError) -> TypedRecurrence? {
        guard let (frequency, months) = takeUnit() else { return nil }
        guard count > 0 else { throw error(range(from: first), "a pattern repeats at least every 1") }
        return words(RecurrenceRule(frequency, every: count * months))
    }

    /// `week`; `quarter`, which is three months.
    private mutating func takeUnit() -> (frequency: Frequency, count: Int)? {
        if take("day", "days") { return (.daily, 1) }
        if take("week", "weeks") { return (.weekly, 1) }
        if take("fortnight", "fortnights") { return (.weekly, 2) }
        if take("month", "months") { return (.monthly, 1) }
        if take("quarter", "quarters") { return (.monthly, 3) }
        if take(all: "half", "year") { return (.monthly, 6) }
        if take("year", "years") { return (.yearly, 1) }
        if take("hour", "hours") { return (.hourly, 1) }
        if take("minute", "minutes") { return (.minutely, 1) }
        if take("second", "seconds") { return (.secondly, 1) }
        return nil
    }

    /// `the last day of every month`, `1st and 15th of each month`, `first monday of every quarter`.
    private mutating func takeDaysOfEveryMonth() throws(PhraseError) -> TypedRecurrence? {
        let first = position
        guard takeOrdinals() != nil else { return nil }
        position = first
        // What it is not is another part of the grammar's to complain about.
        var pattern = words(RecurrenceRule(.monthly))
        guard (try? takeDaysOfPeriod(&pattern, hasOn: false)) == true else { return nil }
        if isWord(["month", "year"], -1), isWord(["every", "each"], -2) { return pattern }
        guard take("of", "in"), take("every", "each"), let (frequency, count) = takeUnit(),
            frequency == .monthly || frequency == .yearly
        else { return nil }
        pattern.change {
            $0.frequency = frequency
            $0.interval = count
        }
        return pattern
    }

    /// Says what is wrong behind 'every'.
    private func notAPattern(from first: Int) -> PhraseError {
        guard let next = peek() else {
            return error(
                range(from: first), "it does not say how often", ["every day", "every friday", "every 2 weeks"])
        }
        let words = CalendarWords.vocabulary + ["quarter", "first", "second", "third"]
        let nearest = Spelling.nearest(to: next.text, among: words, by: { $0 })
        return error(
            nextRange, "\(quoted(nextRange)) does not say how often",
            nearest.isEmpty ? ["day", "friday", "2 weeks"] : nearest)
    }
}
