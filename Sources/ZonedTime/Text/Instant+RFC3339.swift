extension Instant {
    /// Reads `2019-09-20T11:00:00+09:00` or `2019-09-20T02:00:00Z` (RFC 3339), or `nil` if it is anything else.
    ///
    /// A fraction of the second is dropped. A leap second (`23:59:60Z`) is the second after it, as in POSIX time.
    public init?(rfc3339 text: some StringProtocol) {
        var reader = ASCIIReader(Substring(text).utf8)
        guard let date = reader.date(), reader.take("T") || reader.take("t") || reader.take(" "),
            let minute = reader.minuteOfDay(), reader.take(":"),
            let second = reader.number(digits: 2), (0...60).contains(second),
            reader.skipFraction(), let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        let start = Instant(CivilDateTime(date, CivilTime(unchecked: minute * 60)), at: offset)
        self = start.advanced(bySeconds: Int64(second))
        // Leap seconds are inserted at the end of a day in UTC.
        if second == 60, secondsSinceEpoch % 86_400 != 0 { return nil }
    }

    /// `2019-09-20T11:00:00+09:00`, and `Z` for an offset of zero (RFC 3339).
    ///
    /// RFC 3339 has offsets of whole minutes, less than a day. With an offset that has seconds (local mean time)
    /// the whole minutes of it are written, and the reading that goes with them: the instant stays exact.
    public func rfc3339(at offset: Offset) -> String {
        let minutes = min(max(offset.secondsEastOfUTC / 60, -1_439), 1_439)
        let reading = reading(at: Offset(secondsEastOfUTC: minutes * 60)).iso8601
        if minutes == 0 { return reading + "Z" }
        let distance = abs(minutes)
        return "\(reading)\(minutes < 0 ? "-" : "+")\(padded: distance / 60, to: 2):\(padded: distance % 60, to: 2)"
    }
}

extension ASCIIReader {
    /// `11:00`, as minutes since midnight.
    fileprivate mutating func minuteOfDay() -> Int? {
        guard let hour = number(digits: 2), hour <= 23, take(":"), let minute = number(digits: 2), minute <= 59
        else { return nil }
        return hour * 60 + minute
    }

    /// Whether there is no fraction, or one with digits.
    fileprivate mutating func skipFraction() -> Bool {
        !take(".") || !take(while: \.isASCIIDigit).isEmpty
    }

    /// `Z` or `+09:00`.
    fileprivate mutating func offset() -> Offset? {
        if take("Z") || take("z") { return .utc }
        let sign = take("-") ? -1 : take("+") ? 1 : 0
        guard sign != 0, let minutes = minuteOfDay() else { return nil }
        return Offset(secondsEastOfUTC: sign * minutes * 60)
    }
}
