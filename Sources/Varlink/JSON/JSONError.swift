/// Why a text is not JSON that a Varlink message may hold.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was found.
    public enum Reason: Hashable, Sendable {
        case unexpectedEnd
        case unexpectedByte(UInt8)
        case invalidUTF8
        /// U+0000, which no C program on the other side could hold.
        case nullCharacter
        case unpairedSurrogate
        case numberOutOfRange
        case duplicateMember(String)
        case nestedTooDeeply(limit: Int)
    }

    public let reason: Reason
    /// Where, in bytes from the beginning of the text.
    public let position: Int

    public var description: String {
        switch reason {
        case .unexpectedEnd: "byte \(position): the text ends here, but the value does not"
        case .unexpectedByte(let byte): "byte \(position): 0x\(String(byte, radix: 16)) cannot stand here"
        case .invalidUTF8: "byte \(position): not valid UTF-8"
        case .nullCharacter: "byte \(position): U+0000 in a string"
        case .unpairedSurrogate: "byte \(position): half of a surrogate pair"
        case .numberOutOfRange: "byte \(position): a number too large for a 64-bit float"
        case .duplicateMember(let name): "byte \(position): the member '\(name)' for the second time"
        case .nestedTooDeeply(let limit): "byte \(position): more than \(limit) values inside one another"
        }
    }
}
