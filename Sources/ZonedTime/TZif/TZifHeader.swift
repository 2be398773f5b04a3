/// The 44 bytes before each data block: what the block holds, and how many of each (RFC 9636 §3.1).
struct TZifHeader {
    static let size = 44

    /// 1 to 4; what comes after 4 is read like 4.
    let version: Int
    let utIndicators: Int
    let standardIndicators: Int
    let leapSeconds: Int
    let transitions: Int
    let types: Int
    let abbreviationBytes: Int

    /// - Parameter bytes: at least `size` of them.
    init(_ bytes: ArraySlice<UInt8>) throws(TZifError) {
        guard bytes.starts(with: "TZif".utf8) else { throw .notTZif }
        switch bytes[bytes.startIndex + 4] {
        case 0: version = 1
        case UInt8(ascii: "2"): version = 2
        case UInt8(ascii: "3"): version = 3
        case UInt8(ascii: "4")...UInt8(ascii: "9"): version = 4
        default: throw .notTZif
        }
        func count(_ index: Int) -> Int { Int(bytes.bigEndian(UInt32.self, at: 20 + index * 4)) }
        utIndicators = count(0)
        standardIndicators = count(1)
        leapSeconds = count(2)
        transitions = count(3)
        types = count(4)
        abbreviationBytes = count(5)
    }

    /// Bytes of the data block; counts are 32 bits wide, so the sum cannot overflow.
    ///
    /// - Parameter timeSize: 4 bytes in the first block, 8 in the second.
    func blockSize(timeSize: Int) -> Int {
        transitions * (timeSize + 1) + types * 6 + abbreviationBytes + leapSeconds * (timeSize + 4)
            + standardIndicators + utIndicators
    }
}

extension ArraySlice<UInt8> {
    /// The big-endian integer so many bytes after the beginning of the slice, which must hold it.
    func bigEndian<Value: FixedWidthInteger>(_ type: Value.Type, at offset: Int) -> Value {
        let first = startIndex + offset
        return self[first..<first + Value.bitWidth / 8].reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
    }
}
