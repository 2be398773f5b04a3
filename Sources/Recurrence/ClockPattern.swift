/// The times of day of a rule: every combination of some hours, minutes and seconds.
///
/// Bits instead of lists: up to 86,400 times, and still the next one after a given time is found in a few steps.
struct ClockPattern {
    private let hours: UInt64
    private let minutes: UInt64
    private let seconds: UInt64
    /// How many times of day there are, at least 1.
    let count: Int
    /// The first of them, in seconds after midnight.
    let first: Int
    /// The last of them, in seconds after midnight.
    let last: Int

    /// Midnight alone.
    static let midnight = ClockPattern(hours: 1, minutes: 1, seconds: 1)

    /// A bit for each hour, minute and second; none of the three may be 0.
    init(hours: UInt64, minutes: UInt64, seconds: UInt64) {
        self.hours = hours
        self.minutes = minutes
        self.seconds = seconds
        count = hours.nonzeroBitCount * minutes.nonzeroBitCount * seconds.nonzeroBitCount
        first =
            hours.trailingZeroBitCount * 3_600 + minutes.trailingZeroBitCount * 60 + seconds.trailingZeroBitCount
        last =
            (63 - hours.leadingZeroBitCount) * 3_600 + (63 - minutes.leadingZeroBitCount) * 60
            + (63 - seconds.leadingZeroBitCount)
    }

    /// The first time that is `second` (after midnight, not negative) or later.
    func next(from second: Int) -> Int? {
        if second <= first { return first }
        if second > last { return nil }
        var hour = second / 3_600
        var minute = second / 60 % 60
        if hours.contains(hour) {
            if minutes.contains(minute), let found = seconds.firstBit(from: second % 60) {
                return hour * 3_600 + minute * 60 + found
            }
            if let found = minutes.firstBit(from: minute + 1) {
                return hour * 3_600 + found * 60 + seconds.trailingZeroBitCount
            }
        }
        guard let found = hours.firstBit(from: hour + 1) else { return nil }
        hour = found
        minute = minutes.trailingZeroBitCount
        return hour * 3_600 + minute * 60 + seconds.trailingZeroBitCount
    }

    /// The last time that is `second` (after midnight, at most 86,399) or earlier.
    func previous(upTo second: Int) -> Int? {
        if second >= last { return last }
        if second < first { return nil }
        let hour = second / 3_600
        let minute = second / 60 % 60
        let lastSecond = 63 - seconds.leadingZeroBitCount
        if hours.contains(hour) {
            if minutes.contains(minute), let found = seconds.lastBit(upTo: second % 60) {
                return hour * 3_600 + minute * 60 + found
            }
            if let found = minutes.lastBit(upTo: minute - 1) { return hour * 3_600 + found * 60 + lastSecond }
        }
        guard let found = hours.lastBit(upTo: hour - 1) else { return nil }
        return found * 3_600 + (63 - minutes.leadingZeroBitCount) * 60 + lastSecond
    }

    /// The time that has `position` times before it; there must be one.
    subscript(position: Int) -> Int {
        if count == 1 { return first }
        let perMinute = seconds.nonzeroBitCount
        let perHour = perMinute * minutes.nonzeroBitCount
        return hours.position(ofBit: position / perHour) * 3_600
            + minutes.position(ofBit: position % perHour / perMinute) * 60
            + seconds.position(ofBit: position % perMinute)
    }

    /// How many of the times are earlier than `second` (after midnight).
    func count(before second: Int) -> Int {
        if second <= first { return 0 }
        if second > last { return count }
        let hour = second / 3_600
        let minute = second / 60 % 60
        var perUnit = minutes.nonzeroBitCount * seconds.nonzeroBitCount
        var sum = hours.count(below: hour) * perUnit
        guard hours.contains(hour) else { return sum }
        perUnit = seconds.nonzeroBitCount
        sum += minutes.count(below: minute) * perUnit
        return minutes.contains(minute) ? sum + seconds.count(below: second % 60) : sum
    }

    /// Whether one of the times leaves `residue` when it is divided by `modulus` (seconds).
    func contains(residue: Int, modulus: Int) -> Bool {
        var time = next(from: residue)
        // A modulus of a minute or less comes round in every hour and minute there is.
        while let found = time {
            let aligned = residue + (found - residue + modulus - 1) / modulus * modulus
            if aligned == found { return true }
            time = next(from: aligned)
        }
        return false
    }
}

extension UInt64 {
    fileprivate func contains(_ position: Int) -> Bool {
        self >> UInt64(position) & 1 != 0
    }

    fileprivate func count(below position: Int) -> Int {
        (self & ((1 << UInt64(position)) - 1)).nonzeroBitCount
    }
}
