internal import Glibc

/// The files of a zoneinfo directory, and which names may lead to one.
enum ZoneFile {
    /// The largest of tzdata's has less than 4 KiB.
    static let sizeLimit = 1 << 20

    /// Whether a name is spelled like one of tzdb's, so that it leads to nothing outside the directory.
    ///
    /// tzdb's own rule (its `theory.html`): parts of ASCII letters, digits, `.`, `-`, `+` and `_`, parted by `/`.
    static func isValidName(_ name: String) -> Bool {
        guard name.utf8.count <= 255 else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && !part.hasPrefix("-") && part.utf8.allSatisfy(isNameByte)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The bytes of a zone's file; `nil` where the name is none, or the file is no zone file.
    static func contents(of name: String, in directory: String) -> [UInt8]? {
        guard isValidName(name),
            let bytes = LinuxTime.contents(ofFile: "\(directory)/\(name)", limit: sizeLimit),
            bytes.starts(with: magic)
        else { return nil }
        return bytes
    }

    /// Whether there is a zone file of that name.
    static func exists(_ name: String, in directory: String) -> Bool {
        contents(of: name, in: directory) != nil
    }

    /// How every TZif file begins (RFC 9636 §3.1).
    private static let magic = Array("TZif".utf8)
}
