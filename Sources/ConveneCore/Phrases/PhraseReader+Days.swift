import ZonedTime

// Days: `fri`, `20 sep`, `2019-09-20`, `24–30 sep`, `tomorrow`.
extension PhraseReader {
    /// Takes a day or a span of days or a window, in the longest way that it can be read.
    mutating func takeDays() throws(PhraseError) -> TypedDays? {
        if let window = try takeWindow() { return .window(window) }
        if let span = try takeSpanWithinMonth() { return span }
        guard let first = try takeDate() else { return nil }
        guard let last = try takeSpanEnd(after: first) else { return .single(first) }
        return .span(first, last)
    }

    /// Takes one day.
    mutating func takeDate() throws(PhraseError) -> TypedDate? {
        let first = position
        if let nth = takeNthWeekday() { return TypedDate(meaning: .nthWeekday(nth), range: range(from: first)) }
        if let meaning = try takeRelativeDay() { return TypedDate(meaning: meaning, range: range(from: first)) }
        if let weekday = takeWeekday() {
            let behind = position
            _ = take(mark: ",")
            if let day = takeCalendarDay() {
                return TypedDate(meaning: .calendar(day), weekday: weekday, range: range(from: first))
            }
            position = behind
            let weeks = take(all: "next", "week") ? 1 : take(all: "this", "week") ? 0 : nil
            return TypedDate(
                meaning: .weekday(weekday, weeks.map { .weeksFromNow($0) } ?? .coming), range: range(from: first))
        }
        return takeCalendarDay().map { TypedDate(meaning: .calendar($0), range: range(from: first)) }
    }

    private mutating func takeWeekday() -> Weekday? {
        take(CalendarWords.weekdays)
    }

    /// `3rd friday`, `last friday of october`, `first monday of next month`; `last friday` alone is past.
    private mutating func takeNthWeekday() -> NthWeekday? {
        let first = position
        guard let ordinals = takeOrdinals(), ordinals.count == 1, ordinals[0] <= 5, let weekday = takeWeekday() else {
            position = first
            return nil
        }
        let behindWeekday = position
        if take("of", "in"), let month = takeMonthOfWeekday() {
            return NthWeekday(ordinal: ordinals[0], weekday: weekday, month: month)
        }
        position = ordinals[0] > 0 ? behindWeekday : first
        return ordinals[0] > 0 ? NthWeekday(ordinal: ordinals[0], weekday: weekday, month: .any) : nil
    }

    private mutating func takeMonthOfWeekday() -> NthWeekday.Month? {
        if let month = take(CalendarWords.months) { return .named(month, year: takeYear()) }
        if take(all: "next", "month") { return .monthsFromNow(1) }
        return take(all: "the", "month") || take(all: "this", "month") ? .monthsFromNow(0) : nil
    }

    /// `today`, `in 3 days`, `next friday`, `2 weeks ago`.
    private mutating func takeRelativeDay() throws(PhraseError) -> TypedDate.Meaning? {
        let first = position
        if take("today", "tonight") { return .daysFromToday(0) }
        if take("tomorrow") { return .daysFromToday(1) }
        if take("yesterday") { return .daysFromToday(-1) }
        _ = take("the")
        if take(all: "day", "after", "tomorrow") { return .daysFromToday(2) }
        if take(all: "day", "before", "yesterday") { return .daysFromToday(-2) }
        position = first
        if take("in"), let days = try takeWholeDays() { return days }
        position = first
        if let days = try takeWholeDays() {
            if take("ago") { return days.reversed }
            if take(all: "from", "now") { return days }
        }
        position = first
        if let week = takeWeekOfWeekday(), let weekday = takeWeekday() { return .weekday(weekday, week) }
        position = first
        return nil
    }

    private mutating func takeWeekOfWeekday() -> TypedDate.Week? {
        if take(all: "next", "week") { return .weeksFromNow(1) }
        if take("next") { return .weeksFromNow(1) }
        if take("this", "coming") { return .coming }
        return take("last", "past") ? .latest : nil
    }

    /// A length that is days, weeks or months and nothing shorter.
    private mutating func takeWholeDays() throws(PhraseError) -> TypedDate.Meaning? {
        let first = position
        if let count = takeNumber(digits: 1...4) ?? (take("a", "one") ? 1 : nil) {
            if take("month", "months") { return .monthsFromToday(count) }
            if take("year", "years"), count < 1_000 { return .monthsFromToday(count * 12) }
        }
        position = first
        guard let length = try takeDuration(), length.seconds == 0 else { return nil }
        return .daysFromToday(length.days)
    }

    /// `2019-09-20`, `20 sep 2019`, `20th of september`, `sep 20, 2019`, `the 20th`.
    private mutating func takeCalendarDay() -> CalendarDay? {
        if let day = takeISODay() { return day }
        let first = position
        _ = take("the")
        if let day = takeDayNumber() {
            _ = take("of")
            if let month = take(CalendarWords.months) { return CalendarDay(day: day, month: month, year: takeYear()) }
            // 'the 15th' of any month; but the 3rd friday is none.
            let isOrdinal = isWord(CalendarWords.ordinalSuffixes, -1)
            if isOrdinal, !isWord(Set(CalendarWords.weekdays.keys)) { return CalendarDay(day: day) }
        }
        position = first
        if let month = take(CalendarWords.months) {
            _ = take("the")
            if let day = takeDayNumber() { return CalendarDay(day: day, month: month, year: takeYear()) }
        }
        position = first
        return nil
    }

    private mutating func takeISODay() -> CalendarDay? {
        guard let year = peek(), year.kind == .number, year.text.utf8.count == 4, isMark("-", 1), isMark("-", 3),
            let month = peek(2), let day = peek(4), month.text.utf8.count == 2, day.text.utf8.count == 2,
            (1...4).allSatisfy({ isAdjacent($0) }),
            let years = year.number, let months = month.number, let days = day.number
        else { return nil }
        position += 5
        return CalendarDay(day: days, month: months, year: years, isISO: true)
    }

    /// Takes the number of a day, with or without its suffix; not an hour.
    private mutating func takeDayNumber() -> Int? {
        guard !isWord(["am", "pm", "h"], 1), !isMark(":", 1), let day = takeNumber(digits: 1...2) else { return nil }
        if isAdjacent(), isWord(CalendarWords.ordinalSuffixes) { position += 1 }
        return day
    }

    /// Takes four digits that are a year; '15:30' and '2019-09' are none.
    mutating func takeYear() -> Int? {
        let first = position
        _ = take(mark: ",")
        if let next = peek(1), next.text == ":" || (next.text == "-" && isAdjacent(1) && peek(2)?.kind == .number) {
            position = first
            return nil
        }
        if let year = takeNumber(digits: 4...4) { return year }
        position = first
        return nil
    }
}

// Spans of days.
extension PhraseReader {
    /// `24–30 sep`, `tue 24 – mon 30 sep 2019`: only the end has a month.
    private mutating func takeSpanWithinMonth() throws(PhraseError) -> TypedDays? {
        let first = position
        let weekday = takeWeekday()
        _ = take(mark: ",")
        _ = take("the")
        if let day = takeDayNumber() {
            let start = TypedDate(
                meaning: .calendar(CalendarDay(day: day)), weekday: weekday, range: range(from: first))
            if takeDash() || take("and"), let last = try takeDate(), case .calendar(let end) = last.meaning, !end.isISO
            {
                return .span(start, last)
            }
        }
        position = first
        return nil
    }

    /// Behind the first day of a span: ` – 3 oct`, `–30`, ` to friday`. A time behind the dash is left there.
    private mutating func takeSpanEnd(after start: TypedDate) throws(PhraseError) -> TypedDate? {
        let first = position
        guard takeDash() || take(mark: "/") || take("and") else { return nil }
        let behindDash = position
        if let last = try takeDate() { return last }
        // 'sep 24–30'; a number with a colon or am behind it is a time.
        if case .calendar(let day) = start.meaning, !day.isISO {
            let weekday = takeWeekday()
            if let number = takeDayNumber() {
                let year = takeYear()
                return TypedDate(
                    meaning: .calendar(CalendarDay(day: number, month: day.month, year: year)), weekday: weekday,
                    range: range(from: behindDash))
            }
        }
        position = first
        return nil
    }
}

// Windows: `october`, `week of 23 sep`, `end of next month`.
extension PhraseReader {
    /// Takes 'some day' and what may follow it.
    mutating func takeSomeDay() -> Bool {
        guard
            take(all: "some", "day") || take(all: "some", "time") || take(all: "any", "day")
                || take("someday", "sometime")
        else { return false }
        _ = take("in", "on", "of", "from", "between", "during")
        return true
    }

    private mutating func takeWindow() throws(PhraseError) -> TypedWindow? {
        let first = position
        _ = take("in")
        _ = take("the")
        if take(all: "week", "of"), let date = try takeDate() {
            return TypedWindow(meaning: .weekOf(date), part: .whole, range: range(from: first))
        }
        let beforePart = position
        let part = takePart()
        if part == nil { position = beforePart }
        _ = take("the")
        if let meaning = takeNamedSpan(afterIn: beforePart > first, isPart: part != nil) {
            return TypedWindow(meaning: meaning, part: part ?? .whole, range: range(from: first))
        }
        position = first
        return nil
    }

    private mutating func takePart() -> TypedWindow.Part? {
        let part: TypedWindow.Part
        if take(all: "first", "half") {
            part = .firstHalf
        } else if take(all: "second", "half") {
            part = .secondHalf
        } else if take("end", "late") {
            part = .end
        } else if take("beginning", "start", "early") {
            part = .beginning
        } else if take("middle", "mid") {
            part = .middle
            _ = take(mark: "-")
        } else {
            return nil
        }
        _ = take("of")
        return part
    }

    /// `october 2019`, `2019-10`, `next week`; a month with a day behind it is no window.
    private mutating func takeNamedSpan(afterIn: Bool, isPart: Bool) -> TypedWindow.Meaning? {
        let first = position
        if let token = peek(), token.text.utf8.count == 4, let year = token.number {
            if isMark("-", 1), isAdjacent(1), isAdjacent(2), let month = peek(2)?.number, (1...12).contains(month),
                peek(2)?.text.utf8.count == 2, !(isMark("-", 3) && isAdjacent(3))
            {
                position += 3
                return .month(month, year: year)
            }
            // A year alone may be anything: '2019' is a window only as 'in 2019'.
            if afterIn || isPart, !isMark("-", 1), !isMark(":", 1) {
                position += 1
                return .year(year)
            }
            return nil
        }
        let count = take("next") ? 1 : take("this", "coming") ? 0 : take("last", "past") ? -1 : nil
        if count != -1, let month = take(CalendarWords.months) {
            let isDay = peek()?.kind == .number && (peek()?.text.utf8.count ?? 0) <= 2 && !isMark(":", 1)
            if !isDay || isWord(["am", "pm"], 1) { return .month(month, year: takeYear()) }
        }
        // 'the month' after 'end of' is this one.
        if let count = count ?? (isPart ? 0 : nil) {
            if !isPart, take("week") {
                // 'next week friday' is a day.
                if !isWord(Set(CalendarWords.weekdays.keys)) { return .weeksFromNow(count) }
            } else if take("month") {
                return .monthsFromNow(count)
            } else if take("year") {
                return .yearsFromNow(count)
            }
        }
        position = first
        return nil
    }
}

extension TypedDate.Meaning {
    /// As long ago as it was ahead.
    fileprivate var reversed: TypedDate.Meaning {
        switch self {
        case .daysFromToday(let days): .daysFromToday(-days)
        case .monthsFromToday(let months): .monthsFromToday(-months)
        case .weekday, .nthWeekday, .calendar: self
        }
    }
}
