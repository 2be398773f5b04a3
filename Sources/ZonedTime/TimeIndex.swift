/// Where to begin in a sorted list of times: for each stretch of about half a year, how many are earlier than it.
///
/// Clocks change twice a year or so; then one or two comparisons do what a search would need eight for, each of
/// them a guess for the processor.
struct TimeIndex: Sendable {
    /// The first time of the list.
    private let start: Int64
    /// Of each stretch; one more at the end.
    private let counts: [UInt32]

    /// Seconds of a stretch, as a power of two: 194 days.
    private static let shift: Int64 = 24
    /// Lists that reach farther (a damaged file's) are searched as a whole beyond these.
    private static let longest = 1_024

    /// - Parameter times: ascending.
    init(_ times: [Int64]) {
        start = times.first ?? 0
        var counts: [UInt32] = []
        if let last = times.last, let distance = TimeIndex.distance(from: start, to: last) {
            let stretches = Int(min(distance >> TimeIndex.shift, Int64(TimeIndex.longest))) + 1
            var position = 0
            for stretch in 0...stretches {
                let (begin, isTooFar) = start.addingReportingOverflow(Int64(stretch) << TimeIndex.shift)
                while position < times.count, !isTooFar, times[position] < begin { position += 1 }
                counts.append(UInt32(truncatingIfNeeded: position))
            }
        }
        self.counts = counts
    }

    private static func distance(from start: Int64, to end: Int64) -> Int64? {
        let (distance, overflow) = end.subtractingReportingOverflow(start)
        return overflow ? nil : distance
    }

    /// How many times of the list, which is the one that it was made for, are not later than a time.
    func count(upTo time: Int64, in times: [Int64]) -> Int {
        guard time >= start else { return 0 }
        var (low, high) = (0, times.count)
        if let distance = TimeIndex.distance(from: start, to: time), counts.count > 1 {
            let stretch = distance >> TimeIndex.shift
            if stretch < counts.count - 1 {
                (low, high) = (Int(counts[Int(stretch)]), Int(counts[Int(stretch) + 1]))
            } else {
                low = Int(counts[counts.count - 1])
            }
        }
        while low < high {
            let middle = low + (high - low) / 2
            if times[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
