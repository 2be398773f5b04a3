/// The standard library's view of a `JSONWriter`.
struct JSONTextEncoder: Encoder {
    let writer: JSONWriter
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]
    /// The object that this encoder opened, if any: asked for again, it is handed out again,
    /// so that a value may add members to those of another (`try base.encode(to: encoder)`).
    private let object = OpenObject()

    private final class OpenObject {
        var container: JSONWriter.Container?
    }

    init(writer: JSONWriter, codingPath: [any CodingKey]) {
        self.writer = writer
        self.codingPath = codingPath
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let container = object.container ?? writer.openObject()
        object.container = container
        return KeyedEncodingContainer(
            JSONObjectEncoding<Key>(writer: writer, container: container, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONArrayEncoding(writer: writer, container: writer.openArray(), codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONScalarEncoding(writer: writer, codingPath: codingPath)
    }
}

private struct JSONObjectEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: JSONWriter
    let container: JSONWriter.Container
    let codingPath: [any CodingKey]

    private func begin(_ key: some CodingKey) -> JSONScalarEncoding {
        let path = codingPath + [key]
        writer.beginMember(key.stringValue, of: container, at: path)
        return JSONScalarEncoding(writer: writer, codingPath: path)
    }

    func encodeNil(forKey key: Key) throws { begin(key).encodeNil() }
    func encode(_ value: Bool, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: String, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: Double, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: Float, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: Int, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: Int8, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: Int16, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: Int32, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: Int64, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: UInt, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: UInt8, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: UInt16, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: UInt32, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: UInt64, forKey key: Key) throws { begin(key).encode(value) }
    func encode(_ value: some Encodable, forKey key: Key) throws { try begin(key).encode(value) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        superEncoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        superEncoder(forKey: key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder(at: MemberKey("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { encoder(at: key) }

    private func encoder(at key: some CodingKey) -> JSONTextEncoder {
        JSONTextEncoder(writer: writer, codingPath: begin(key).codingPath)
    }
}

private struct JSONArrayEncoding: UnkeyedEncodingContainer {
    let writer: JSONWriter
    let container: JSONWriter.Container
    let codingPath: [any CodingKey]
    private(set) var count = 0

    init(writer: JSONWriter, container: JSONWriter.Container, codingPath: [any CodingKey]) {
        self.writer = writer
        self.container = container
        self.codingPath = codingPath
    }

    private mutating func begin() -> JSONScalarEncoding {
        let path = codingPath + [MemberKey(index: count)]
        writer.beginElement(of: container, at: path)
        count += 1
        return JSONScalarEncoding(writer: writer, codingPath: path)
    }

    mutating func encodeNil() throws { begin().encodeNil() }
    mutating func encode(_ value: some Encodable) throws { try begin().encode(value) }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        superEncoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        superEncoder().unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        JSONTextEncoder(writer: writer, codingPath: begin().codingPath)
    }
}

private struct JSONScalarEncoding: SingleValueEncodingContainer {
    let writer: JSONWriter
    let codingPath: [any CodingKey]

    func encodeNil() { writer.appendNull() }
    func encode(_ value: Bool) { writer.append(value) }
    func encode(_ value: String) { writer.append(value, at: codingPath) }
    func encode(_ value: Double) { writer.append(value, at: codingPath) }
    func encode(_ value: Float) { writer.append(Double(value), at: codingPath) }
    func encode(_ value: Int) { writer.append(value) }
    func encode(_ value: Int8) { writer.append(value) }
    func encode(_ value: Int16) { writer.append(value) }
    func encode(_ value: Int32) { writer.append(value) }
    func encode(_ value: Int64) { writer.append(value) }
    func encode(_ value: UInt) { writer.append(value) }
    func encode(_ value: UInt8) { writer.append(value) }
    func encode(_ value: UInt16) { writer.append(value) }
    func encode(_ value: UInt32) { writer.append(value) }
    func encode(_ value: UInt64) { writer.append(value) }
    func encode(_ value: some Encodable) throws { try writer.write(value, at: codingPath) }
}
