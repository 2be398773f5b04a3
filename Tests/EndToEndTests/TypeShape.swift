import Varlink

/// What a type looks like on the wire: found in a description, or by letting a Swift type decode itself.
indirect enum TypeShape: Hashable {
    case bool, int, float, string, object
    case optional(TypeShape)
    case array(TypeShape)
    case map(TypeShape)
    case enumeration([String])
    case structure([Member])

    struct Member: Hashable, CustomStringConvertible {
        let name: String
        let shape: TypeShape

        var description: String { "\(name): \(shape)" }
    }

    /// What a description says, with its named types written out.
    init(_ type: InterfaceDescription.FieldType, in interface: InterfaceDescription) {
        switch type {
        case .bool: self = .bool
        case .int: self = .int
        case .float: self = .float
        case .string: self = .string
        case .object: self = .object
        case .optional(let wrapped): self = .optional(TypeShape(wrapped, in: interface))
        case .array(let element): self = .array(TypeShape(element, in: interface))
        case .map(let element): self = .map(TypeShape(element, in: interface))
        case .enumeration(let values): self = .enumeration(values)
        case .structure(let fields): self = TypeShape(fields, in: interface)
        case .named(let name):
            let alias = interface.types.first { $0.name == name }
            self = alias.map { TypeShape($0.type, in: interface) } ?? .object
        }
    }

    init(_ fields: [InterfaceDescription.Field], in interface: InterfaceDescription) {
        self = .structure(fields.map { Member(name: $0.name, shape: TypeShape($0.type, in: interface)) })
    }

    /// What a Swift type reads when it decodes itself.
    init<Value: Decodable>(of type: Value.Type) throws {
        self = try TypeProbe.decode(type).shape
    }
}

/// A decoder that has an answer to whatever it is asked, and remembers the questions.
private final class TypeProbe: Decoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    fileprivate var members: [TypeShape.Member] = []

    struct Unexpected: Error {
        let question: String
    }

    static func decode<Value: Decodable>(_ type: Value.Type) throws -> (shape: TypeShape, value: Value) {
        let simple: (TypeShape, Any)? =
            switch type {
            case is Bool.Type: (.bool, false)
            case is Int.Type: (.int, 0)
            case is Double.Type: (.float, 0.0)
            case is String.Type: (.string, "")
            case is [String: String].Type: (.map(.string), [String: String]())
            case let list as any ProbedArray.Type: (.array(try list.elementShape()), [Any]())
            case let enumeration as any CaseIterable.Type: probe(enumeration)
            default: nil
            }
        if let (shape, value) = simple {
            guard let value = value as? Value else { throw Unexpected(question: "\(type)") }
            return (shape, value)
        }
        let probe = TypeProbe()
        let value = try Value(from: probe)
        return (.structure(probe.members), value)
    }

    private static func probe<Enumeration: CaseIterable>(_ type: Enumeration.Type) -> (TypeShape, Any)? {
        type.allCases.first.map { (.enumeration(type.allCases.map { "\($0)" }), $0) }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Members<Key>(probe: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Unexpected(question: "an array") }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Unexpected(question: "a value") }

    private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let probe: TypeProbe
        let codingPath: [any CodingKey] = []
        let allKeys: [Key] = []

        func contains(_ key: Key) -> Bool { true }

        func decodeNil(forKey key: Key) -> Bool { false }

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            let (shape, value) = try TypeProbe.decode(type)
            probe.members.append(.init(name: key.stringValue, shape: shape))
            return value
        }

        func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
            let shape = try TypeProbe.decode(type).shape
            probe.members.append(.init(name: key.stringValue, shape: .optional(shape)))
            return nil
        }

        // The compiler asks for these by themselves.
        func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? { note(.bool, key) }
        func decodeIfPresent(_ type: Int.Type, forKey key: Key) -> Int? { note(.int, key) }
        func decodeIfPresent(_ type: String.Type, forKey key: Key) -> String? { note(.string, key) }

        private func note<Value>(_ shape: TypeShape, _ key: Key) -> Value? {
            probe.members.append(.init(name: key.stringValue, shape: .optional(shape)))
            return nil
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> { throw Unexpected(question: key.stringValue) }

        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            throw Unexpected(question: key.stringValue)
        }

        func superDecoder() throws -> any Decoder { throw Unexpected(question: "super") }

        func superDecoder(forKey key: Key) throws -> any Decoder { throw Unexpected(question: key.stringValue) }
    }
}

private protocol ProbedArray {
    static func elementShape() throws -> TypeShape
}

extension Array: ProbedArray where Element: Decodable {
    fileprivate static func elementShape() throws -> TypeShape { try TypeShape(of: Element.self) }
}
