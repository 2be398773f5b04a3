/// Reads a zone file (TZif, RFC 9636): the block with 64-bit times where there is one, and the footer after it.
///
/// Nothing is read or reserved before the bytes that it takes were seen to be there, so no file can crash it,
/// and none makes it use more than a small multiple of its own size.
struct TZifParser {
    /// What was not read yet.
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    mutating func parse() throws(TZifError) -> ZoneRules {
        let header = try TZifHeader(take(TZifHeader.size))
        let firstBlock = try take(header.blockSize(timeSize: 4))
        guard header.version > 1 else {
            let block = TZifBlock(header: header, timeSize: 4, bytes: firstBlock)
            return ZoneRules(changes: try block.transitions(), types: try block.periodTypes(), rule: nil)
        }
        let secondHeader = try TZifHeader(take(TZifHeader.size))
        let block = TZifBlock(
            header: secondHeader, timeSize: 8, bytes: try take(secondHeader.blockSize(timeSize: 8)))
        return ZoneRules(changes: try block.transitions(), types: try block.periodTypes(), rule: try footer())
    }

    private mutating func take(_ count: Int) throws(TZifError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .truncated }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// The rule between two newlines at the end; an empty one says that nothing is known.
    private mutating func footer() throws(TZifError) -> PosixRule? {
        guard !rest.isEmpty else { return nil }
        let newline = UInt8(ascii: "\n")
        guard try take(1).first == newline, let end = rest.firstIndex(of: newline) else { throw .truncated }
        let text = rest[..<end]
        guard !text.isEmpty else { return nil }
        guard let rule = PosixRule(footer: text) else { throw .malformedFooter(String(decoding: text, as: UTF8.self)) }
        return rule
    }
}

/// One data block of a zone file (RFC 9636 §3.2).
///
/// Leap seconds are passed over: the times of the files that have any ("right/") count them, ours do not.
struct TZifBlock {
    let header: TZifHeader
    /// Bytes of a transition time: 4 or 8.
    let timeSize: Int
    /// As many as the header says.
    let bytes: ArraySlice<UInt8>

    /// In seconds since 1970-01-01T00:00:00Z, strictly increasing.
    func transitions() throws(TZifError) -> [Int64] {
        var times: [Int64] = []
        times.reserveCapacity(header.transitions)
        for index in 0..<header.transitions {
            let time =
                timeSize == 8
                ? bytes.bigEndian(Int64.self, at: index * 8) : Int64(bytes.bigEndian(Int32.self, at: index * 4))
            if let last = times.last, last >= time { throw .transitionsOutOfOrder(transition: index) }
            times.append(time)
        }
        return times
    }

    /// The local time type before the first transition, and from each of them on.
    func periodTypes() throws(TZifError) -> [LocalTimeType] {
        let types = try localTimeTypes()
        // Before the first transition the first type holds (RFC 9636 §3.2).
        guard let first = types.first else { throw .noLocalTimeType }
        var periods = [first]
        periods.reserveCapacity(header.transitions + 1)
        for index in 0..<header.transitions {
            let type = Int(bytes[bytes.startIndex + header.transitions * timeSize + index])
            guard types.indices.contains(type) else { throw .unknownLocalTimeType(transition: index) }
            periods.append(types[type])
        }
        return periods
    }

    private func localTimeTypes() throws(TZifError) -> [LocalTimeType] {
        var types: [LocalTimeType] = []
        // Transitions name types by one byte; a file that has more of them can have no use for the rest.
        for index in 0..<min(header.types, 256) {
            let record = header.transitions * (timeSize + 1) + index * 6
            let seconds = Int(bytes.bigEndian(Int32.self, at: record))
            guard Offset.allowedSeconds.contains(seconds) else { throw .offsetOutOfRange(seconds: seconds) }
            types.append(
                LocalTimeType(
                    offset: Offset(secondsEastOfUTC: seconds),
                    isDaylightSaving: bytes[bytes.startIndex + record + 4] != 0,
                    abbreviation: try abbreviation(ofType: index, at: bytes[bytes.startIndex + record + 5])))
        }
        return types
    }

    private func abbreviation(ofType type: Int, at index: UInt8) throws(TZifError) -> String {
        let names = bytes.dropFirst(header.transitions * (timeSize + 1) + header.types * 6)
            .prefix(header.abbreviationBytes)
        let name = names.dropFirst(Int(index)).prefix(TZifBlock.longestAbbreviation + 1)
        guard let end = name.firstIndex(of: 0) else { throw .malformedAbbreviation(type: type) }
        return String(decoding: name[..<end], as: UTF8.self)
    }

    /// Far more than any has; a bound because each type copies its own.
    private static let longestAbbreviation = 63
}
