internal import ZonedTime

/// The times that an hour, a minute or a day of a rule has: every combination of some hours, minutes and seconds.
///
/// There may be 86,400 of them; they are computed from the three sorted lists, never listed, unless BYSETPOS picked
/// some.
struct TimeGrid: Sendable {
    private let hours: [Int]
    private let minutes: [Int]
    private let seconds: [Int]
    /// Those that were picked, ascending; empty where every combination counts.
    private let picked: [Int]
    /// How many times there are.
    let count: Int
    /// The earliest.
    let first: Int

    init(hours: [Int], minutes: [Int], seconds: [Int]) {
        self.hours = hours
        self.minutes = minutes
        self.seconds = seconds
        picked = []
        count = hours.count * minutes.count * seconds.count
        first = (hours.first ?? 0) * 3_600 + (minutes.first ?? 0) * 60 + (seconds.first ?? 0)
    }

    private init(picked: [Int]) {
        (hours, minutes, seconds) = ([], [], [])
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
        guard picked.isEmpty else { return picked[position] }
        let (row, second) = position.quotientAndRemainder(dividingBy: seconds.count)
        let (hour, minute) = row.quotientAndRemainder(dividingBy: minutes.count)
        return hours[hour] * 3_600 + minutes[minute] * 60 + seconds[second]
    }

    /// How many times are earlier than that second.
    func count(before second: Int) -> Int {
        if second <= first { return 0 }
        if count == 1 { return 1 }
        guard picked.isEmpty else { return picked.position(atOrAfter: second) }
        let hour = hours.position(atOrAfter: second / 3_600)
        guard hour < hours.count else { return count }
        let row = hour * minutes.count
        guard hours[hour] == second / 3_600 else { return row * seconds.count }
        let minute = minutes.position(atOrAfter: second / 60 % 60)
        guard minute < minutes.count, minutes[minute] == second / 60 % 60 else {
            return (row + minute) * seconds.count
        }
        return (row + minute) * seconds.count + seconds.position(atOrAfter: second % 60)
    }
}

extension [Int] {
    /// The position of the first element of a sorted list that is not less than that value.
    fileprivate func position(atOrAfter value: Int) -> Int {
        var position = 0
        while position < count, self[position] < value { position += 1 }
        return position
    }
}
