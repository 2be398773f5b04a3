/// Any JSON value, for messages whose shape is not known beforehand.
///
/// A number written without fraction and exponent that fits 64 bits is an `integer`,
/// every other one a `number`; the two are never equal. Members of an object have no order.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The member `name` of an object; `nil` if it is missing, `null`, or this is no object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self, let member = members[name], member != .null else { return nil }
        return member
    }

    /// Reads JSON text (RFC 8259).
    ///
    /// Stricter than the RFC where Varlink clients are: no member twice in an object, no U+0000,
    /// no unpaired surrogate, valid UTF-8 only, at most 128 values inside one another.
    public init(json text: [UInt8]) throws(JSONError) {
        self = try JSONReader.read(text)
    }

    /// The value that `value` encodes itself as.
    ///
    /// Throws what the value's `encode(to:)` throws, and `EncodingError` for what JSON cannot hold.
    public init(encoding value: some Encodable) throws {
        self = try JSONValue(json: JSONText(encoding: value).bytes)
    }

    /// Decodes a `Decodable` value from this one.
    ///
    /// A member that is `null` counts as missing. Throws `DecodingError`, whose coding path leads to the culprit.
    public func decode<Value: Decodable>(
        as type: Value.Type, unknownMembers: UnknownMembers = .ignored
    ) throws -> Value {
        try JSONValueDecoder.decode(type, from: self, at: .root, unknownMembers: unknownMembers)
    }

    /// What becomes of members that the decoded type never asked for.
    public enum UnknownMembers: Sendable {
        /// Passed over: right for replies, which a newer service may enrich.
        case ignored
        /// An error: right for calls, where a misspelt wish must not be dropped silently.
        case refused
    }
}

extension JSONValue: Codable {
    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? JSONValueDecoder {
            self = decoder.takeWhole()
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try encode(members, to: encoder)
        }
    }

    /// Sorted by name, so that equal values give equal text.
    private func encode(_ members: [String: JSONValue], to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: MemberKey.self)
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            try container.encode(member, forKey: MemberKey(name))
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Of a name that is written twice the last value counts.
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Dictionary(members, uniquingKeysWith: { $1 }))
    }
}

/// The name of an object's member, or the index of an array's element.
struct MemberKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init(index: Int) {
        stringValue = String(index)
        intValue = index
    }

    init(stringValue: String) { self.init(stringValue) }
    init(intValue: Int) { self.init(index: intValue) }
}
