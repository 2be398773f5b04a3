internal import ZonedTime

/// Reads the small things that rules are made of, and knows where it stands in the text.
struct RuleScanner {
    private let scalars: [Unicode.Scalar]
    /// In Unicode scalars from the start.
    private(set) var position = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    var isAtEnd: Bool { position == scalars.count }

    func failure(_ reason: String, at position: Int? = nil) -> RecurrenceRuleError {
        RecurrenceRuleError(position: position ?? self.position, reason: reason)
    }

    /// Goes past that character if it comes next; letters in either case.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard !isAtEnd, scalars[position].uppercasedASCII == scalar else { return false }
        position += 1
        return true
    }

    /// Goes past that word if it comes next.
    mutating func take(word: String) -> Bool {
        let wanted = word.unicodeScalars
        guard scalars.count - position >= wanted.count,
            zip(scalars[position...], wanted).allSatisfy({ $0.uppercasedASCII == $1 })
        else { return false }
        position += wanted.count
        return true
    }

    /// The letters, digits and hyphens that come next, in upper case.
    mutating func word() -> String {
        var word = String.UnicodeScalarView()
        while !isAtEnd, scalars[position].isASCIIWord {
            word.append(scalars[position].uppercasedASCII)
            position += 1
        }
        return String(word)
    }

    /// A number that fits 32 bits, where there is one.
    mutating func number() -> Int? {
        let digits = scalars[position...].prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty, digits.count <= 10 else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }
        guard value <= Int32.max else { return nil }
        position += digits.count
        return value
    }

    /// A number of exactly that many digits.
    mutating func number(digits count: Int) -> Int? {
        let digits = scalars[position...].prefix(count)
        guard digits.count == count, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        position += count
        return digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }
    }

    /// A number that may have a sign.
    mutating func signedNumber() -> Int? {
        let start = position
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let number = number() else {
            position = start
            return nil
        }
        return isNegative ? -number : number
    }
}

extension RuleScanner {
    /// A date, a local date-time, or one in UTC (RFC 5545 §3.3.4, §3.3.5).
    ///
    /// - Parameter name: whose value it is, for the error.
    mutating func moment(of name: String) throws(RecurrenceRuleError) -> RecurrenceDate.Moment {
        let start = position
        guard let year = number(digits: 4), let month = number(digits: 2), let day = number(digits: 2),
            let date = CivilDate(year: year, month: month, day: day)
        else { throw failure("\(name) takes a date, such as 20261220 or 20261220T120000Z", at: start) }
        guard take("T") else { return .date(date) }
        // Second 60 is a leap second; who has none takes it for 59 (RFC 5545 §3.3.12).
        guard let hour = number(digits: 2), let minute = number(digits: 2), let second = number(digits: 2),
            second <= 60, let time = CivilTime(hour: hour, minute: minute, second: min(second, 59))
        else { throw failure("\(name) takes a time, such as 20261220T120000Z", at: start) }
        let reading = CivilDateTime(date, time)
        return take("Z") ? .instant(Instant(reading, at: .utc)) : .local(reading)
    }

    /// Goes back to a place where it has been.
    mutating func rewind(to earlier: Int) { position = min(position, earlier) }
}

extension Unicode.Scalar {
    fileprivate var isASCIIWord: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", "-": true
        default: false
        }
    }

    fileprivate var uppercasedASCII: Unicode.Scalar {
        ("a"..."z").contains(self) ? Unicode.Scalar(UInt8(value - 32)) : self
    }
}
