extension CivilDate {
    /// Reads `2019-09-20` (ISO 8601, extended format), or `nil` if it is anything else.
    public init?(iso8601 text: some StringProtocol) {
        var reader = ASCIIReader(Substring(text).utf8)
        guard let date = reader.date(), reader.isAtEnd else { return nil }
        self = date
    }

    /// `2019-09-20`.
    public var iso8601: String {
        let (year, month, day) = components
        return "\(padded: year, to: 4)-\(padded: month, to: 2)-\(padded: day, to: 2)"
    }
}

extension CivilTime {
    /// Reads `11:00` or `11:00:00` (ISO 8601, extended format), or `nil` if it is anything else.
    public init?(iso8601 text: some StringProtocol) {
        var reader = ASCIIReader(Substring(text).utf8)
        guard let time = reader.time(), reader.isAtEnd else { return nil }
        self = time
    }

    /// `11:00:00`.
    public var iso8601: String {
        "\(padded: hour, to: 2):\(padded: minute, to: 2):\(padded: second, to: 2)"
    }
}

extension CivilDateTime {
    /// Reads `2019-09-20T11:00:00` (ISO 8601, extended format), or `nil` if it is anything else.
    ///
    /// Seconds may be left out, and a space may stand for the `T`.
    public init?(iso8601 text: some StringProtocol) {
        var reader = ASCIIReader(Substring(text).utf8)
        guard let date = reader.date(), reader.take("T") || reader.take(" "), let time = reader.time(), reader.isAtEnd
        else { return nil }
        self.init(date, time)
    }

    /// `2019-09-20T11:00:00`.
    public var iso8601: String {
        "\(date.iso8601)T\(time.iso8601)"
    }
}

extension ASCIIReader {
    /// `2019-09-20`.
    mutating func date() -> CivilDate? {
        guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
            let day = number(digits: 2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// `11:00` or `11:00:00`.
    mutating func time() -> CivilTime? {
        guard let hour = number(digits: 2), take(":"), let minute = number(digits: 2) else { return nil }
        guard take(":") else { return CivilTime(hour: hour, minute: minute) }
        return number(digits: 2).flatMap { CivilTime(hour: hour, minute: minute, second: $0) }
    }
}

extension DefaultStringInterpolation {
    /// Writes a number that is not negative with zeros before it.
    mutating func appendInterpolation(padded number: Int, to digits: Int) {
        let text = String(number)
        appendLiteral(String(repeating: "0", count: max(0, digits - text.utf8.count)))
        appendLiteral(text)
    }
}
