import ZonedTime

/// A zone file, laid out by hand (RFC 9636 §3).
struct ZoneFile {
    var version = UInt8(ascii: "3")
    var transitions: [(time: Int64, type: UInt8)] = []
    var types: [(offset: Int32, isDaylightSaving: Bool, abbreviation: UInt8)] = [(0, false, 0)]
    var abbreviations = "LMT\0"
    var leapSeconds: [(time: Int64, correction: Int32)] = []
    /// Without its newlines; `nil` for a file that ends before it.
    var footer: String? = ""

    /// A file that says nothing but its footer.
    static func footer(_ text: String) -> ZoneFile {
        ZoneFile(footer: text)
    }

    var bytes: [UInt8] {
        let first = block(timeSize: 4)
        guard version != 0 else { return first }
        return first + block(timeSize: 8) + (footer.map { Array("\n\($0)\n".utf8) } ?? [])
    }

    func zone() throws(TZifError) -> TimeZone {
        try TimeZone(identifier: "Test/Zone", tzif: bytes)
    }

    private func block(timeSize: Int) -> [UInt8] {
        var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
        for count in [0, 0, leapSeconds.count, transitions.count, types.count, abbreviations.utf8.count] {
            bytes += bigEndian(Int64(count), size: 4)
        }
        for transition in transitions { bytes += bigEndian(transition.time, size: timeSize) }
        bytes += transitions.map(\.type)
        for type in types {
            bytes += bigEndian(Int64(type.offset), size: 4) + [type.isDaylightSaving ? 1 : 0, type.abbreviation]
        }
        bytes += abbreviations.utf8
        for leap in leapSeconds {
            bytes += bigEndian(leap.time, size: timeSize) + bigEndian(Int64(leap.correction), size: 4)
        }
        return bytes
    }

    private func bigEndian(_ value: Int64, size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> Int64(8 * (size - 1 - $0))) }
    }
}
