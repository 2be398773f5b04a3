import ZonedTime

// Lists.
extension PhraseReader {
    /// Takes what is divided by commas and 'and', or by another word.
    mutating func takeList<Item>(
        by conjunctions: Set<String> = ["and"], _ take: (inout PhraseReader) -> Item?
    ) -> [Item] {
        var items: [Item] = []
        var behindLast = position
        while let item = take(&self) {
            items.append(item)
            behindLast = position
            // ', or the last day' says what becomes of a day that a month lacks.
            if isMark(","), isWord(["or"], 1) { break }
            _ = self.take(mark: ",")
            _ = self.take(mark: "&")
            if isWord(conjunctions) { position += 1 }
        }
        position = behindLast
        return items
    }

    /// `first`, `3rd`, `1st and 15th`, `7th to 13th`, `last`, `second to last`.
    mutating func takeOrdinals(by conjunctions: Set<String> = ["and"]) -> [Int]? {
        let ordinals = takeList(by: conjunctions) { reader -> [Int]? in
            guard let first = reader.takeOrdinal() else { return nil }
            let behindFirst = reader.position
            if first > 0, reader.takeRangeDash(), let last = reader.takeOrdinal(), last >= first {
                return Array(first...last)
            }
            reader.position = behindFirst
            return [first]
        }
        return ordinals.isEmpty ? nil : ordinals.flatMap(\.self)
    }

    private mutating func takeOrdinal() -> Int? {
        let first = position
        _ = take("the")
        var ordinal = take(CalendarWords.ordinals)
        if ordinal == nil, isAdjacent(1), isWord(CalendarWords.ordinalSuffixes, 1) {
            ordinal = takeNumber(digits: 1...3)
            position += ordinal == nil ? 0 : 1
        }
        guard let ordinal else {
            position = first
            return nil
        }
        if ordinal > 0, take(all: "to", "last") || take("last") { return -ordinal }
        return ordinal
    }

    private mutating func takeRangeDash() -> Bool {
        take(mark: "-") || take("to", "through")
    }

    /// `1`, `1 and 3`, `9 to 17`.
    mutating func takeNumbers(by conjunctions: Set<String> = ["and"]) -> [Int] {
        takeList(by: conjunctions) { reader -> [Int]? in
            guard let first = reader.takePlainNumber() else { return nil }
            let behindFirst = reader.position
            if reader.takeRangeDash(), let last = reader.takePlainNumber(), last >= first { return Array(first...last) }
            reader.position = behindFirst
            return [first]
        }.flatMap(\.self)
    }

    /// A number that is no hour with minutes and no date.
    private mutating func takePlainNumber() -> Int? {
        guard !isMark(":", 1), !isWord(["times", "time", "am", "pm"], 1),
            peek(1).map({ CalendarWords.months[$0.text] == nil }) ?? true
        else { return nil }
        return takeNumber(digits: 1...2)
    }

    /// `mon, wed and fri`, `weekdays`.
    mutating func takeWeekdays(by conjunctions: Set<String> = ["and"]) -> [Weekday] {
        if takeWorkingDay() { return Weekday.working }
        if takePluralWeekend() { return Weekday.weekend }
        let weekdays = takeList(by: conjunctions) { $0.takeWeekdayOrRange() }.flatMap(\.self)
        return Weekday.allCases.filter(weekdays.contains)
    }

    /// `friday`, `mon-fri`.
    private mutating func takeWeekdayOrRange() -> [Weekday]? {
        guard let first = takeAnyWeekday() else { return nil }
        let behindFirst = position
        guard takeRangeDash(), let last = takeAnyWeekday() else {
            position = behindFirst
            return [first]
        }
        return (0...first.days(until: last)).map(first.advanced(byDays:))
    }

    /// `friday`, `fridays`; a day with a date behind it is that date.
    private mutating func takeAnyWeekday() -> Weekday? {
        let first = position
        guard let weekday = take(CalendarWords.weekdays) ?? takePluralWeekday() else { return nil }
        let isDate =
            peek()?.kind == .number && peek(1).map { CalendarWords.months[$0.text] != nil } ?? false
            || peek(1)?.kind == .number && peek().map { CalendarWords.months[$0.text] != nil } ?? false
        if isDate {
            position = first
            return nil
        }
        return weekday
    }

    /// `fridays`.
    mutating func takePluralWeekday() -> Weekday? {
        guard let word = peek(), word.kind == .word, word.text.hasSuffix("s") else { return nil }
        guard let weekday = CalendarWords.weekdays[String(word.text.dropLast())], word.text.hasSuffix("days") else {
            return nil
        }
        position += 1
        return weekday
    }

    mutating func takePluralWeekend() -> Bool {
        take("weekends") || take(all: "the", "weekend")
    }

    mutating func takeWorkingDay() -> Bool {
        take("weekday", "weekdays", "workday", "workdays")
            || take(all: "working", "day") || take(all: "business", "day")
            || take(all: "working", "days") || take(all: "business", "days")
    }

    /// `june`, `june to august and october`; a month with a day or a year is none of these.
    mutating func takeMonths() -> [Int] {
        let months = takeList { reader -> [Int]? in
            guard let first = reader.takeMonthAlone() else { return nil }
            let behindFirst = reader.position
            if reader.takeRangeDash(), let last = reader.takeMonthAlone() {
                return (0...(last - first + 12) % 12).map { (first - 1 + $0) % 12 + 1 }
            }
            reader.position = behindFirst
            return [first]
        }
        return Set(months.flatMap(\.self)).sorted()
    }

    private mutating func takeMonthAlone() -> Int? {
        let first = position
        guard let month = take(CalendarWords.months) else { return nil }
        if let next = peek(), next.kind == .number, !isMark(":", 1), !isWord(["am", "pm", "h", "times", "time"], 1) {
            position = first
            return nil
        }
        return month
    }
}
