/// Reads JSON text into a value, one byte after the other.
struct JSONReader {
    /// Deep enough for any message, and far from the end of the smallest thread's stack.
    static let depthLimit = 128

    private let text: [UInt8]
    private var position = 0
    private var depth = 0

    static func read(_ text: [UInt8]) throws(JSONError) -> JSONValue {
        var reader = JSONReader(text: text)
        let value = try reader.readValue()
        reader.skipWhitespace()
        if let byte = reader.peek { throw reader.error(.unexpectedByte(byte)) }
        return value
    }

    private init(text: [UInt8]) { self.text = text }

    private mutating func readValue() throws(JSONError) -> JSONValue {
        skipWhitespace()
        switch peek {
        case UInt8(ascii: "{"): return try readObject()
        case UInt8(ascii: "["): return try readArray()
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: return try readNumber()
        }
    }

    private mutating func readObject() throws(JSONError) -> JSONValue {
        try descend()
        defer { depth -= 1 }
        var members: [String: JSONValue] = [:]
        skipWhitespace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipWhitespace()
            let start = position
            let name = try readString()
            skipWhitespace()
            try expect(UInt8(ascii: ":"))
            let value = try readValue()
            guard members.updateValue(value, forKey: name) == nil else {
                throw JSONError(reason: .duplicateMember(name), position: start)
            }
            skipWhitespace()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        return .object(members)
    }

    private mutating func readArray() throws(JSONError) -> JSONValue {
        try descend()
        defer { depth -= 1 }
        var elements: [JSONValue] = []
        skipWhitespace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            elements.append(try readValue())
            skipWhitespace()
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return .array(elements)
    }

    /// Steps over the bracket and into the container that it opens.
    private mutating func descend() throws(JSONError) {
        guard depth < Self.depthLimit else { throw error(.nestedTooDeeply(limit: Self.depthLimit)) }
        depth += 1
        position += 1
    }

    private mutating func readWord(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            try expect(word.utf8Start[offset])
        }
        return value
    }
}

// MARK: - Numbers

extension JSONReader {
    private mutating func readNumber() throws(JSONError) -> JSONValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            // JSON knows no leading zeros; a digit here is found by whoever reads on.
        } else {
            try readDigits()
        }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try readDigits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try readDigits()
        }
        let digits = String(decoding: text[start..<position], as: UTF8.self)
        if isInteger, let integer = Int64(digits) { return .integer(integer) }
        guard let number = Double(digits), number.isFinite else {
            throw JSONError(reason: .numberOutOfRange, position: start)
        }
        return .number(number)
    }

    private mutating func readDigits() throws(JSONError) {
        let start = position
        while let byte = peek, UInt8(ascii: "0") <= byte, byte <= UInt8(ascii: "9") { position += 1 }
        if position == start { throw unexpected }
    }
}

// MARK: - Strings

extension JSONReader {
    private mutating func readString() throws(JSONError) -> String {
        try expect(UInt8(ascii: "\""))
        var unescaped: [UInt8] = []
        let start = position
        var plainStart = position
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                // Most strings hold no escape and need no second buffer.
                let plain = text[plainStart..<position]
                let string =
                    unescaped.isEmpty
                    ? String(validating: plain, as: UTF8.self)
                    : String(validating: unescaped + plain, as: UTF8.self)
                guard let string else { throw JSONError(reason: .invalidUTF8, position: start) }
                position += 1
                return string
            case UInt8(ascii: "\\"):
                unescaped += text[plainStart..<position]
                position += 1
                unescaped += try readEscape().utf8
                plainStart = position
            case 0:
                throw error(.nullCharacter)
            case 1..<0x20:
                throw unexpected
            default:
                position += 1
            }
        }
        throw unexpected
    }

    /// What follows a backslash.
    private mutating func readEscape() throws(JSONError) -> String {
        guard let byte = peek else { throw unexpected }
        let character: String
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): character = String(UnicodeScalar(byte))
        case UInt8(ascii: "b"): character = "\u{8}"
        case UInt8(ascii: "f"): character = "\u{C}"
        case UInt8(ascii: "n"): character = "\n"
        case UInt8(ascii: "r"): character = "\r"
        case UInt8(ascii: "t"): character = "\t"
        case UInt8(ascii: "u"): return try readUnicodeEscape()
        default: throw unexpected
        }
        position += 1
        return character
    }

    /// `uXXXX`, or `uXXXX\uXXXX` for a character outside the basic plane.
    private mutating func readUnicodeEscape() throws(JSONError) -> String {
        let start = position
        let unit = try readCodeUnit()
        if unit == 0 { throw JSONError(reason: .nullCharacter, position: start) }
        var units = [unit]
        if UTF16.isLeadSurrogate(unit), take(UInt8(ascii: "\\")) {
            units.append(try readCodeUnit())
        }
        guard let character = String(validating: units, as: UTF16.self) else {
            throw JSONError(reason: .unpairedSurrogate, position: start)
        }
        return character
    }

    /// `u` and four hexadecimal digits.
    private mutating func readCodeUnit() throws(JSONError) -> UInt16 {
        try expect(UInt8(ascii: "u"))
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(UnicodeScalar(byte)).hexDigitValue else { throw unexpected }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}

// MARK: - Bytes

extension JSONReader {
    private var peek: UInt8? {
        position < text.count ? text[position] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard take(byte) else { throw unexpected }
    }

    private mutating func skipWhitespace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private var unexpected: JSONError {
        error(peek.map(JSONError.Reason.unexpectedByte) ?? .unexpectedEnd)
    }

    private func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason: reason, position: position)
    }
}
