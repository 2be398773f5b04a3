import Recurrence
import ZonedTime

// Series.
extension WhenResolution {
    func series(_ recurrence: TypedRecurrence) throws(PhraseError) -> When {
        guard typed.fromNow == nil, !typed.isSomeDay else {
            throw reader.error(recurrence.range, "a pattern needs a day or an hour to begin with")
        }
        let time = try typed.start.map { _ throws(PhraseError) in try startTime(nil) }
        let (first, length) = try firstDays(time)
        let pattern = try pattern(recurrence)
        let start = try firstStart(pattern, recurrence, time, from: first)
        var rule = pattern
        try end(&rule, recurrence, from: start)
        let until = try time.flatMap { time throws(PhraseError) in try end(of: start, time) }
        let form: When.Form
        if let time {
            form = .timed(start: CivilDateTime(start, time), until: until)
        } else if typed.isAllDay || length > 0 {
            form = .wholeDays(first: start, last: start.advanced(byDays: length) ?? start)
        } else {
            form = .hourOpen(start)
        }
        let phrase = RecurrencePhrase(
            rule: rule, time: time, until: until?.time, isAllDay: typed.isAllDay, firstDate: start, place: typed.place,
            exceptions: try exceptions(recurrence, rule, CivilDateTime(start, time ?? .midnight)),
            additions: try additions(recurrence, from: start), saysSkip: recurrence.saysSkip,
            from: typed.firstSpan != nil || typed.days != nil ? first : nil)
        return When(form: form, place: typed.place, recurrence: phrase)
    }

    /// The day from which the series begins, and how many days are between its first and its last.
    private func firstDays(_ time: CivilTime?) throws(PhraseError) -> (first: CivilDate, length: Int) {
        if let span = typed.firstSpan { return (max(try dates.window(span).lowerBound, here.date), 0) }
        switch typed.days {
        case nil:
            if let firstDay { return (firstDay, 0) }
            let isPast = purpose != .lookUp && time.map { $0 <= here.time } ?? false
            return (isPast ? here.date.advanced(byDays: 1) ?? here.date : here.date, 0)
        case .single(let date):
            return (try dates.day(date, at: time), 0)
        case .span(let first, let last):
            guard time == nil else { throw reader.error(hourRange, "an hour needs one day, not several") }
            let span = try dates.span(first, last)
            return (span.lowerBound, span.upperBound.days(since: span.lowerBound))
        case .window(let window):
            throw reader.error(window.range, "a series begins on a day, not on some day of several")
        }
    }

    /// The rule without what bounds it, as its text would be read.
    private func pattern(_ recurrence: TypedRecurrence) throws(PhraseError) -> RecurrenceRule {
        switch recurrence.pattern {
        case .parts(let rule):
            do {
                return try RecurrenceRule(rule.text)
            } catch {
                // Words can be put together that no rule can hold: 'weekly if it is the 13th'.
                throw reader.error(
                    recurrence.range, "no recurrence rule says that: \(error.reason)", subject: .phrase)
            }
        case .rule(let text):
            do {
                return try RecurrenceRule(text)
            } catch {
                let position = min(recurrence.range.lowerBound + error.position, recurrence.range.upperBound)
                throw reader.error(
                    position..<recurrence.range.upperBound, error.reason, subject: .recurrenceRule)
            }
        }
    }

    /// The last moment, or the number of meetings.
    private func end(
        _ rule: inout RecurrenceRule, _ recurrence: TypedRecurrence, from start: CivilDate
    ) throws(PhraseError) {
        if let end = recurrence.end {
            guard recurrence.count == nil, rule.end == .never else {
                throw reader.error(end.range, "a series ends on a day or after so many times, not both")
            }
            rule.end = try self.end(end, from: start)
        } else if let count = recurrence.count {
            guard rule.end == .never else {
                throw reader.error(recurrence.range, "a series ends on a day or after so many times, not both")
            }
            rule.end = .count(count)
        }
    }

    private func end(_ end: TypedRecurrence.End, from start: CivilDate) throws(PhraseError) -> RecurrenceRule.End {
        switch end {
        case .days(let days):
            let last = try self.days(days, from: start).upperBound
            guard last >= start else {
                throw reader.error(days.range, "it ends on \(last.words), before it begins on \(start.words)")
            }
            return .untilDate(last)
        case .moment(let date, let time, let isUTC, _):
            let reading = CivilDateTime(try dates.day(date, from: start), .midnight)
            guard let moment = reading.advanced(bySeconds: Int64(time.secondOfDay)) else {
                throw reader.error(date.range, "it is outside the years 1 to 9999")
            }
            return isUTC ? .untilInstant(Instant(moment, at: .utc)) : .untilLocal(moment)
        case .length(let days, let months, let range):
            let behind = days > 0 ? start.advanced(byDays: days) : start.sameDay(monthsLater: months)
            guard let last = behind?.advanced(byDays: -1) else {
                throw reader.error(range, "it is outside the years 1 to 9999")
            }
            return .untilDate(last)
        }
    }

    /// What was typed of days, none before the series begins unless a year says so.
    private func days(_ days: TypedDays, from start: CivilDate) throws(PhraseError) -> ClosedRange<CivilDate> {
        switch days {
        case .single(let date):
            let day = try dates.day(date, from: max(start, dates.today))
            return day...day
        case .span(let first, let last): return try dates.span(first, last)
        case .window(let window):
            let days = try dates.window(window)
            // 'until june' of a series that begins in july is next year's.
            if case .month(let month, nil) = window.meaning, days.upperBound < start {
                let year = start.month > month ? start.year + 1 : start.year
                return try dates.window(
                    TypedWindow(meaning: .month(month, year: year), part: window.part, range: window.range))
            }
            return days
        }
    }

    /// The first date that the pattern gives from a day on.
    ///
    /// Its interval is left out of this: 'every 2 months on the 15th' begins with the next 15th.
    private func firstStart(
        _ pattern: RecurrenceRule, _ recurrence: TypedRecurrence, _ time: CivilTime?, from day: CivilDate
    ) throws(PhraseError) -> CivilDate {
        var pattern = pattern
        if recurrence.parts != nil { pattern.interval = 1 }
        let start = CivilDateTime(day, time ?? .midnight)
        let set = RecurrenceSet(
            start: start, rules: [pattern], dates: [], exclusions: [], isWholeDays: time == nil, zone: zone)
        if set.givesStart { return day }
        if let next = set.next(after: start) { return next.date }
        throw reader.error(recurrence.range, "it never comes to a date")
    }

    // MARK: Exceptions and additions

    private func exceptions(
        _ recurrence: TypedRecurrence, _ rule: RecurrenceRule, _ start: CivilDateTime
    ) throws(PhraseError) -> [ClosedRange<CivilDate>] {
        if recurrence.exceptions.isEmpty { return [] }
        let set = RecurrenceSet(
            start: start, rules: [rule], dates: [], exclusions: [], isWholeDays: typed.start == nil, zone: zone)
        var exceptions: [ClosedRange<CivilDate>] = []
        for typed in recurrence.exceptions {
            let days = try days(typed, from: start.date)
            let next = set.next(onOrAfter: CivilDateTime(days.lowerBound, .midnight))
            guard let next, days.contains(next.date) else {
                let before = set.previous(before: CivilDateTime(days.lowerBound, .midnight))
                let near = [before, next].compactMap { $0?.date.asTyped(withYear: true) }
                let reason = days.count > 1 ? "no date of the series is among them" : "it is no date of the series"
                throw reader.error(typed.range, reason, near)
            }
            exceptions.append(days)
        }
        return exceptions
    }

    private func additions(
        _ recurrence: TypedRecurrence, from start: CivilDate
    ) throws(PhraseError) -> [RecurrencePhrase.Addition] {
        var additions: [RecurrencePhrase.Addition] = []
        for (date, time) in recurrence.additions {
            additions.append(
                .init(try dates.day(date), at: time.flatMap { CivilTime(secondOfDay: $0.secondOfDay) }))
        }
        return additions
    }
}

extension ClosedRange<CivilDate> {
    fileprivate var count: Int { upperBound.days(since: lowerBound) + 1 }
}

extension CivilDate {
    /// The same day of a later month, or that month's last day.
    fileprivate func sameDay(monthsLater months: Int) -> CivilDate? {
        let (year, month, day) = components
        let index = year * 12 + month - 1 + months
        let last = CivilDate.daysInMonth(year: index / 12, month: index % 12 + 1)
        return CivilDate(year: index / 12, month: index % 12 + 1, day: Swift.min(day, last))
    }
}
