internal import ZonedTime

/// The times that an hour, a minute or a day of a rule has: every combination of some hours, minutes and seconds.
///
/// There may be 86,400 of them; they are computed from three sets of bits, never listed, unless BYSETPOS picked some.
struct TimeGrid: Sendable {
    private let hours: UInt64
    private let minutes: UInt64
    private let seconds: UInt64
    /// Those that were picked, ascending; `nil` where every combination counts.
    private let picked: [Int]?
    /// How many times there are.
    let count: Int
    /// The earliest.
    let first: Int

    /// - Parameters: bits 0 to 23, and 0 to 59.
    init(hours: UInt64, minutes: UInt64, seconds: UInt64) {
        self.hours = hours
        self.minutes = minutes
        self.seconds = seconds
        picked = nil
        count = hours.nonzeroBitCount * minutes.nonzeroBitCount * seconds.nonzeroBitCount
        first =
            count == 0
            ? 0
            : hours.trailingZeroBitCount * 3_600 + minutes.trailingZeroBitCount * 60 + seconds.trailingZeroBitCount
    }

    private init(picked: [Int]) {
        (hours, minutes, seconds) = (0, 0, 0)
        self.picked = picked
        count = picked.count
        first = picked.first ?? 0
    }

    /// Those at some positions, counted from 1, or from −1 backward (BYSETPOS).
    func picking(_ positions: [Int]) -> TimeGrid {
        let places = positions.map { $0 > 0 ? $0 - 1 : count + $0 }
        return TimeGrid(picked: Set(places).filter { (0..<count).contains($0) }.sorted().map { self[$0] })
    }

    /// The time at a position, 0 to `count` − 1, in seconds.
    subscript(position: Int) -> Int {
        if position == 0 { return first }
        if let picked { return picked[position] }
        let (row, second) = position.quotientAndRemainder(dividingBy: seconds.nonzeroBitCount)
        let (hour, minute) = row.quotientAndRemainder(dividingBy: minutes.nonzeroBitCount)
        return TimeGrid.value(hours, at: hour) * 3_600 + TimeGrid.value(minutes, at: minute) * 60
            + TimeGrid.value(seconds, at: second)
    }

    /// How many times are earlier than that second.
    func count(before second: Int) -> Int {
        if second <= first { return 0 }
        if count == 1 { return 1 }
        if let picked { return picked.firstIndex { $0 >= second } ?? count }
        let (hour, minute) = (second / 3_600, second / 60 % 60)
        guard hour < 24 else { return count }
        let row = TimeGrid.rank(hours, of: hour) * minutes.nonzeroBitCount
        guard hours & .bit(hour) != 0 else { return row * seconds.nonzeroBitCount }
        let place = (row + TimeGrid.rank(minutes, of: minute)) * seconds.nonzeroBitCount
        return minutes & .bit(minute) == 0 ? place : place + TimeGrid.rank(seconds, of: second % 60)
    }

    /// The value at a position of a set.
    private static func value(_ bits: UInt64, at position: Int) -> Int {
        // Of the numbers from 0 on each is its own position.
        bits & (bits &+ 1) == 0 ? position : bits.positionOfBit(at: position)
    }

    /// How many values of a set are less.
    private static func rank(_ bits: UInt64, of value: Int) -> Int { (bits & (.bit(value) &- 1)).nonzeroBitCount }
}

extension TimeGrid {
    /// Every hour.
    static let everyHour: UInt64 = .bit(24) - 1
    /// Every minute, or every second.
    static let every60: UInt64 = .bit(60) - 1
}
