extension CivilDate {
    /// Reads `2019-09-20` (ISO 8601, extended format), or `nil` if it is anything else.
    public init?(iso8601 text: some StringProtocol) {
        guard let date = text.readASCII({ $0.date() }) else { return nil }
        self = date
    }

    /// `2019-09-20`.
    public var iso8601: String {
        let (year, month, day) = components
        return String(unsafeUninitializedCapacity: 10) { bytes in
            bytes.put(year, digits: 4, at: 0)
            bytes[4] = UInt8(ascii: "-")
            bytes.put(month, digits: 2, at: 5)
            bytes[7] = UInt8(ascii: "-")
            bytes.put(day, digits: 2, at: 8)
            return 10
        }
    }
}

extension CivilTime {
    /// Reads `11:00` or `11:00:00` (ISO 8601, extended format), or `nil` if it is anything else.
    public init?(iso8601 text: some StringProtocol) {
        guard let time = text.readASCII({ $0.time() }) else { return nil }
        self = time
    }

    /// `11:00:00`.
    public var iso8601: String {
        String(unsafeUninitializedCapacity: 8) { bytes in
            bytes.put(hour, digits: 2, at: 0)
            bytes[2] = UInt8(ascii: ":")
            bytes.put(minute, digits: 2, at: 3)
            bytes[5] = UInt8(ascii: ":")
            bytes.put(second, digits: 2, at: 6)
            return 8
        }
    }
}

extension CivilDateTime {
    /// Reads `2019-09-20T11:00:00` (ISO 8601, extended format), or `nil` if it is anything else.
    ///
    /// Seconds may be left out, and a space may stand for the `T`.
    public init?(iso8601 text: some StringProtocol) {
        let reading = text.readASCII { reader -> CivilDateTime? in
            guard let date = reader.date(), reader.take("T") || reader.take(" "), let time = reader.time() else {
                return nil
            }
            return CivilDateTime(date, time)
        }
        guard let reading else { return nil }
        self = reading
    }

    /// `2019-09-20T11:00:00`.
    public var iso8601: String {
        date.iso8601 + "T" + time.iso8601
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

extension UnsafeMutableBufferPointer<UInt8> {
    /// Writes a number that is not negative and has at most so many digits, with zeros before it.
    fileprivate func put(_ number: Int, digits: Int, at position: Int) {
        var rest = number
        for index in (position..<position + digits).reversed() {
            self[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }
}

extension StringProtocol {
    /// Reads the whole of a text where its bytes lie; `nil` where `read` finds nothing, or leaves something.
    fileprivate func readASCII<Value>(
        _ read: (inout ASCIIReader<Slice<UnsafeBufferPointer<UInt8>>>) -> Value?
    ) -> Value? {
        var text = String(self)
        return text.withUTF8 { bytes in
            var reader = ASCIIReader(bytes[...])
            guard let value = read(&reader), reader.isAtEnd else { return nil }
            return value
        }
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
