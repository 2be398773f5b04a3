internal import ZonedTime

/// The instances of one period of a rule, consumed from the front or from the back.
///
/// A set of days times a grid of times, of fixed size. Where BYSETPOS picks among the times of a day there is
/// a list instead; the cursor keeps its storage from period to period.
struct Period {
    /// One word a month; a week or a day uses the first word alone.
    private var words = InlineArray<12, UInt64>(repeating: 0)
    private var bases = InlineArray<12, Int>(repeating: 0)
    /// The words that may hold days.
    private var low = 0
    private var high = -1
    /// Seconds from midnight to the period's own beginning, for periods shorter than a day.
    private var timeOffset = 0
    /// How many times of the day in turn are gone already.
    private var consumedTimes = 0
    /// Instances picked one by one, ascending; those from `lowItem` to `highItem` are left.
    private var items: [Int64] = []
    private var lowItem = 0
    private var highItem = -1

    mutating func clear() {
        (low, high) = (0, -1)
        timeOffset = 0
        consumedTimes = 0
        items.removeAll(keepingCapacity: true)
        (lowItem, highItem) = (0, -1)
    }

    /// Adds days after those that are there: bit `n` of the word stands for the day `base + n`.
    mutating func append(_ word: UInt64, base: Int) {
        guard word != 0, high < 11 else { return }
        high += 1
        words[high] = word
        bases[high] = base
    }

    /// Makes it a period within one day.
    mutating func set(day: Int, timeOffset: Int) {
        append(.bit(1), base: day - 1)
        self.timeOffset = timeOffset
    }

    /// Keeps those instances instead of the days.
    mutating func replace(with instances: some Sequence<Int64>) {
        (low, high) = (0, -1)
        items.append(contentsOf: instances)
        highItem = items.count - 1
    }

    /// Keeps the instances at some positions, counted from 1, or from −1 backward; the positions are sorted.
    mutating func pick(_ positions: [Int], _ grid: TimeGrid) {
        let count = count(grid)
        // Those counted backward come first in the list; both runs are ascending, so they are merged.
        let firstForward = positions.firstIndex { $0 > 0 } ?? positions.count
        var (backward, forward) = (0, firstForward)
        while backward < firstForward || forward < positions.count {
            let fromEnd = backward < firstForward ? count + positions[backward] : .max
            let fromStart = forward < positions.count ? positions[forward] - 1 : .max
            if fromEnd <= fromStart { backward += 1 }
            if fromStart <= fromEnd { forward += 1 }
            let place = min(fromEnd, fromStart)
            if place >= 0, place < count { items.append(instance(at: place, grid)) }
        }
        (low, high) = (0, -1)
        highItem = items.count - 1
    }

    var isEmpty: Bool { low > high && lowItem > highItem }

    /// How many days there are, before any is consumed.
    private var dayCount: Int {
        var count = 0
        var position = low
        while position <= high {
            count += words[position].nonzeroBitCount
            position += 1
        }
        return count
    }

    /// How many instances are left.
    func count(_ grid: TimeGrid) -> Int {
        highItem - lowItem + 1 + dayCount * grid.count - consumedTimes
    }

    /// The day at a position, 0 to `dayCount` − 1.
    private func day(at position: Int) -> Int {
        var rest = position
        var index = low
        while index < high, rest >= words[index].nonzeroBitCount {
            rest -= words[index].nonzeroBitCount
            index += 1
        }
        var word = words[index]
        for _ in 0..<rest { word &= word &- 1 }
        return bases[index] + word.trailingZeroBitCount
    }

    private func instance(day: Int, _ second: Int) -> Int64 {
        Int64(day * 86_400 + timeOffset + second)
    }

    /// The instance at a position, 0 to `count(_:)` − 1, while none is consumed.
    func instance(at position: Int, _ grid: TimeGrid) -> Int64 {
        if lowItem <= highItem { return items[lowItem + position] }
        let (day, time) = position.quotientAndRemainder(dividingBy: grid.count)
        return instance(day: self.day(at: day), grid[time])
    }
}

// MARK: - Consuming

extension Period {
    mutating func popFirst(_ grid: TimeGrid) -> Int64? {
        if lowItem <= highItem {
            lowItem += 1
            return items[lowItem - 1]
        }
        while low <= high {
            let word = words[low]
            guard word != 0 else {
                low += 1
                continue
            }
            let instance = instance(day: bases[low] + word.trailingZeroBitCount, grid[consumedTimes])
            consumedTimes += 1
            if consumedTimes == grid.count {
                consumedTimes = 0
                words[low] = word & (word - 1)
            }
            return instance
        }
        return nil
    }

    mutating func popLast(_ grid: TimeGrid) -> Int64? {
        if lowItem <= highItem {
            highItem -= 1
            return items[highItem + 1]
        }
        while low <= high {
            let word = words[high]
            guard word != 0 else {
                high -= 1
                continue
            }
            let bit = 63 - word.leadingZeroBitCount
            let instance = instance(day: bases[high] + bit, grid[grid.count - 1 - consumedTimes])
            consumedTimes += 1
            if consumedTimes == grid.count {
                consumedTimes = 0
                words[high] = word & ~.bit(bit)
            }
            return instance
        }
        return nil
    }

    /// Drops what is earlier than that reading, from the front.
    mutating func drop(before reading: Int64, _ grid: TimeGrid) {
        while lowItem <= highItem, items[lowItem] < reading { lowItem += 1 }
        let own = Int(reading) - timeOffset
        let day = own.dividedDown(by: 86_400)
        while low <= high {
            let word = words[low] & .bits(from: day - bases[low])
            words[low] = word
            guard word == 0 else { break }
            low += 1
        }
        guard low <= high, bases[low] + words[low].trailingZeroBitCount == day else { return }
        consumedTimes = grid.count(before: own.modulo(86_400))
        guard consumedTimes == grid.count else { return }
        consumedTimes = 0
        words[low] &= words[low] - 1
    }

    /// Drops what is not earlier than that reading, from the back.
    mutating func drop(from reading: Int64, _ grid: TimeGrid) {
        while lowItem <= highItem, items[highItem] >= reading { highItem -= 1 }
        let own = Int(reading) - timeOffset
        let day = own.dividedDown(by: 86_400)
        while low <= high {
            let word = words[high] & ~.bits(from: day + 1 - bases[high])
            words[high] = word
            guard word == 0 else { break }
            high -= 1
        }
        guard low <= high, bases[high] + 63 - words[high].leadingZeroBitCount == day else { return }
        consumedTimes = grid.count - grid.count(before: own.modulo(86_400))
        guard consumedTimes == grid.count else { return }
        consumedTimes = 0
        words[high] &= ~.bit(day - bases[high])
    }
}
