/// The standard library's view of a `JSONValue`.
///
/// It remembers which members of an object were asked for, so that those which nobody knows can be refused.
final class JSONValueDecoder: Decoder {
    let value: JSONValue
    private let path: CodingPath
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private let unknownMembers: JSONValue.UnknownMembers

    /// The members asked for.
    private var knownMembers: Set<String> = []
    /// Whether somebody took the value as it is, whatever members it has.
    private var isTakenWhole = false
    /// The decoders behind nested containers, which are a part of this value's type.
    private var nested: [JSONValueDecoder] = []

    private init(_ value: JSONValue, at path: CodingPath, unknownMembers: JSONValue.UnknownMembers) {
        self.value = value
        self.path = path
        self.unknownMembers = unknownMembers
    }

    var codingPath: [any CodingKey] { path.keys }

    static func decode<Value: Decodable>(
        _ type: Value.Type, from value: JSONValue, at path: CodingPath, unknownMembers: JSONValue.UnknownMembers
    ) throws -> Value {
        // Text and lists of it are what most messages are made of, and need no decoder of their own.
        if let decoded = simple(value, as: type) { return decoded }
        let decoder = JSONValueDecoder(value, at: path, unknownMembers: unknownMembers)
        let decoded = try Value(from: decoder)
        if unknownMembers == .refused { try decoder.refuseUnknownMembers() }
        return decoded
    }

    /// What a type that is nothing but text decodes to; `nil` where a decoder has to look.
    private static func simple<Value: Decodable>(_ value: JSONValue, as type: Value.Type) -> Value? {
        if type == String.self, case .string(let text) = value { return text as? Value }
        guard type == [String].self, case .array(let elements) = value else { return nil }
        var texts: [String] = []
        texts.reserveCapacity(elements.count)
        for element in elements {
            guard case .string(let text) = element else { return nil }
            texts.append(text)
        }
        return texts as? Value
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch([String: JSONValue].self) }
        return KeyedDecodingContainer(JSONObjectDecoding<Key>(decoder: self, members: members))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch([JSONValue].self) }
        return JSONArrayDecoding(decoder: self, elements: elements)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        JSONScalarDecoding(decoder: self)
    }

    /// The value as it is.
    func takeWhole() -> JSONValue {
        isTakenWhole = true
        return value
    }

    private func refuseUnknownMembers() throws {
        for part in nested { try part.refuseUnknownMembers() }
        guard !isTakenWhole, case .object(let members) = value else { return }
        // The first by name, so that the same call is always refused for the same reason.
        let unknown = members.filter { $0.value != .null && !knownMembers.contains($0.key) }.keys.min()
        if let unknown { throw corrupted("no such member", at: MemberKey(unknown)) }
    }
}

// MARK: - What the containers below ask of it

extension JSONValueDecoder {
    fileprivate func know(_ name: String) {
        if unknownMembers == .refused { knownMembers.insert(name) }
    }

    /// Decodes a part of this value, such as a member.
    fileprivate func decode<Part: Decodable>(
        _ type: Part.Type, from part: JSONValue, at key: any CodingKey
    ) throws -> Part {
        try Self.decode(type, from: part, at: .step(path, key), unknownMembers: unknownMembers)
    }

    /// A decoder for a part of this value that has no type of its own.
    fileprivate func decoder(for part: JSONValue, at key: any CodingKey) -> JSONValueDecoder {
        let decoder = JSONValueDecoder(part, at: .step(path, key), unknownMembers: unknownMembers)
        nested.append(decoder)
        return decoder
    }

    fileprivate func mismatch(_ type: Any.Type) -> DecodingError {
        let context = DecodingError.Context(codingPath: codingPath, debugDescription: "not a \(type)")
        return value == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    fileprivate func corrupted(_ reason: String, at key: any CodingKey) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath + [key], debugDescription: reason))
    }
}

private struct JSONObjectDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: JSONValueDecoder
    let members: [String: JSONValue]

    var codingPath: [any CodingKey] { decoder.codingPath }

    var allKeys: [Key] {
        members.filter { $0.value != .null }.keys.sorted().compactMap(Key.init(stringValue:))
    }

    func contains(_ key: Key) -> Bool {
        decoder.know(key.stringValue)
        return (members[key.stringValue] ?? .null) != .null
    }

    func decodeNil(forKey key: Key) -> Bool { !contains(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try decoder.decode(type, from: member(key), at: key)
    }

    private func member(_ key: some CodingKey) throws -> JSONValue {
        decoder.know(key.stringValue)
        guard let member = members[key.stringValue], member != .null else {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "missing"))
        }
        return member
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try superDecoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try superDecoder(forKey: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        let key = MemberKey("super")
        return decoder.decoder(for: try member(key), at: key)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        decoder.decoder(for: try member(key), at: key)
    }
}

private struct JSONArrayDecoding: UnkeyedDecodingContainer {
    let decoder: JSONValueDecoder
    let elements: [JSONValue]
    private(set) var currentIndex = 0

    init(decoder: JSONValueDecoder, elements: [JSONValue]) {
        self.decoder = decoder
        self.elements = elements
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }
    private var key: MemberKey { MemberKey(index: currentIndex) }

    mutating func decodeNil() -> Bool {
        guard !isAtEnd, elements[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try decoder.decode(type, from: try element(), at: key)
        currentIndex += 1
        return value
    }

    private func element() throws -> JSONValue {
        guard !isAtEnd else { throw decoder.corrupted("no further element", at: key) }
        return elements[currentIndex]
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try superDecoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        let part = decoder.decoder(for: try element(), at: key)
        currentIndex += 1
        return part
    }
}

private struct JSONScalarDecoding: SingleValueDecodingContainer {
    let decoder: JSONValueDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.value == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let value) = decoder.value else { throw decoder.mismatch(type) }
        return value
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let value) = decoder.value else { throw decoder.mismatch(type) }
        return value
    }

    func decode(_ type: Double.Type) throws -> Double {
        switch decoder.value {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        default: throw decoder.mismatch(type)
        }
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

    /// Languages whose numbers are all floats write `1.0`; that is an integer too.
    private func integer<Integer: FixedWidthInteger>() throws -> Integer {
        let integer: Integer? =
            switch decoder.value {
            case .integer(let value): Integer(exactly: value)
            case .number(let value): Integer(exactly: value)
            default: nil
            }
        guard let integer else { throw decoder.mismatch(Integer.self) }
        return integer
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try Value(from: decoder)
    }
}
