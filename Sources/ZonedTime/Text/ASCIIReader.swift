/// Reads ASCII text from the front, one piece at a time; what does not match is left where it is.
struct ASCIIReader<Bytes: Collection<UInt8>> where Bytes.SubSequence == Bytes {
    private(set) var rest: Bytes

    init(_ bytes: Bytes) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Takes that character if it is the next one.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let next = rest.first, next == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Takes the longest run of bytes that fulfil a condition; it may be empty.
    mutating func take(while condition: (UInt8) -> Bool) -> Bytes {
        let end = rest.firstIndex { !condition($0) } ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    /// Takes a sign: −1 for `-`, 1 for `+` or none.
    mutating func sign() -> Int {
        if take("-") { return -1 }
        _ = take("+")
        return 1
    }

    /// Takes a number of as many digits as come, or `nil` if none comes or it exceeds `Int`.
    mutating func number() -> Int? {
        let digits = take(while: \.isASCIIDigit)
        guard !digits.isEmpty else { return nil }
        var value = 0
        for digit in digits {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }

    /// Takes a number of exactly so many digits.
    mutating func number(digits count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = rest.first, digit.isASCIIDigit else { return nil }
            rest.removeFirst()
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
