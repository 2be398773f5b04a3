/// JSON text of a value, with the members in the order in which the value encodes them.
public struct JSONText: Hashable, Sendable, CustomStringConvertible {
    /// UTF-8, without a byte 0 and without a newline.
    public let bytes: [UInt8]

    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes down what `value` encodes.
    ///
    /// Throws what the value's `encode(to:)` throws, and `EncodingError` for what a Varlink message
    /// cannot hold: a number that is not finite, and U+0000 in a string.
    public init(encoding value: some Encodable) throws {
        let writer = JSONWriter()
        try writer.write(value, at: .root)
        bytes = try writer.finish()
    }
}
