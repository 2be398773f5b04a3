/// A set of small numbers, 0 to 383: the days of one period, counted from a day before it.
///
/// A year has room, with a day to spare at either end for what RFC 7529's SKIP moves out of it. Kept in
/// place, so that no period of a rule needs memory of its own.
struct DaySet {
    private var words = InlineArray<6, UInt64>(repeating: 0)

    static let capacity = 384

    init() {}

    /// Days 0 to 63, a bit each.
    init(bits: UInt64) {
        words[0] = bits
    }

    /// All days of a range that lies within the capacity.
    init(_ range: Range<Int>) {
        insert(range)
    }

    var isEmpty: Bool {
        (words[0] | words[1] | words[2] | words[3] | words[4] | words[5]) == 0
    }

    var count: Int {
        var count = words[0].nonzeroBitCount
        for index in 1..<6 where words[index] != 0 { count += words[index].nonzeroBitCount }
        return count
    }

    func contains(_ day: Int) -> Bool {
        day >= 0 && day < DaySet.capacity && words[day >> 6] & (1 << UInt64(day & 63)) != 0
    }

    mutating func insert(_ day: Int) {
        words[day >> 6] |= 1 << UInt64(day & 63)
    }

    mutating func remove(_ day: Int) {
        words[day >> 6] &= ~(1 << UInt64(day & 63))
    }

    mutating func insert(_ range: Range<Int>) {
        var day = range.lowerBound
        while day < range.upperBound {
            let bit = day & 63
            let length = min(64 - bit, range.upperBound - day)
            words[day >> 6] |= (length == 64 ? .max : (1 << UInt64(length)) - 1) << UInt64(bit)
            day += length
        }
    }

    /// Adds days that are counted from `offset` on, a bit each; none may lie beyond the capacity.
    mutating func insert(bits: UInt64, at offset: Int) {
        let word = offset >> 6
        let bit = UInt64(offset & 63)
        words[word] |= bits << bit
        if bit > 0, word < 5 { words[word + 1] |= bits >> (64 - bit) }
    }

    mutating func formIntersection(_ other: DaySet) {
        for index in 0..<6 { words[index] &= other.words[index] }
    }

    mutating func formUnion(_ other: DaySet) {
        for index in 0..<6 { words[index] |= other.words[index] }
    }

    /// How many of the days are earlier than `day`.
    func count(before day: Int) -> Int {
        guard day > 0 else { return 0 }
        var count = 0
        for index in 0..<6 {
            let rest = day - index * 64
            if rest <= 0 { break }
            let bits = rest >= 64 ? words[index] : words[index] & ((1 << UInt64(rest)) - 1)
            count += bits.nonzeroBitCount
        }
        return count
    }
}

extension DaySet {
    /// The first day that is `day` or later.
    func first(from day: Int) -> Int? {
        guard day < DaySet.capacity else { return nil }
        let day = max(day, 0)
        var index = day >> 6
        var bits = words[index] & (.max << UInt64(day & 63))
        while bits == 0 {
            index += 1
            if index == 6 { return nil }
            bits = words[index]
        }
        return index * 64 + bits.trailingZeroBitCount
    }

    /// The last day that is `day` or earlier.
    func last(upTo day: Int) -> Int? {
        guard day >= 0 else { return nil }
        let day = min(day, DaySet.capacity - 1)
        var index = day >> 6
        var bits = words[index] & (.max >> UInt64(63 - day & 63))
        while bits == 0 {
            index -= 1
            if index < 0 { return nil }
            bits = words[index]
        }
        return index * 64 + 63 - bits.leadingZeroBitCount
    }

    /// The day that has `position` days before it in the set; there must be one.
    subscript(position: Int) -> Int {
        var rest = position
        for index in 0..<6 {
            let count = words[index].nonzeroBitCount
            if rest < count { return index * 64 + words[index].position(ofBit: rest) }
            rest -= count
        }
        return DaySet.capacity - 1
    }
}

extension UInt64 {
    /// Where the bit stands that has `rank` set bits below it; there must be one.
    func position(ofBit rank: Int) -> Int {
        var bits = self
        for _ in 0..<rank { bits &= bits &- 1 }
        return bits.trailingZeroBitCount
    }

    /// The first set bit that is `position` (0 to 63) or higher.
    func firstBit(from position: Int) -> Int? {
        let bits = self & (.max << UInt64(position))
        return position > 63 || bits == 0 ? nil : bits.trailingZeroBitCount
    }

    /// The last set bit that is `position` (0 to 63) or lower.
    func lastBit(upTo position: Int) -> Int? {
        guard position >= 0 else { return nil }
        let bits = self & (.max >> UInt64(63 - position))
        return bits == 0 ? nil : 63 - bits.leadingZeroBitCount
    }
}
