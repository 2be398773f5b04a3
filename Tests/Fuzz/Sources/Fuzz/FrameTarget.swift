import Varlink

/// What comes from a socket: frames, and the JSON in them.
enum FrameTarget {
    static func read(_ input: [UInt8]) {
        var connection = Connection(callLimit: 4_096)
        // The bytes come in two parts, cut anywhere.
        let cut = input.first.map { Int($0) % input.count } ?? 0
        for part in [input[..<cut], input[cut...]] {
            connection.receive(part)
            _ = try? connection.nextCall()
        }
        if let value = try? JSONValue(json: input) { check(value) }
        if let interface = try? InterfaceDescription(text: String(decoding: input, as: UTF8.self)) {
            _ = interface.name
        }
    }

    /// Written and read again a value is the same.
    private static func check(_ value: JSONValue) {
        guard let text = try? JSONText(encoding: value) else { return }
        precondition((try? JSONValue(json: Array(text.bytes))) == value, "another value when read again")
    }
}
