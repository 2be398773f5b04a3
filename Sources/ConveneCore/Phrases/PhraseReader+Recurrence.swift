import ZonedTime

// Series: `weekly`, `every 2 weeks on mon, wed`, `monthly on the last weekday`, `FREQ=…`.
extension PhraseReader {
    /// Takes a pattern, `nil` where none begins. What bounds it (`until`, `10 times`) is read apart.
    mutating func takeRecurrence() throws(PhraseError) -> TypedRecurrence? {
        let first = position
        if let rule = takeRule() { return rule }
        let parts: RuleParts
        if let adverb = takeAdverb() {
            parts = try takeDetails(of: adverb, from: first)
        } else if take("every", "each") {
            guard let pattern = try takeEvery(from: first) else { throw notAPattern(from: first) }
            parts = pattern
        } else {
            return nil
        }
        return TypedRecurrence(pattern: .parts(parts), range: range(from: first))
    }

    /// `FREQ=WEEKLY;BYDAY=FR`, with or without `RRULE:`, up to the next space.
    private mutating func takeRule() -> TypedRecurrence? {
        let hasName = isWord(["rrule"]) && isMark(":", 1)
        guard hasName || (isWord(["freq"]) && isMark("=", 1)) else { return nil }
        position += hasName ? 2 : 0
        let first = position
        while !isAtEnd, position == first || isAdjacent() { position += 1 }
        let range = range(from: first)
        return TypedRecurrence(pattern: .rule(typed(range)), range: range)
    }

    private mutating func takeAdverb() -> RuleParts? {
        if take("daily") { return RuleParts(frequency: .daily) }
        if take("weekly") { return RuleParts(frequency: .weekly) }
        if take("fortnightly") { return RuleParts(frequency: .weekly, interval: 2) }
        if take("monthly") { return RuleParts(frequency: .monthly) }
        if take("quarterly") { return RuleParts(frequency: .monthly, interval: 3) }
        if take("yearly", "annually") { return RuleParts(frequency: .yearly) }
        if take("weekdays") { return RuleParts(frequency: .weekly, weekdays: RuleParts.workingDays) }
        return nil
    }

    /// Behind 'every'.
    private mutating func takeEvery(from first: Int) throws(PhraseError) -> RuleParts? {
        if takeWorkingDay() { return RuleParts(frequency: .weekly, weekdays: RuleParts.workingDays) }
        if take("other") { return try takeUnit(every: 2, from: first) ?? takeWeekdays(every: 2) }
        let behindEvery = position
        if let count = takeNumber(digits: 1...3), let parts = try takeUnit(every: count, from: first) { return parts }
        position = behindEvery
        // 'every second week' counts weeks; 'every second friday' is the month's second, as 'every 3rd friday'.
        if let ordinals = takeOrdinals() {
            if ordinals.count == 1, ordinals[0] > 1, let parts = try takeUnit(every: ordinals[0], from: first) {
                return parts
            }
            if let parts = try takeOrdinalDays(ordinals, from: behindEvery) { return parts }
        }
        position = behindEvery
        if let date = takeDayOfYear() { return date }
        if let parts = try takeUnit(every: 1, from: first) { return parts }
        return takeWeekdays(every: 1)
    }

    /// `week`, `months`, and what may follow them.
    private mutating func takeUnit(every interval: Int, from first: Int) throws(PhraseError) -> RuleParts? {
        let frequency: RuleParts.Frequency
        var months = 1
        if take("day", "days") {
            frequency = .daily
        } else if take("week", "weeks") {
            frequency = .weekly
        } else if take("month", "months") {
            frequency = .monthly
        } else if take("quarter", "quarters") {
            frequency = .monthly
            months = 3
        } else if take("year", "years") {
            frequency = .yearly
        } else {
            return nil
        }
        guard interval > 0 else { throw error(range(from: first), "a pattern repeats at least every 1") }
        return try takeDetails(of: RuleParts(frequency: frequency, interval: interval * months), from: first)
    }

    /// `on mon and wed`, `on the third friday`, `on 24 oct`.
    private mutating func takeDetails(of parts: RuleParts, from first: Int) throws(PhraseError) -> RuleParts {
        let beforeOn = position
        let hasOn = take("on")
        _ = take("the")
        switch parts.frequency {
        case .daily: break
        case .weekly where parts.weekdays.isEmpty:
            if let weekly = takeWeekdays(every: parts.interval) { return weekly }
        case .weekly: break
        case .monthly:
            let behindOn = position
            if take("day"), let day = takeNumber(digits: 1...2) {
                return try monthly([day], every: parts.interval, from: behindOn)
            }
            if let ordinals = takeOrdinals(), var days = try takeOrdinalDays(ordinals, from: behindOn) {
                days.interval = parts.interval
                return days
            }
            position = behindOn
            if hasOn, let weekday = peek().flatMap({ CalendarWords.weekdays[$0.text] }), peek(1)?.number == nil {
                position += 1
                let name = weekday.name.lowercased()
                throw error(
                    range(from: behindOn), "a month has more than one \(weekday.name)",
                    ["the first \(name)", "the last \(name)"])
            }
        case .yearly:
            let behindOn = position
            if hasOn, var date = takeDayOfYear() {
                date.interval = parts.interval
                return date
            }
            if let ordinals = takeOrdinals(), var days = try takeOrdinalDays(ordinals, from: behindOn),
                days.month != nil
            {
                days.interval = parts.interval
                return days
            }
        }
        position = beforeOn
        return parts
    }

    /// `24 oct`, `oct 24`: without a year, the day of every year.
    private mutating func takeDayOfYear() -> RuleParts? {
        let first = position
        if let date = try? takeDate(), case .calendar(let day) = date.meaning, let month = day.month, day.year == nil,
            date.weekday == nil, (1...CivilDate.daysInMonth(year: 2000, month: month)).contains(day.day)
        {
            return RuleParts(frequency: .yearly, monthDays: [day.day], month: month)
        }
        position = first
        return nil
    }

    private mutating func takeWorkingDay() -> Bool {
        take("weekday", "weekdays", "workday", "workdays")
            || take(all: "working", "day") || take(all: "business", "day")
    }

    /// `mon, wed and fri`.
    private mutating func takeWeekdays(every interval: Int) -> RuleParts? {
        if takeWorkingDay() {
            return RuleParts(frequency: .weekly, interval: interval, weekdays: RuleParts.workingDays)
        }
        let weekdays = takeList { $0.takeWeekdayOrRange() }.flatMap { $0 }
        guard !weekdays.isEmpty else { return nil }
        return RuleParts(frequency: .weekly, interval: interval, weekdays: weekdays.map { (0, $0) })
    }

    /// `friday`, `mon-fri`.
    private mutating func takeWeekdayOrRange() -> [Weekday]? {
        guard let first = take(CalendarWords.weekdays) ?? takePluralWeekday() else { return nil }
        let behindFirst = position
        guard take(mark: "-") || take("to", "through"), let last = take(CalendarWords.weekdays) ?? takePluralWeekday()
        else {
            position = behindFirst
            return [first]
        }
        return (0...first.days(until: last)).map(first.advanced(byDays:))
    }

    /// `fridays`.
    private mutating func takePluralWeekday() -> Weekday? {
        guard let word = peek(), word.kind == .word, word.text.hasSuffix("days") else { return nil }
        guard let weekday = CalendarWords.weekdays[String(word.text.dropLast())] else { return nil }
        position += 1
        return weekday
    }

    /// `first`, `3rd`, `1st and 15th`, `last`.
    mutating func takeOrdinals() -> [Int]? {
        let ordinals = takeList { reader -> Int? in
            _ = reader.take("the")
            if let ordinal = reader.take(CalendarWords.ordinals) { return ordinal }
            guard reader.isAdjacent(1), reader.isWord(CalendarWords.ordinalSuffixes, 1),
                let number = reader.takeNumber(digits: 1...2)
            else { return nil }
            reader.position += 1
            return number
        }
        return ordinals.isEmpty ? nil : ordinals
    }

    /// Takes what is divided by commas and 'and'.
    private mutating func takeList<Item>(_ take: (inout PhraseReader) -> Item?) -> [Item] {
        var items: [Item] = []
        var behindLast = position
        while let item = take(&self) {
            items.append(item)
            behindLast = position
            _ = self.take(mark: ",")
            _ = self.take(mark: "&")
            _ = self.take("and")
        }
        position = behindLast
        return items
    }

    /// Behind ordinals: `friday`, `weekday`, `day` or nothing, and `of the month` or `of march`.
    private mutating func takeOrdinalDays(_ ordinals: [Int], from first: Int) throws(PhraseError) -> RuleParts? {
        var parts = RuleParts(frequency: .monthly)
        if takeWorkingDay() {
            guard ordinals.allSatisfy({ $0 <= 23 }) else {
                throw error(range(from: first), "no month has so many working days")
            }
            parts.weekdays = RuleParts.workingDays
            parts.positions = ordinals.sorted()
        } else if let weekday = take(CalendarWords.weekdays) {
            guard ordinals.allSatisfy({ $0 <= 5 }) else {
                throw error(range(from: first), "no month has so many \(weekday.name)s")
            }
            parts.weekdays = ordinals.sorted().map { ($0, weekday) }
        } else {
            _ = take("day")
            parts = try monthly(ordinals, every: 1, from: first)
        }
        takeOfMonth(&parts)
        return parts
    }

    /// `of the month`, `of every month`; `of march` makes it yearly.
    private mutating func takeOfMonth(_ parts: inout RuleParts) {
        let before = position
        guard take("of", "in") else { return }
        if let month = take(CalendarWords.months) {
            parts.frequency = .yearly
            parts.month = month
            return
        }
        _ = take("the", "every", "each")
        if !take("month") { position = before }
    }

    private func monthly(_ days: [Int], every interval: Int, from first: Int) throws(PhraseError) -> RuleParts {
        guard days.allSatisfy({ (-31 ... -1).contains($0) || (1...31).contains($0) }) else {
            throw error(range(from: first), "no month has such a day")
        }
        return RuleParts(frequency: .monthly, interval: interval, monthDays: days.sorted())
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
