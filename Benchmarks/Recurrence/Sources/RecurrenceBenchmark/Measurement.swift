import Glibc

/// What a piece of work costs, and what it found, so that nobody is compared who finds something else.
struct Measurement {
    /// Nanoseconds of processor time for each thing found.
    let nanoseconds: Double
    let sum: Int64

    var json: String { "{\"ns\": \(nanoseconds), \"sum\": \(sum)}" }

    /// Repeats the work for a tenth of a second, five times over, and keeps the best.
    ///
    /// - Parameter work: how many things it found, and a sum over them.
    static func of(_ work: () -> (count: Int, sum: Int64)) -> Measurement {
        let found = work()
        guard found.count > 0 else { return Measurement(nanoseconds: 0, sum: 0) }
        var best = Double.infinity
        for _ in 0..<5 {
            let begin = processorTime()
            var (count, elapsed) = (0, 0.0)
            repeat {
                // Reading the clock costs as much as some of the work.
                for _ in 0..<100 where elapsed == 0 || elapsed < 1e8 {
                    count += work().count
                    if found.count > 10 { break }
                }
                elapsed = processorTime() - begin
            } while elapsed < 1e8
            best = min(best, elapsed / Double(count))
        }
        return Measurement(nanoseconds: best, sum: found.sum)
    }

    /// Of this process, in nanoseconds: others may be at work on the machine.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
