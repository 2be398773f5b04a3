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
