import ZonedTime

/// Finds the days that typed dates stand for, counted from what a wall clock shows.
struct DateResolution {
    let reader: PhraseReader
    /// What the clock shows where the phrase is meant.
    let here: CivilDateTime
    let purpose: PhrasePurpose
    /// The days of what is changed.
    var present: ClosedRange<CivilDate>?

    var today: CivilDate { here.date }

    /// The day that a date stands for.
    ///
    /// - Parameter time: the hour that was said with it: a weekday whose hour is past today is next week's.
    /// - Parameter earliest: the day before which it cannot be, as for the end of a span.
    func day(
        _ date: TypedDate, at time: CivilTime? = nil, from earliest: CivilDate? = nil
    ) throws(PhraseError) -> CivilDate {
        if case .weekday(let weekday, .coming) = date.meaning, earliest == nil,
            let near = nearPresent(weekday, at: time)
        {
            return near
        }
        let earliest = earliest ?? today
        switch date.meaning {
        case .daysFromToday(let days):
            return try reachable(today.advanced(byDays: days), date.range)
        case .monthsFromToday(let months):
            return try reachable(today.advanced(byMonths: months), date.range)
        case .weekday(let weekday, let week):
            return try reachable(self.weekday(weekday, week, at: time, from: earliest), date.range)
        case .nthWeekday(let nth):
            return try self.nthWeekday(nth, date.range, from: earliest)
        case .calendar(let day):
            let found = try calendarDay(day, date.range, from: earliest)
            try check(date.weekday, of: found, typed: day, date.range)
            return found
        }
    }

    private func reachable(_ date: CivilDate?, _ range: Range<Int>) throws(PhraseError) -> CivilDate {
        guard let date else { throw reader.error(range, "it is outside the years 1 to 9999") }
        return date
    }

    /// A weekday for something that has its days: in a window the first, else that of the same week; never one past.
    private func nearPresent(_ weekday: Weekday, at time: CivilTime?) -> CivilDate? {
        guard let present else { return nil }
        let isWindow = present.lowerBound != present.upperBound
        let first = isWindow ? present.lowerBound : present.lowerBound.monday ?? present.lowerBound
        guard let date = first.advanced(byDays: first.weekday.days(until: weekday)), date >= today else { return nil }
        if date == today, let time, time <= here.time { return nil }
        return date
    }

    private func weekday(
        _ weekday: Weekday, _ week: TypedDate.Week, at time: CivilTime?, from earliest: CivilDate
    ) -> CivilDate? {
        switch week {
        case .coming:
            let coming = earliest.advanced(byDays: earliest.weekday.days(until: weekday))
            guard coming == today, let time, time <= here.time, purpose != .lookUp else { return coming }
            return coming?.advanced(byDays: 7)
        case .latest:
            return today.advanced(byDays: -1 - weekday.days(until: today.advanced(byDays: -1)?.weekday ?? weekday))
        case .weeksFromNow(let weeks):
            return today.monday?.advanced(byDays: weeks * 7 + weekday.rawValue - 1)
        }
    }

    /// Where neither month nor year are said, the first of them from a date on.
    private func nthWeekday(
        _ nth: NthWeekday, _ range: Range<Int>, from earliest: CivilDate
    ) throws(PhraseError) -> CivilDate {
        let months: [CivilDate?] =
            switch nth.month {
            case .any: (0...12).map { earliest.firstOfMonth.advanced(byMonths: $0) }
            case .monthsFromNow(let months): [today.firstOfMonth.advanced(byMonths: months)]
            case .named(let month, let year?): [CivilDate(year: year, month: month, day: 1)]
            case .named(let month, nil):
                [earliest.year, earliest.year + 1].map { CivilDate(year: $0, month: month, day: 1) }
            }
        for month in months.compactMap(\.self) where month.lastOfMonth >= earliest {
            if let date = month.nth(nth.ordinal, nth.weekday) {
                if date >= earliest { return date }
            } else if case .named = nth.month {
                let reason = "\(CalendarWords.monthNames[month.month - 1]) \(month.year) has four \(nth.weekday.name)s"
                throw reader.error(range, reason)
            }
        }
        throw reader.error(range, "there is none from today on")
    }

    /// A day whose year, and perhaps month, was left out is the first from a date on; looking up, the nearest one.
    private func calendarDay(
        _ day: CalendarDay, _ range: Range<Int>, from earliest: CivilDate
    ) throws(PhraseError) -> CivilDate {
        guard let month = day.month else { return try dayOfAnyMonth(day.day, range, from: earliest) }
        guard (1...12).contains(month) else { throw reader.error(range, "there is no month \(month)") }
        if let year = day.year {
            try checkYear(year, range, before: CalendarDay(day: day.day, month: month).text + " ")
            guard let date = CivilDate(year: year, month: month, day: day.day) else {
                throw noSuchDay(day, range, year)
            }
            return date
        }
        let years = [earliest.year - 1, earliest.year, earliest.year + 1]
        let dates = years.compactMap { CivilDate(year: $0, month: month, day: day.day) }
        if purpose == .lookUp, earliest == today {
            let nearest = dates.min { abs($0.days(since: today)) < abs($1.days(since: today)) }
            if let nearest { return nearest }
        }
        guard let date = dates.first(where: { $0 >= earliest }) else {
            let isPast = CivilDate(year: earliest.year, month: month, day: 1).map { $0 < earliest } ?? false
            throw noSuchDay(day, range, isPast ? earliest.year + 1 : earliest.year)
        }
        return date
    }

    /// `the 15th`.
    private func dayOfAnyMonth(
        _ day: Int, _ range: Range<Int>, from earliest: CivilDate
    ) throws(PhraseError) -> CivilDate {
        guard (1...31).contains(day) else { throw reader.error(range, "no month has a day \(day)") }
        for months in 0...2 {
            guard let month = earliest.firstOfMonth.advanced(byMonths: months) else { break }
            if let date = CivilDate(year: month.year, month: month.month, day: day), date >= earliest { return date }
        }
        throw reader.error(range, "no month soon has a day \(day)")
    }

    /// '3 dec 1530' is meant as an hour.
    private func checkYear(_ year: Int, _ range: Range<Int>, before text: String? = nil) throws(PhraseError) {
        guard year < 1900 else { return }
        var meant: [String] = []
        if let text, let time = CivilTime(hour: year / 100, minute: year % 100) { meant = [text + time.words] }
        throw reader.error(range, "the year \(year) is too long ago", meant)
    }

    /// The last day of that month and the first of the next: one of them was meant.
    private func noSuchDay(_ day: CalendarDay, _ range: Range<Int>, _ year: Int) -> PhraseError {
        let month = day.month ?? 1
        let reason: String
        if day.day == 29, month == 2 {
            reason = "there is no 29 February \(year)"
        } else {
            reason = "there is no \(day.day) \(CalendarWords.monthNames[month - 1])"
        }
        let last = CivilDate(year: year, month: month, day: CivilDate.daysInMonth(year: year, month: month))
        let near = day.day < 1 ? [last?.firstOfMonth] : [last, last?.advanced(byDays: 1)]
        let suggestions = near.compactMap(\.self).map { date in
            day.isISO ? date.iso8601 : date.asTyped(withYear: day.year != nil)
        }
        return reader.error(range, reason, suggestions)
    }

    /// A weekday beside a date is there to be checked.
    private func check(
        _ weekday: Weekday?, of date: CivilDate, typed day: CalendarDay, _ range: Range<Int>
    ) throws(PhraseError) {
        guard let weekday, weekday != date.weekday else { return }
        let days = date.weekday.days(until: weekday)
        let near = date.advanced(byDays: days > 3 ? days - 7 : days)
        let suggestions = [date, near].compactMap(\.self).map { date in
            let name = CalendarWords.short(date.weekday.name).lowercased()
            return "\(name) \(date.asTyped(withYear: day.year != nil))"
        }
        throw reader.error(range, "\(date.words) is a \(date.weekday.name), not a \(weekday.name)", suggestions)
    }
}

// Spans and windows.
extension DateResolution {
    /// The first and the last day of a span: the first that has not ended yet.
    func span(_ first: TypedDate, _ last: TypedDate) throws(PhraseError) -> ClosedRange<CivilDate> {
        let range = first.range.lowerBound..<last.range.upperBound
        let days: (first: CivilDate, last: CivilDate)
        if case .calendar(let start) = first.meaning, case .calendar(let end) = last.meaning, end.month ?? 1 <= 12 {
            days = try calendarSpan(first, start, last, end)
        } else {
            let start = try day(first)
            days = (start, try day(last, from: max(start, today)))
        }
        guard days.first <= days.last else {
            let swapped = "\(reader.typed(last.range)) – \(reader.typed(first.range))"
            throw reader.error(range, "it ends before it begins", isMonthShared(first) ? [] : [swapped])
        }
        return days.first...days.last
    }

    private func isMonthShared(_ first: TypedDate) -> Bool {
        if case .calendar(let day) = first.meaning { day.month == nil } else { false }
    }

    /// Month and year may be said once, with the end.
    private func calendarSpan(
        _ first: TypedDate, _ start: CalendarDay, _ last: TypedDate, _ end: CalendarDay
    ) throws(PhraseError) -> (first: CivilDate, last: CivilDate) {
        var first = first, last = last, start = start, end = end
        if end.month == nil { end.month = start.month }
        if end.year == nil, let year = start.year { end.year = year + (start.isBehind(end) ? 1 : 0) }
        last.meaning = .calendar(end)
        let lastDay = try day(last)
        if start.month == nil {
            start.month = lastDay.month
            start.year = lastDay.year
        } else if start.year == nil {
            start.year = lastDay.year - (start.isBehind(end) ? 1 : 0)
        }
        first.meaning = .calendar(start)
        return (try day(first), lastDay)
    }

    /// The days of a window.
    func window(_ window: TypedWindow) throws(PhraseError) -> ClosedRange<CivilDate> {
        let days: (first: CivilDate?, last: CivilDate?)
        switch window.meaning {
        case .weekOf(let date):
            let monday = try day(date).monday
            days = (monday, monday?.advanced(byDays: 6))
        case .weeksFromNow(let weeks):
            let monday = today.monday?.advanced(byDays: weeks * 7)
            days = (monday, monday?.advanced(byDays: 6))
        case .month(let month, let year):
            days = try monthWindow(month, year, window)
        case .monthsFromNow(let months):
            days = window.part.days(ofMonth: today.firstOfMonth.advanced(byMonths: months))
        case .year(let year):
            days = try yearWindow(year, window)
        case .yearsFromNow(let years):
            days = try yearWindow(today.year + years, window)
        }
        guard let first = days.first, let last = days.last else {
            throw reader.error(window.range, "it is outside the years 1 to 9999")
        }
        return first...last
    }

    private typealias Days = (first: CivilDate?, last: CivilDate?)

    /// Without a year, the first of which not everything is past; looking up, the one in the nearest year.
    private func monthWindow(_ month: Int, _ year: Int?, _ window: TypedWindow) throws(PhraseError) -> Days {
        if let year {
            try checkYear(year, window.range)
            return window.part.days(ofMonth: CivilDate(year: year, month: month, day: 1))
        }
        if purpose == .lookUp {
            let months = (today.year - 1...today.year + 1).compactMap { CivilDate(year: $0, month: month, day: 1) }
            let middle = months.min { abs($0.days(since: today) + 15) < abs($1.days(since: today) + 15) }
            return window.part.days(ofMonth: middle)
        }
        let coming = window.part.days(ofMonth: CivilDate(year: today.year, month: month, day: 1))
        if let last = coming.last, last >= today { return coming }
        return window.part.days(ofMonth: CivilDate(year: today.year + 1, month: month, day: 1))
    }

    private func yearWindow(_ year: Int, _ window: TypedWindow) throws(PhraseError) -> Days {
        try checkYear(year, window.range)
        let january = CivilDate(year: year, month: 1, day: 1)
        let july = CivilDate(year: year, month: 7, day: 1)
        let last = CivilDate(year: year, month: 12, day: 31)
        switch window.part {
        case .whole: return (january, last)
        case .firstHalf: return (january, july?.advanced(byDays: -1))
        case .secondHalf: return (july, last)
        case .beginning, .middle, .end:
            let month = window.part == .beginning ? "january" : window.part == .end ? "december" : "june"
            let half = window.part == .beginning ? "first" : "second"
            throw reader.error(
                window.range, "it may be weeks or months", ["\(month) \(year)", "\(half) half of \(year)"])
        }
    }
}

extension CalendarDay {
    /// `3 dec`.
    fileprivate var text: String {
        "\(day) \(CalendarWords.short(CalendarWords.monthNames[(month ?? 1) - 1]).lowercased())"
    }

    /// Whether its day comes later in the year than another's.
    fileprivate func isBehind(_ other: CalendarDay) -> Bool {
        guard let month, let otherMonth = other.month else { return false }
        return (month, day) > (otherMonth, other.day)
    }
}

extension TypedWindow.Part {
    /// The first ten days, the next ten, the last ten; the halves meet at the 15th.
    fileprivate func days(ofMonth first: CivilDate?) -> (first: CivilDate?, last: CivilDate?) {
        guard let first else { return (nil, nil) }
        let length = CivilDate.daysInMonth(year: first.year, month: first.month)
        let days: ClosedRange<Int> =
            switch self {
            case .whole: 1...length
            case .beginning: 1...10
            case .middle: 11...20
            case .end: (length - 9)...length
            case .firstHalf: 1...15
            case .secondHalf: 16...length
            }
        return (first.advanced(byDays: days.lowerBound - 1), first.advanced(byDays: days.upperBound - 1))
    }
}

extension CivilDate {
    /// The Monday of its week.
    fileprivate var monday: CivilDate? { advanced(byDays: 1 - weekday.rawValue) }

    fileprivate var firstOfMonth: CivilDate { advanced(byDays: 1 - day) ?? self }

    fileprivate var lastOfMonth: CivilDate {
        advanced(byDays: CivilDate.daysInMonth(year: year, month: month) - day) ?? self
    }

    /// The first, second… or last such weekday of the month that begins with this date.
    fileprivate func nth(_ ordinal: Int, _ weekday: Weekday) -> CivilDate? {
        let length = CivilDate.daysInMonth(year: year, month: month)
        let days = Array(stride(from: 1 + self.weekday.days(until: weekday), through: length, by: 7))
        let day = ordinal < 0 ? days.last : days.indices.contains(ordinal - 1) ? days[ordinal - 1] : nil
        return day.flatMap { advanced(byDays: $0 - 1) }
    }

    /// The same day of another month, or its last day where it is shorter.
    fileprivate func advanced(byMonths months: Int) -> CivilDate? {
        let (year, month, day) = components
        let index = year * 12 + month - 1 + months
        let (otherYear, otherMonth) = (index / 12, index % 12 + 1)
        guard index >= 12 else { return nil }
        return CivilDate(
            year: otherYear, month: otherMonth,
            day: Swift.min(day, CivilDate.daysInMonth(year: otherYear, month: otherMonth)))
    }
}
