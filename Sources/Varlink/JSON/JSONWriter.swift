/// Writes JSON text straight into one buffer.
///
/// Containers are closed as late as possible: when something is written into one further out. So an
/// encoder may hand out any number of nested containers, as long as it fills them one after the other.
final class JSONWriter {
    /// A container in the text: its place among the open ones, and a number that no other one has.
    struct Container {
        fileprivate let depth: Int
        fileprivate let number: Int
    }

    private struct OpenContainer {
        let number: Int
        let closingBracket: UInt8
        var isEmpty = true
    }

    private var bytes: [UInt8] = []
    private var open: [OpenContainer] = []
    private var containerCount = 0
    /// The first thing that went wrong where `Encoder` lets nobody throw.
    private var failure: EncodingError?

    /// The text, with everything closed.
    func finish() throws -> [UInt8] {
        close(downTo: 0)
        if let failure { throw failure }
        return bytes
    }

    /// Writes a whole value where the text now stands.
    func write<Value: Encodable>(_ value: Value, at path: CodingPath) throws {
        // Lists of text are what long replies are made of; through `Encoder` each element costs several allocations.
        if let strings = value as? [String] { return append(strings, at: path) }
        let depth = open.count
        let start = bytes.count
        try value.encode(to: JSONTextEncoder(writer: self, path: path))
        if bytes.count == start { bytes += "{}".utf8 }
        close(downTo: depth)
    }

    func openObject() -> Container { open(UInt8(ascii: "{"), closedBy: UInt8(ascii: "}")) }
    func openArray() -> Container { open(UInt8(ascii: "["), closedBy: UInt8(ascii: "]")) }

    /// Goes back to `container`, for its next member; the value is to follow.
    func beginMember(_ name: String, of container: Container, at path: @autoclosure () -> CodingPath) {
        beginElement(of: container, at: path())
        append(name, at: path())
        bytes.append(UInt8(ascii: ":"))
    }

    /// Goes back to `container`, for its next element; the value is to follow.
    func beginElement(of container: Container, at path: @autoclosure () -> CodingPath) {
        guard container.depth < open.count, open[container.depth].number == container.number else {
            fail(container.number, at: path(), "encoded into a container after the next one was begun")
            return
        }
        close(downTo: container.depth + 1)
        if !open[container.depth].isEmpty { bytes.append(UInt8(ascii: ",")) }
        open[container.depth].isEmpty = false
    }

    private func open(_ bracket: UInt8, closedBy closingBracket: UInt8) -> Container {
        bytes.append(bracket)
        containerCount += 1
        open.append(OpenContainer(number: containerCount, closingBracket: closingBracket))
        return Container(depth: open.count - 1, number: containerCount)
    }

    private func close(downTo depth: Int) {
        while open.count > depth { bytes.append(open.removeLast().closingBracket) }
    }

    private func fail(_ value: Any, at path: CodingPath, _ reason: String) {
        let context = EncodingError.Context(codingPath: path.keys, debugDescription: reason)
        failure = failure ?? .invalidValue(value, context)
    }
}

// MARK: - Scalars

extension JSONWriter {
    func appendNull() { bytes += "null".utf8 }
    func append(_ value: Bool) { bytes += (value ? "true" : "false").utf8 }
    func append(_ value: some FixedWidthInteger) { bytes += String(value).utf8 }

    func append(_ value: Double, at path: @autoclosure () -> CodingPath) {
        guard value.isFinite else { return fail(value, at: path(), "not a finite number") }
        bytes += value.description.utf8
    }

    private func append(_ strings: [String], at path: CodingPath) {
        bytes.append(UInt8(ascii: "["))
        for (index, string) in strings.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(string, at: .step(path, MemberKey(index: index)))
        }
        bytes.append(UInt8(ascii: "]"))
    }

    func append(_ string: String, at path: @autoclosure () -> CodingPath) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            bytes += string.utf8
            return
        }
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += "\\\"".utf8
            case UInt8(ascii: "\\"): bytes += "\\\\".utf8
            case UInt8(ascii: "\n"): bytes += "\\n".utf8
            case UInt8(ascii: "\t"): bytes += "\\t".utf8
            case UInt8(ascii: "\r"): bytes += "\\r".utf8
            case 0: fail(string, at: path(), "U+0000 in a string")
            case 1..<0x20: bytes += "\\u00\(byte < 0x10 ? "0" : "1")\(String(byte & 0xF, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
    }
}
