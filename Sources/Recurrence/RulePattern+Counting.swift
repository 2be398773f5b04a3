// COUNT asks how many instances there are before a date, or which one is the n-th. Neither may cost more
// because a rule began long ago: where periods are alike, it is a division; where they differ, they do so
// in cycles.
extension RulePattern {
    /// How many instances there are from the start on and before `time`, wherever the rule ends.
    func count(before time: Int) -> Int {
        guard time > start else { return 0 }
        let time = min(time, RulePattern.latest + 1)
        var (count, reached) = tally(before: time, atMost: .max)
        count -= countBeforeStart
        var finder = PeriodFinder(self)
        var period = finder.period(from: reached)
        while let found = period, found.base < time {
            count += found.count(before: time, clock) - found.count(before: reached, clock)
            period = finder.period(after: found)
        }
        return count
    }

    /// The instance that has `number` others before it, or `nil` where there are not so many.
    func instance(_ number: Int) -> Int? {
        let (target, overflow) = number.addingReportingOverflow(countBeforeStart)
        guard !overflow else { return nil }
        let (count, reached) = tally(before: RulePattern.latest, atMost: target)
        var rest = target - count
        var finder = PeriodFinder(self)
        var period = finder.period(from: reached)
        while let found = period {
            let skipped = found.count(before: reached, clock)
            let size = found.count(clock) - skipped
            if rest < size {
                let time = found.start(at: skipped + rest, clock)
                return time <= RulePattern.latest ? time : nil
            }
            rest -= size
            period = finder.period(after: found)
        }
        return nil
    }

    /// What the first period holds from before the start.
    private var countBeforeStart: Int {
        if isNumbered { return period(0).count(before: start, clock) }
        var finder = PeriodFinder(self)
        guard let first = finder.period(from: start), first.base <= start else { return 0 }
        return first.count(before: start, clock)
    }

    /// Counts whole periods from the first one on, as far as arithmetic goes.
    ///
    /// - Returns: a number that is at most `limit`, and the time up to which it counts, at most `time`.
    private func tally(before time: Int, atMost limit: Int) -> (count: Int, reached: Int) {
        let beginning = isNumbered ? boundary(0) : origin
        guard time > beginning else { return (0, min(start, beginning)) }
        if isNumbered { return tallyNumbered(before: time, atMost: limit) }
        var finder = PeriodFinder(self)
        guard leavesTicksOut else {
            let size = finder.period(from: start)?.count(clock) ?? 0
            guard size > 0 else { return (0, origin) }
            let periods = min((time - origin) / stride, limit / size)
            return (periods * size, origin + periods * stride)
        }
        return stride <= 86_400 ? tallyTicks(before: time, atMost: limit) : (0, origin)
    }

    /// Where the period of that number takes over from the one before.
    private func boundary(_ index: Int) -> Int {
        switch frequency {
        case .yearly, .monthly:
            let base = firstDay(ofPeriod: index) * 86_400
            // The day before belongs to this period where SKIP moves days onto it, if no other period does.
            return interval == 1 ? base : base - 86_400
        default:
            return origin + index * stride
        }
    }

    private func tallyNumbered(before time: Int, atMost limit: Int) -> (count: Int, reached: Int) {
        let end = index(at: time)
        if isEven {
            let size = period(0).count(clock)
            guard size > 0 else { return (0, boundary(0)) }
            let periods = min(end, limit / size)
            return (periods * size, boundary(periods))
        }
        var count = 0
        var index = 0
        let cycle = self.cycle
        while index < end {
            let size = period(index).count(clock)
            guard count + size <= limit else { break }
            count += size
            index += 1
            if index == cycle {
                guard count > 0 else { break }
                let cycles = min(end / cycle, limit / count)
                index = cycles * cycle
                count *= cycles
            }
        }
        return (count, boundary(index))
    }

    /// Whether all years, months or weeks hold the same number of instances.
    private var isEven: Bool {
        switch frequency {
        case .yearly, .monthly: days.isEven(yearly: frequency == .yearly)
        default: !days.namesMonths
        }
    }
}

extension RulePattern {
    /// Counts the ticks of whole days, from the day after the first one on.
    private func tallyTicks(before time: Int, atMost limit: Int) -> (count: Int, reached: Int) {
        var finder = PeriodFinder(self)
        let size = finder.period(from: start)?.count(clock) ?? 0
        let firstDay = origin.flooredQuotient(by: 86_400)
        let endDay = time.flooredQuotient(by: 86_400)
        guard size > 0, firstDay < endDay, finder.dayThatFits(from: firstDay) != nil else { return (0, origin) }
        var days = DayTicks(self)
        var count = 0
        if finder.dayThatFits(from: firstDay) == firstDay {
            count = days.count(from: origin - firstDay * 86_400) * size
        }
        guard count <= limit else { return (0, origin) }
        var day = firstDay + 1
        while day < endDay {
            if days.isSameEveryDay {
                // A year at a time.
                let year = finder.days(ofYearOf: day)
                let next = min(year.first + year.length, endDay)
                let fitting = year.days.count(before: next - year.first + 1) - year.days.count(before: day - year.first + 1)
                let added = fitting * days.count(on: day) * size
                if count + added <= limit {
                    count += added
                    day = next
                    continue
                }
            }
            guard let found = finder.dayThatFits(from: day), found < endDay else { return (count, endDay * 86_400) }
            let added = days.count(on: found) * size
            guard count + added <= limit else { return (count, found * 86_400) }
            count += added
            day = found + 1
        }
        return (count, endDay * 86_400)
    }
}

/// How many ticks of a rule fall on a day, where they are at most a day apart.
///
/// Ticks begin each day at another second, until after some days (as many as `stride` has seconds, at most)
/// they begin as they did before; what was counted once is remembered.
private struct DayTicks {
    private let pattern: RulePattern
    private let divisor: Int
    private var counts: [Int?]

    init(_ pattern: RulePattern) {
        self.pattern = pattern
        divisor = greatestCommonDivisor(pattern.stride, 86_400)
        counts = Array(repeating: nil, count: pattern.stride / divisor)
    }

    var isSameEveryDay: Bool { counts.count == 1 }

    /// All of a day, given in days since 1970-01-01.
    mutating func count(on day: Int) -> Int {
        let first = (pattern.origin - day * 86_400).modulo(pattern.stride)
        if let known = counts[first / divisor] { return known }
        let count = count(from: first)
        counts[first / divisor] = count
        return count
    }

    /// Those of a day on which one tick is `first` seconds after midnight, from that one on.
    func count(from first: Int) -> Int {
        var count = 0
        var time = first
        while let allowed = pattern.ticks.next(from: time) {
            time = first + (allowed - first + pattern.stride - 1) / pattern.stride * pattern.stride
            if time == allowed {
                count += 1
                time += pattern.stride
            }
        }
        return count
    }
}
