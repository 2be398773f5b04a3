internal import ZonedTime

/// The days of one month that a rule's day parts agree on, as bits.
struct MonthDays {
    /// Months since year 0: `year * 12 + month - 1`.
    var month: Int
    /// The day before the first of the month, in days since 1970-01-01: bit `n` stands for `base + n`.
    var base: Int
    /// 28 to 31.
    var length: Int
    /// Bits 1 to `length`. With SKIP also 0, the last day of the month before, and `length` + 1, the next month's first.
    var days: UInt64

    /// Belongs to no month: what a cache begins with.
    static let none = MonthDays(month: .min, base: 0, length: 0, days: 0)

    func covers(_ day: Int) -> Bool {
        day > base && day <= base + length
    }

    func contains(_ day: Int) -> Bool {
        days >> UInt64(day - base) & 1 == 1
    }
}

extension UInt64 {
    static func bit(_ number: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: number) }

    /// Bits 0 to 59 for the numbers of a list, those above 59 as 59: a leap second is the one before it.
    init(times numbers: [Int]) {
        self = numbers.reduce(0) { (0...60).contains($1) ? $0 | .bit(Swift.min($1, 59)) : $0 }
    }

    /// Bits 1 to 31 for the numbers of a list that are among them.
    init(bits numbers: some Sequence<Int>) {
        self = numbers.reduce(0) { (1...31).contains($1) ? $0 | .bit($1) : $0 }
    }

    /// The bits from 1 up to that number, 63 at most.
    static func bits(upTo number: Int) -> UInt64 { (.bit(number) &- 1) << 1 }

    /// The bits from that number up; all below 0, none above 63.
    static func bits(from number: Int) -> UInt64 {
        number <= 0 ? .max : number >= 64 ? 0 : .max &<< UInt64(truncatingIfNeeded: number)
    }

    /// Its bits in ascending order, each with a call.
    func forEachBit(_ body: (Int) -> Void) {
        var rest = self
        while rest != 0 {
            body(rest.trailingZeroBitCount)
            rest &= rest &- 1
        }
    }

    /// Where the bit lies that has so many set ones below it; 64 where there are not so many.
    func positionOfBit(at rank: Int) -> Int {
        var rest = self
        for _ in 0..<rank { rest &= rest &- 1 }
        return rest.trailingZeroBitCount
    }

    /// Of its bits those at some positions, counted from 1, or from −1 backward (BYSETPOS).
    func picking(_ positions: [Int]) -> UInt64 {
        let count = nonzeroBitCount
        return positions.reduce(0) { picked, position in
            let rank = position > 0 ? position - 1 : count + position
            return (0..<count).contains(rank) ? picked | .bit(positionOfBit(at: rank)) : picked
        }
    }
}
