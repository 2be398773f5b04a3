import Recurrence
import ZonedTime

/// Makes of everything that a phrase holds what it means, in the zone that it is meant in.
struct WhenResolution {
    let typed: TypedWhen
    let dates: DateResolution
    let zone: TimeZone
    /// Where a series begins that names no day; `nil` for today.
    var firstDay: CivilDate?

    var reader: PhraseReader { dates.reader }
    var purpose: PhrasePurpose { dates.purpose }
    var here: CivilDateTime { dates.here }

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

    var hourRange: Range<Int> { typed.start?.range ?? 0..<0 }

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
    func startTime(_ date: TypedDate?) throws(PhraseError) -> CivilTime {
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
    func end(of day: CivilDate, _ time: CivilTime) throws(PhraseError) -> CivilDateTime? {
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
