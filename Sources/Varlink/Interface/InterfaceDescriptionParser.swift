/// Reads interface definition language, by recursive descent (varlink.org, "Interface Definition").
///
/// Lines end in LF alone, as not every reader of the language knows CRLF.
struct InterfaceDescriptionParser {
    struct Members {
        var name = ""
        var types: [InterfaceDescription.TypeAlias] = []
        var methods: [InterfaceDescription.Method] = []
        var errors: [InterfaceDescription.ErrorCase] = []
    }

    typealias Field = InterfaceDescription.Field
    typealias FieldType = InterfaceDescription.FieldType

    private let text: [UInt8]
    private var position = 0
    private var depth = 0
    private var members = Members()
    private var declared: Set<String> = []
    /// The types used, and where: they may be declared later.
    private var used: [(name: String, position: Int)] = []

    /// No type that people read nests so deeply.
    private static let depthLimit = 32

    init(text: String) { self.text = Array(text.utf8) }

    mutating func parse() throws(InterfaceDescriptionError) -> Members {
        skipBlank()
        try expectWord("interface")
        try skipRequiredBlank()
        members.name = try readInterfaceName()
        skipBlank()
        while position < text.count {
            try readMember()
            skipBlank()
        }
        for use in used where !members.types.contains(where: { $0.name == use.name }) {
            throw error("the type '\(use.name)' is not declared", at: use.position)
        }
        return members
    }

    private mutating func readMember() throws(InterfaceDescriptionError) {
        let start = position
        let keyword = readWord()
        guard ["type", "method", "error"].contains(keyword) else {
            throw error("'type', 'method' or 'error' expected", at: start)
        }
        try skipRequiredBlank()
        let name = try readDeclaredName()
        skipBlank()
        switch keyword {
        case "type":
            members.types.append(.init(name: name, type: try readStructureOrEnumeration()))
        case "method":
            let parameters = try readStructure()
            skipBlank()
            try expect("->")
            skipBlank()
            members.methods.append(.init(name: name, parameters: parameters, reply: try readStructure()))
        default:
            members.errors.append(.init(name: name, parameters: try readStructure()))
        }
    }
}

// MARK: - Types

extension InterfaceDescriptionParser {
    private mutating func readStructure() throws(InterfaceDescriptionError) -> [Field] {
        let start = position
        guard case .structure(let fields) = try readStructureOrEnumeration() else {
            throw error("a structure expected, not an enumeration", at: start)
        }
        return fields
    }

    /// `(name: type, …)` or `(name, …)`; the first entry decides which.
    private mutating func readStructureOrEnumeration() throws(InterfaceDescriptionError) -> FieldType {
        try expect("(")
        skipBlank()
        if take(")") { return .structure([]) }

        var fields: [Field] = []
        var values: [String] = []
        var names: Set<String> = []
        repeat {
            skipBlank()
            let start = position
            let name = try readFieldName()
            guard names.insert(name).inserted else { throw error("'\(name)' for the second time", at: start) }
            skipBlank()
            if values.isEmpty, take(":") {
                skipBlank()
                fields.append(Field(name: name, type: try readType()))
            } else if fields.isEmpty {
                values.append(name)
            } else {
                throw error("':' expected")
            }
            skipBlank()
        } while take(",")
        try expect(")")
        return values.isEmpty ? .structure(fields) : .enumeration(values)
    }

    private mutating func readType() throws(InterfaceDescriptionError) -> FieldType {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.depthLimit { throw error("more than \(Self.depthLimit) types inside one another") }
        if take("?") {
            if peek == UInt8(ascii: "?") { throw error("a second '?'") }
            return .optional(try readType())
        }
        if take("[]") { return .array(try readType()) }
        if take("[string]") { return .map(try readType()) }
        return try readPlainType()
    }

    private mutating func readPlainType() throws(InterfaceDescriptionError) -> FieldType {
        if peek == UInt8(ascii: "(") { return try readStructureOrEnumeration() }
        let start = position
        let word = readWord()
        switch word {
        case "bool": return .bool
        case "int": return .int
        case "float": return .float
        case "string": return .string
        case "object": return .object
        default: break
        }
        guard isTypeName(word) else { throw error("a type expected", at: start) }
        used.append((word, start))
        return .named(word)
    }
}

// MARK: - Names

extension InterfaceDescriptionParser {
    /// Two labels or more, of lower-case or upper-case letters, digits, and hyphens inside.
    private mutating func readInterfaceName() throws(InterfaceDescriptionError) -> String {
        let start = position
        position = text[position...].firstIndex { !isAlphanumeric($0) && !"-.".utf8.contains($0) } ?? text.count
        let name = String(decoding: text[start..<position], as: UTF8.self)
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let areSound = labels.allSatisfy { !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
        guard labels.count >= 2, areSound, let first = name.utf8.first, isLetter(first) else {
            throw error("an interface name such as org.example.Interface expected", at: start)
        }
        return name
    }

    private mutating func readDeclaredName() throws(InterfaceDescriptionError) -> String {
        let start = position
        let name = readWord()
        guard isTypeName(name) else { throw error("a name expected that begins with a capital", at: start) }
        guard declared.insert(name).inserted else { throw error("'\(name)' for the second time", at: start) }
        return name
    }

    /// Letters and digits, single underscores inside.
    private mutating func readFieldName() throws(InterfaceDescriptionError) -> String {
        let start = position
        let name = readWord()
        let parts = name.split(separator: "_", omittingEmptySubsequences: false)
        guard let first = name.utf8.first, isLetter(first), parts.allSatisfy({ !$0.isEmpty }) else {
            throw error("a field's name expected", at: start)
        }
        return name
    }

    private func isTypeName(_ word: String) -> Bool {
        guard let first = word.utf8.first else { return false }
        return UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first && word.utf8.allSatisfy(isAlphanumeric)
    }
}

// MARK: - Bytes

extension InterfaceDescriptionParser {
    private var peek: UInt8? { position < text.count ? text[position] : nil }

    private mutating func take(_ token: String) -> Bool {
        guard text[position...].starts(with: token.utf8) else { return false }
        position += token.utf8.count
        return true
    }

    private mutating func expect(_ token: String) throws(InterfaceDescriptionError) {
        guard take(token) else { throw error("'\(token)' expected") }
    }

    private mutating func expectWord(_ word: String) throws(InterfaceDescriptionError) {
        let start = position
        guard readWord() == word else { throw error("'\(word)' expected", at: start) }
    }

    private mutating func readWord() -> String {
        let start = position
        position = text[position...].firstIndex { !isAlphanumeric($0) && $0 != UInt8(ascii: "_") } ?? text.count
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    /// Spaces, tabs, newlines, and comments to the end of their line.
    private mutating func skipBlank() {
        while let byte = peek {
            if byte == UInt8(ascii: "#") {
                position = text[position...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
            } else if byte == 0x20 || byte == 0x09 || byte == 0x0A {
                position += 1
            } else {
                return
            }
        }
    }

    private mutating func skipRequiredBlank() throws(InterfaceDescriptionError) {
        let start = position
        skipBlank()
        if position == start { throw error("a space expected") }
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    }

    private func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLetter(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private func error(_ reason: String, at place: Int? = nil) -> InterfaceDescriptionError {
        let before = text[..<(place ?? position)]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return InterfaceDescriptionError(line: line, column: before.count - lineStart + 1, reason: reason)
    }
}
