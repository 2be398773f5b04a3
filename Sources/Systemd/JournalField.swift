/// A field of a journal entry: a name that journald accepts, and a text without U+0000.
public struct JournalField: Hashable, Sendable {
    /// 1 to 64 of `A`–`Z`, `0`–`9` and `_`, beginning with a letter.
    public let name: String
    /// Any text, several lines too. (`journalctl -o json` leaves out values above 4 KiB unless `--all` is given.)
    public let value: String

    public init(_ name: String, _ value: String) throws(JournalFieldError) {
        guard JournalField.isValidName(name) else { throw .invalidName(name) }
        guard !JournalField.holds(0, value) else { throw .nullInValue(name: name) }
        self.name = name
        self.value = value
    }

    /// Whether journald keeps a client's field of that name (systemd.journal-fields(7)).
    public static func isValidName(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { bytes in
            guard let first = bytes.first, bytes.count <= 64, isUpperCaseLetter(first) else { return false }
            return bytes.allSatisfy { byte in
                isUpperCaseLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "_")
            }
        }
    }

    private static func holds(_ byte: UInt8, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { $0.contains(byte) }
    }

    private static func isUpperCaseLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    /// Writes `NAME=value⏎`; for several lines the name, a length of 64 bits, least significant byte first, and
    /// the value, each ended by a line feed where no length says so.
    func encode(into bytes: inout [UInt8]) {
        let newline = UInt8(ascii: "\n")
        bytes.append(contentsOf: name.utf8)
        if JournalField.holds(newline, value) {
            bytes.append(newline)
            withUnsafeBytes(of: UInt64(value.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
        } else {
            bytes.append(UInt8(ascii: "="))
        }
        bytes.append(contentsOf: value.utf8)
        bytes.append(newline)
    }
}

/// Why something cannot be a field of a journal entry.
public enum JournalFieldError: Error, Hashable, Sendable {
    /// Not 1 to 64 of `A`–`Z`, `0`–`9` and `_` that begin with a letter.
    case invalidName(String)
    /// The value holds U+0000.
    case nullInValue(name: String)
    case tooManyFields(limit: Int)
}
