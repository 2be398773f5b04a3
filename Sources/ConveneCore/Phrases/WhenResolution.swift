import Recurrence
import ZonedTime

/// Makes of everything that a phrase holds what it means, in the zone that it is meant in.
struct WhenResolution {
    let typed: TypedWhen
    let dates: DateResolution
    let zone: TimeZone
    /// Where a series begins that names no day; `nil` for today.
    var firstDay: CivilDate?

    private var reader: PhraseReader { dates.reader }
    private var purpose: PhrasePurpose { dates.purpose }
    private var here: CivilDateTime { dates.here }

    func when() throws(PhraseError) -> When {
        if let recurrence = typed.recurrence { return try series(recurrence) }
        return When(form: try form(), place: typed.place)
    }

    private func form() throws(PhraseError) -> When.Form {
        if let length = typed.fromNow { return .timed(start: moment(length), until: nil) }
        if typed.start != nil { return try timed() }
        return try wholeDays(typed.days)
    }

    /// So long from now; longer than a minute, to the nearest minute: nobody means the odd seconds.
    private func moment(_ length: CalendarDuration) -> CivilDateTime {
        let reading = zone.reading(at: length.added(to: here, in: zone))
        let isExact = length.seconds.magnitude % 60 != 0 || (length == .zero && purpose == .lookUp)
        if isExact { return reading }
        let toMinute = length == .zero ? 0 : 30
        let second = (reading.secondsSinceEpoch + Int64(toMinute)) % 60
        return reading.advanced(bySeconds: Int64(toMinute) - (second + 60) % 60) ?? reading
    }

    private func wholeDays(_ days: TypedDays?) throws(PhraseError) -> When.Form {
        switch days {
        case nil: throw reader.error(0..<0, "it names no day and no hour")
        case .single(let date):
            let day = try dates.day(date)
            return typed.isAllDay ? .wholeDays(first: day, last: day) : .hourOpen(day)
        case .span(let first, let last):
            let days = try dates.span(first, last)
            return typed.isSomeDay
                ? .window(first: days.lowerBound, last: days.upperBound)
                : .wholeDays(first: days.lowerBound, last: days.upperBound)
        case .window(let window):
            let days = try dates.window(window)
            return typed.isAllDay
                ? .wholeDays(first: days.lowerBound, last: days.upperBound)
                : .window(first: days.lowerBound, last: days.upperBound)
        }
    }
}

// Hours.
extension WhenResolution {
    private func timed() throws(PhraseError) -> When.Form {
        guard !typed.isAllDay else { throw reader.error(hourRange, "all day has no hour") }
        guard !typed.isSomeDay else { throw reader.error(hourRange, "an hour needs its day") }
        guard let days = typed.days else { return try timeAlone() }
        guard case .single(let date) = days else {
            throw reader.error(hourRange, "an hour needs one day, not several")
        }
        let time = try startTime(date)
        let day = try dates.day(date, at: time)
        return .timed(start: CivilDateTime(day, time), until: try end(of: day, time))
    }

    private var hourRange: Range<Int> { typed.start?.range ?? 0..<0 }

    /// Today's, or tomorrow's where that is past.
    private func timeAlone() throws(PhraseError) -> When.Form {
        let time = try startTime(nil)
        if purpose == .change, typed.endDate == nil {
            let until = try end(of: here.date, time)
            return .timeOnly(time, until: until?.time)
        }
        let isPast = purpose != .lookUp && CivilDateTime(here.date, time) <= here
        let day = isPast ? here.date.advanced(byDays: 1) ?? here.date : here.date
        return .timed(start: CivilDateTime(day, time), until: try end(of: day, time))
    }

    /// The start; 24:00 is none.
    private func startTime(_ date: TypedDate?) throws(PhraseError) -> CivilTime {
        guard let start = typed.start else { return .midnight }
        if let time = CivilTime(secondOfDay: start.secondOfDay) { return time }
        let reason = "no day has 24:00; it is 00:00 of the day after"
        guard let date, let next = try dates.day(date).advanced(byDays: 1) else {
            throw reader.error(start.range, reason, ["00:00"])
        }
        let isBehind = date.range.upperBound <= start.range.lowerBound
        let range = isBehind ? date.range.lowerBound..<start.range.upperBound : start.range
        throw reader.error(range, reason, isBehind ? ["\(next.iso8601) 00:00"] : ["00:00"])
    }

    /// The end, on the day after where that makes it later than the start.
    private func end(of day: CivilDate, _ time: CivilTime) throws(PhraseError) -> CivilDateTime? {
        guard let end = typed.end else { return nil }
        let start = CivilDateTime(day, time)
        if let endDate = typed.endDate {
            let lastDay = try dates.day(endDate, from: day)
            let until = CivilDateTime(lastDay, .midnight).advanced(bySeconds: Int64(end.secondOfDay))
            guard let until, until > start else {
                throw reader.error(endDate.range.lowerBound..<end.range.upperBound, "it ends before it begins")
            }
            return until
        }
        let sameDay = CivilDateTime(day, .midnight).advanced(bySeconds: Int64(end.secondOfDay))
        guard let sameDay else { throw reader.error(end.range, "it is outside the years 1 to 9999") }
        if sameDay > start { return sameDay }
        // '22:00–01:00' ends after midnight; '11:00–10:00' is more likely a slip than a meeting of 23 hours.
        guard let until = sameDay.advanced(byDays: 1), until.secondsSinceEpoch - start.secondsSinceEpoch <= 43_200
        else {
            let range = hourRange.lowerBound..<end.range.upperBound
            throw reader.error(range, "it ends before it begins")
        }
        return until
    }
}

// Series.
extension WhenResolution {
    private func series(_ recurrence: TypedRecurrence) throws(PhraseError) -> When {
        guard typed.fromNow == nil, !typed.isSomeDay else {
            throw reader.error(recurrence.range, "a pattern needs a day or an hour to begin with")
        }
        let time = try typed.start.map { _ throws(PhraseError) in try startTime(nil) }
        let (first, length) = try firstDays(time)
        let rule = try self.rule(recurrence, recurrence.text(end: try ending(recurrence)))
        let start = try firstStart(recurrence, time, from: first)
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
            rule: rule, time: time, until: until?.time, firstDate: start, place: typed.place)
        return When(form: form, place: typed.place, recurrence: phrase)
    }

    /// The day from which the series begins, and how many days are between its first and its last.
    private func firstDays(_ time: CivilTime?) throws(PhraseError) -> (first: CivilDate, length: Int) {
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

    /// `;UNTIL=20261220`, `;COUNT=10`.
    private func ending(_ recurrence: TypedRecurrence) throws(PhraseError) -> String {
        switch (recurrence.until, recurrence.count) {
        case (nil, nil): return ""
        case (let until?, nil): return ";UNTIL=\(try dates.day(until).iso8601.filter { $0 != "-" })"
        case (nil, let count?): return ";COUNT=\(count)"
        case (let until?, _?):
            throw reader.error(until.range, "a series ends on a day or after so many times, not both")
        }
    }

    private func rule(_ recurrence: TypedRecurrence, _ text: String) throws(PhraseError) -> RecurrenceRule {
        do {
            return try RecurrenceRule(text)
        } catch {
            guard case .rule = recurrence.pattern else {
                throw reader.error(recurrence.range, "it is no recurrence rule", subject: .recurrenceRule)
            }
            let position = min(recurrence.range.lowerBound + error.position, recurrence.range.upperBound)
            throw reader.error(position..<recurrence.range.upperBound, error.reason, subject: .recurrenceRule)
        }
    }

    /// The first date that the pattern gives from a day on.
    ///
    /// Its interval is left out of this: 'every 2 months on the 15th' begins with the next 15th.
    private func firstStart(
        _ recurrence: TypedRecurrence, _ time: CivilTime?, from day: CivilDate
    ) throws(PhraseError) -> CivilDate {
        let start = CivilDateTime(day, time ?? .midnight)
        let set = RecurrenceSet(
            start: start, rules: [try rule(recurrence, recurrence.patternText)], dates: [], exclusions: [],
            isWholeDays: time == nil, zone: zone)
        if set.givesStart { return day }
        for next in set.starts(from: start.advanced(bySeconds: 1) ?? start) { return next.date }
        throw reader.error(recurrence.range, "it never comes to a date")
    }
}

extension TypedRecurrence {
    /// The rule that finds the first date.
    fileprivate var patternText: String {
        switch pattern {
        case .parts(let parts): parts.patternText
        case .rule(let text): text
        }
    }

    fileprivate func text(end: String) -> String {
        switch pattern {
        case .parts(let parts): parts.text + end
        case .rule(let text): text + end
        }
    }
}
