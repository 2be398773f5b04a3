extension PosixRule {
    /// Reads a POSIX TZ string (`CET-1CEST,M3.5.0,M10.5.0/3`) with RFC 9636's wider hours, or `nil` if it is none.
    ///
    /// Offsets in it are positive *west* of Greenwich. Daylight saving time without the dates of its beginning
    /// and end is refused: what it means is left to each system. So are dates that meet or overtake each other in some
    /// year, but for the all-year daylight saving time of RFC 9636 §3.3.1.
    init?(footer text: ArraySlice<UInt8>) {
        var reader = ASCIIReader(text)
        guard let name = reader.abbreviation(), let west = reader.clockSeconds(hours: 0...24) else { return nil }
        let standard = LocalTimeType(
            offset: Offset(secondsEastOfUTC: -west), isDaylightSaving: false, abbreviation: name)
        if reader.isAtEnd {
            self = .constant(standard)
            return
        }

        guard let daylightName = reader.abbreviation() else { return nil }
        var daylightOffset = standard.offset.secondsEastOfUTC + 3_600
        if !reader.take(",") {
            guard let west = reader.clockSeconds(hours: 0...24), reader.take(",") else { return nil }
            daylightOffset = -west
        }
        guard let start = reader.moment(), reader.take(","), let end = reader.moment(), reader.isAtEnd else {
            return nil
        }
        let daylight = LocalTimeType(
            offset: Offset(secondsEastOfUTC: daylightOffset), isDaylightSaving: true, abbreviation: daylightName)
        let rule = YearlyRule(standard: standard, daylight: daylight, start: start, end: end)
        if rule.isAlwaysDaylight {
            self = .constant(daylight)
        } else if rule.alternates {
            self = .yearly(rule)
        } else {
            return nil
        }
    }
}

extension ASCIIReader {
    /// `CET`, or in angle brackets with digits and signs too: `<+0530>`.
    fileprivate mutating func abbreviation() -> String? {
        let name: Bytes
        if take("<") {
            name = take { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            guard take(">") else { return nil }
        } else {
            name = take(while: \.isASCIILetter)
        }
        return name.count >= 3 ? String(decoding: name, as: UTF8.self) : nil
    }

    /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
    fileprivate mutating func clockSeconds(hours allowed: ClosedRange<Int>) -> Int? {
        let sign = sign()
        guard let hours = number(), allowed.contains(hours) else { return nil }
        var seconds = hours * 3_600
        for unit in [60, 1] where take(":") {
            guard let value = number(digits: 2), value < 60 else { return nil }
            seconds += value * unit
        }
        return sign * seconds
    }

    /// A day of the year, and `/time` unless it is 02:00.
    fileprivate mutating func moment() -> YearlyMoment? {
        guard let day = dayOfYear() else { return nil }
        guard take("/") else { return YearlyMoment(day: day, seconds: 7_200) }
        return clockSeconds(hours: 0...167).map { YearlyMoment(day: day, seconds: Int64($0)) }
    }

    private mutating func dayOfYear() -> YearlyMoment.Day? {
        if take("M") {
            guard let month = number(), (1...12).contains(month), take("."),
                let week = number(), (1...5).contains(week), take("."),
                // POSIX counts from Sunday, 0.
                let weekday = number(), (0...6).contains(weekday)
            else { return nil }
            return .weekday(Weekday.sunday.advanced(byDays: weekday), week: week, month: month)
        }
        if take("J") {
            guard let day = number(), (1...365).contains(day) else { return nil }
            return .ordinalWithoutLeapDay(day)
        }
        guard let day = number(), (0...365).contains(day) else { return nil }
        return .zeroBasedOrdinal(day)
    }
}
