/// The standard library's view of a `JSONWriter`.
struct JSONTextEncoder: Encoder {
    let writer: JSONWriter
    let path: CodingPath
    let userInfo: [CodingUserInfoKey: Any] = [:]
    /// The object that this encoder opened, if any: asked for again, it is handed out again,
    /// so that a value may add members to those of another (`try base.encode(to: encoder)`).
    private let object = OpenObject()

    private final class OpenObject {
        var container: JSONWriter.Container?
    }

    init(writer: JSONWriter, path: CodingPath) {
        self.writer = writer
        self.path = path
    }

    var codingPath: [any CodingKey] { path.keys }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let container = object.container ?? writer.openObject()
        object.container = container
        return KeyedEncodingContainer(JSONObjectEncoding<Key>(writer: writer, container: container, path: path))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONArrayEncoding(writer: writer, container: writer.openArray(), path: path)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONScalarEncoding(writer: writer, path: path)
    }
}

private struct JSONObjectEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: JSONWriter
    let container: JSONWriter.Container
    let path: CodingPath

    var codingPath: [any CodingKey] { path.keys }

    private func begin(_ key: Key) -> JSONWriter {
        writer.beginMember(key.stringValue, of: container, at: .step(path, key))
        return writer
    }

    func encodeNil(forKey key: Key) throws { begin(key).appendNull() }
    func encode(_ value: Bool, forKey key: Key) throws { begin(key).append(value) }
    func encode(_ value: String, forKey key: Key) throws { begin(key).append(value, at: .step(path, key)) }
    func encode(_ value: Double, forKey key: Key) throws { begin(key).append(value, at: .step(path, key)) }
    func encode(_ value: Float, forKey key: Key) throws { begin(key).append(Double(value), at: .step(path, key)) }
    func encode(_ value: Int, forKey key: Key) throws { begin(key).append(value) }
    func encode(_ value: Int8, forKey key: Key) throws { begin(key).append(value) }
    func encode(_ value: Int16, forKey key: Key) throws { begin(key).append(value) }
    func encode(_ value: Int32, forKey key: Key) throws { begin(key).append(value) }
    func encode(_ value: Int64, forKey key: Key) throws { begin(key).append(value) }
    func encode(_ value: UInt, forKey key: Key) throws { begin(key).append(value) }
    func encode(_ value: UInt8, forKey key: Key) throws { begin(key).append(value) }
    func encode(_ value: UInt16, forKey key: Key) throws { begin(key).append(value) }
    func encode(_ value: UInt32, forKey key: Key) throws { begin(key).append(value) }
    func encode(_ value: UInt64, forKey key: Key) throws { begin(key).append(value) }
    func encode(_ value: some Encodable, forKey key: Key) throws { try begin(key).write(value, at: .step(path, key)) }

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
        let path = CodingPath.step(path, key)
        writer.beginMember(key.stringValue, of: container, at: path)
        return JSONTextEncoder(writer: writer, path: path)
    }
}

private struct JSONArrayEncoding: UnkeyedEncodingContainer {
    let writer: JSONWriter
    let container: JSONWriter.Container
    let path: CodingPath
    private(set) var count = 0

    init(writer: JSONWriter, container: JSONWriter.Container, path: CodingPath) {
        self.writer = writer
        self.container = container
        self.path = path
    }

    var codingPath: [any CodingKey] { path.keys }

    private mutating func begin() -> JSONScalarEncoding {
        let path = CodingPath.step(path, MemberKey(index: count))
        writer.beginElement(of: container, at: path)
        count += 1
        return JSONScalarEncoding(writer: writer, path: path)
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
        JSONTextEncoder(writer: writer, path: begin().path)
    }
}

private struct JSONScalarEncoding: SingleValueEncodingContainer {
    let writer: JSONWriter
    let path: CodingPath

    var codingPath: [any CodingKey] { path.keys }

    func encodeNil() { writer.appendNull() }
    func encode(_ value: Bool) { writer.append(value) }
    func encode(_ value: String) { writer.append(value, at: path) }
    func encode(_ value: Double) { writer.append(value, at: path) }
    func encode(_ value: Float) { writer.append(Double(value), at: path) }
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
    func encode(_ value: some Encodable) throws { try writer.write(value, at: path) }
}
