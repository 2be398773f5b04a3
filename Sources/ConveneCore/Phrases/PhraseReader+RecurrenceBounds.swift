import Recurrence
import ZonedTime

// What bounds a series: `until june`, `10 times`, `from 3 dec`, `except 24 dec`, and at which hours of a day it is.
extension PhraseReader {
    /// Takes one more part of a series; `false` where none comes next.
    mutating func takeSeriesPart(_ when: inout TypedWhen) throws(PhraseError) -> Bool {
        guard var recurrence = when.recurrence else { return false }
        let first = position
        guard try takeSeriesPart(&recurrence, &when) else {
            position = first
            return try takeBeginning(&when)
        }
        when.recurrence = recurrence
        return true
    }

    private mutating func takeSeriesPart(
        _ recurrence: inout TypedRecurrence, _ when: inout TypedWhen
    ) throws(PhraseError) -> Bool {
        if try takeClause(&recurrence) { return true }
        if try takeEnd(&recurrence) { return true }
        if try takeTimes(&recurrence) { return true }
        if try takeExceptions(&recurrence) { return true }
        if try takeAdditions(&recurrence) { return true }
        return try takeDayTimes(&recurrence, &when)
    }

    /// `until 20 dec`, `until june`, `until 15:00 UTC on 20 december 2026`, `for 10 weeks`.
    private mutating func takeEnd(_ recurrence: inout TypedRecurrence) throws(PhraseError) -> Bool {
        let first = position
        _ = take("ending")
        if take("until", "till", "through") {
            guard let end = try takeUntil(from: first) else {
                if isAtEnd { throw error(range(from: first), "a last day is missing behind 'until'") }
                throw error(nextRange, "\(quoted(nextRange)) is no last day")
            }
            recurrence.end = end
            return true
        }
        position = first
        if take("for"), let count = takeNumber(digits: 1...4) ?? take(CalendarWords.numbers) ?? (take("a") ? 1 : nil) {
            let days = take("day", "days") ? 1 : take("week", "weeks") ? 7 : 0
            let months = days > 0 ? 0 : take("month", "months") ? 1 : take("year", "years") ? 12 : 0
            if days + months > 0, count > 0 {
                recurrence.end = .length(days: days * count, months: months * count, range: range(from: first))
                return true
            }
        }
        position = first
        return false
    }

    private mutating func takeUntil(from first: Int) throws(PhraseError) -> TypedRecurrence.End? {
        let behindUntil = position
        if let time = try takeTime() {
            let isUTC = take("utc", "z")
            _ = take(mark: ",")
            _ = take("on", "of")
            if let date = try takeDate() { return .moment(date, time, isUTC: isUTC, range: range(from: first)) }
        }
        position = behindUntil
        // 'until next friday' is a day, 'until next week' a span.
        if let days = try takeSpanInCalendar() { return .days(days) }
        position = behindUntil
        return try takeDate().map { .days(.single($0)) }
    }

    /// A month, a week, a year: `june`, `the end of june`, `2027`.
    private mutating func takeSpanInCalendar() throws(PhraseError) -> TypedDays? {
        let first = position
        if let year = peek(), year.kind == .number, year.text.utf8.count == 4, let number = year.number, number >= 1900,
            !isMark("-", 1), !isMark(":", 1)
        {
            position += 1
            return .window(TypedWindow(meaning: .year(number), part: .whole, range: year.range))
        }
        if let days = try takeDays(), case .window = days { return days }
        position = first
        return nil
    }

    /// `10 times`.
    private mutating func takeTimes(_ recurrence: inout TypedRecurrence) throws(PhraseError) -> Bool {
        let first = position
        _ = take("for")
        if let count = takeNumber(digits: 1...9) ?? take(CalendarWords.numbers), take("times", "time") {
            guard count > 0 else { throw error(range(from: first), "a series has at least one meeting") }
            recurrence.count = count
            return true
        }
        position = first
        return false
    }

    /// `from 3 dec on`, `starting in june`.
    private mutating func takeBeginning(_ when: inout TypedWhen) throws(PhraseError) -> Bool {
        let first = position
        guard take("from", "starting", "beginning") || take("since", "start"), when.days == nil else {
            position = first
            return false
        }
        _ = take("on", "from")
        if let days = try takeSpanInCalendar(), case .window(let window) = days {
            when.firstSpan = window
            _ = take("on", "onwards", "onward")
            return true
        }
        if let date = try takeDate() {
            when.days = .single(date)
            _ = take("onwards", "onward")
            // 'from 3 dec on'; 'from 3 dec on mondays' goes on.
            if isWord(["on"]), peek(1) == nil || isMark(",", 1) { position += 1 }
            return true
        }
        position = first
        return false
    }

    /// `except 24 dec, 31 dec`, `except in august`, `except 2027`, `except mondays`.
    private mutating func takeExceptions(_ recurrence: inout TypedRecurrence) throws(PhraseError) -> Bool {
        let first = position
        _ = take(mark: ",")
        _ = take("but")
        guard take("except", "excluding", "without") || take("not", "skipping") else {
            position = first
            return false
        }
        _ = take("for")
        var behindLast = position
        var isFirst = true
        while true {
            _ = take("on", "in")
            _ = take("and")
            if try takeException(&recurrence) {
                behindLast = position
            } else {
                if isFirst {
                    if isAtEnd { throw error(range(from: first), "what is left out is missing") }
                    throw error(nextRange, "\(quoted(nextRange)) is no day that could be left out")
                }
                break
            }
            isFirst = false
            let goesOn = take(mark: ",")
            if !(take("and", "or") || goesOn) { break }
            // 'and on 3 dec' adds a day again.
            if isWord(["on", "at"]), isWord(["and"], -1) { break }
        }
        position = behindLast
        return true
    }

    private mutating func takeException(_ recurrence: inout TypedRecurrence) throws(PhraseError) -> Bool {
        let first = position
        let weekdays = takeWeekdays()
        if !weekdays.isEmpty {
            let left = (recurrence.parts?.byDay ?? []).map(\.weekday)
            let base = left.isEmpty && recurrence.parts?.frequency != .weekly ? Weekday.allCases : left
            let others = base.filter { !weekdays.contains($0) }
            guard let rule = recurrence.parts, rule.frequency >= .weekly, !others.isEmpty, others.count < base.count
            else {
                throw error(range(from: first), "\(quoted(range(from: first))) is no date that could be left out")
            }
            recurrence.change { $0.byDay = others.map { .init($0) } }
            return true
        }
        position = first
        let months = takeMonths()
        if !months.isEmpty, let rule = recurrence.parts {
            let base = rule.byMonth.isEmpty ? Array(1...12) : rule.byMonth
            let others = base.filter { !months.contains($0) }
            guard !others.isEmpty, others.count < base.count else {
                throw error(
                    range(from: first), "without \(quoted(range(from: first))) nothing would be left out or left")
            }
            recurrence.change { $0.byMonth = others }
            return true
        }
        position = first
        if let days = try takeSpanInCalendar() {
            recurrence.exceptions.append(days)
            return true
        }
        let several = takeDatesOfMonth()
        if !several.isEmpty {
            recurrence.exceptions += several.map { .single($0) }
            return true
        }
        // Elsewhere 'fri 20 dec and sat 21 dec' are a span; here they are two days.
        if let date = try takeDate(), !isMark("-"), !isMark("/"), !isWord(["to", "until", "through"]) {
            recurrence.exceptions.append(.single(date))
            return true
        }
        position = first
        if let days = try takeDays() {
            recurrence.exceptions.append(days)
            return true
        }
        position = first
        return false
    }

    /// `24 and 31 dec`, `24, 25 and 31 december 2026`; with a dash it would be a span.
    private mutating func takeDatesOfMonth() -> [TypedDate] {
        let first = position
        let days = takeList { reader -> (day: Int, range: Range<Int>)? in
            let before = reader.position
            _ = reader.take("the")
            guard let day = reader.takeNumber(digits: 1...2), !reader.isMark(":"), !reader.isMark("-") else {
                reader.position = before
                return nil
            }
            if reader.isAdjacent(), reader.isWord(CalendarWords.ordinalSuffixes) { reader.position += 1 }
            return (day, reader.range(from: before))
        }
        _ = take("of")
        guard days.count > 1, let month = take(CalendarWords.months) else {
            position = first
            return []
        }
        let year = takeYear()
        return days.map { day, range in
            TypedDate(meaning: .calendar(CalendarDay(day: day, month: month, year: year)), range: range)
        }
    }

    /// `and on 3 dec`, `and at 16:00 on 3 dec`.
    private mutating func takeAdditions(_ recurrence: inout TypedRecurrence) throws(PhraseError) -> Bool {
        let first = position
        _ = take(mark: ",")
        guard take("and", "plus", "also") else {
            position = first
            return false
        }
        _ = take("also")
        var time: TypedTime?
        if take("at") { time = try takeTime() }
        if take("on"), let date = try takeDate(), case .calendar(let day) = date.meaning, day.month != nil {
            recurrence.additions.append((date, time))
            return true
        }
        position = first
        return false
    }

    /// `at 9:00 and 17:00`: more than one hour of the same day, which is the rule's to say.
    private mutating func takeDayTimes(
        _ recurrence: inout TypedRecurrence, _ when: inout TypedWhen
    ) throws(PhraseError) -> Bool {
        let first = position
        let hasAt = take("at") || take(mark: "@")
        var failure: PhraseError?
        let times = takeList { reader -> TypedTime? in
            do throws(PhraseError) {
                return try reader.takeTime() ?? (hasAt ? reader.takeHourAlone() : nil)
            } catch {
                failure = error
                return nil
            }
        }
        if let failure { throw failure }
        guard times.count > 1, when.start == nil, let rule = recurrence.parts, rule.byHour.isEmpty,
            rule.byMinute.isEmpty, rule.bySecond.isEmpty, rule.frequency <= .daily
        else {
            position = first
            return false
        }
        let seconds = Set(times.map(\.secondOfDay))
        let hours = Set(seconds.map { $0 / 3_600 }).sorted()
        let minutes = Set(seconds.map { $0 / 60 % 60 }).sorted()
        let rest = Set(seconds.map { $0 % 60 }).sorted()
        guard hours.count * minutes.count * rest.count == seconds.count, hours.last ?? 0 < 24 else {
            throw error(
                range(from: first), "one rule has the same minutes in all its hours: these take a series each")
        }
        let saysSeconds = times.contains { typed($0.range).count { $0 == ":" } == 2 }
        recurrence.change {
            $0.byHour = hours
            $0.byMinute = minutes
            if saysSeconds { $0.bySecond = rest }
        }
        when.start = times.min { $0.secondOfDay < $1.secondOfDay }
        return true
    }

    /// `9` behind 'at', where nothing follows that would make it something else.
    mutating func takeHourAlone() -> TypedTime? {
        guard let token = peek(), let hour = token.number, token.text.utf8.count <= 2, hour <= 23 else { return nil }
        if let next = peek(1) {
            let isJoined = next.kind == .word && PhraseReader.behindHour.contains(next.text)
            guard
                isJoined || next.text == ","
                    || (next.kind == .word && next.text.first.map(\.isLetter) ?? false
                        && CalendarWords.months[next.text] == nil && !PhraseReader.notBehindHour.contains(next.text))
            else { return nil }
        }
        position += 1
        return TypedTime(secondOfDay: hour * 3_600, hasHalf: false, range: token.range)
    }

    private static let behindHour: Set<String> = ["and", "in", "on", "until", "except", "from", "here"]
    private static let notBehindHour: Set<String> = CalendarWords.ordinalSuffixes.union([
        "am", "pm", "h", "oclock", "to", "times", "time", "of", "day", "days", "week", "weeks", "month", "months",
        "minutes",
        "minute", "hour", "hours",
    ])
}
