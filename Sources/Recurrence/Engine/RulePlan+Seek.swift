internal import ZonedTime

extension RulePlan {
    /// The first period of the rule, from that index on, that may have instances; backward the last one before it.
    ///
    /// From days on that is exact. The cost does not grow with the distance to the start.
    /// - Parameter bound: the last index that is of interest.
    func candidate(
        from index: Int, to bound: Int, _ direction: Direction, _ cache: inout MonthDays
    ) -> Int? {
        guard var index = aligned(index, direction) else { return nil }
        guard frequency >= .daily else { return isWithin(index, bound, direction) ? index : nil }
        let perDay = 86_400 / frequency.seconds
        let reach = cycle.multipliedReportingOverflow(by: interval)
        let far = reach.overflow ? bound : index.addingClamped(direction.sign * reach.partialValue)
        let bound = direction == .forward ? min(bound, far) : max(bound, far)
        while isWithin(index, bound, direction) {
            let day = index.dividedDown(by: perDay)
            var next = index
            if !filter.isOpen {
                guard let found = filter.day(from: day, direction, &cache) else { return nil }
                if found != day { next = edge(of: found, perDay, direction) }
            }
            if next == index, let limits {
                next = limited(index, of: day, perDay, limits, direction)
            }
            if next == index { return index }
            guard let step = aligned(next, direction) else { return nil }
            index = step
        }
        return nil
    }

    private func isWithin(_ index: Int, _ bound: Int, _ direction: Direction) -> Bool {
        direction == .forward ? index <= bound : index >= bound
    }

    /// The first index of a day; backward its last.
    private func edge(of day: Int, _ perDay: Int, _ direction: Direction) -> Int {
        direction == .forward ? day * perDay : day * perDay + perDay - 1
    }

    /// The next index at which the limits on the time of day let a period begin, or that of the day beside.
    private func limited(
        _ index: Int, of day: Int, _ perDay: Int, _ limits: TimeGrid, _ direction: Direction
    ) -> Int {
        let second = (index - day * perDay) * frequency.seconds
        switch direction {
        case .forward:
            let position = limits.count(before: second)
            guard position < limits.count else { return edge(of: day + 1, perDay, direction) }
            return day * perDay + limits[position] / frequency.seconds
        case .backward:
            let position = limits.count(before: second + 1) - 1
            guard position >= 0 else { return edge(of: day - 1, perDay, direction) }
            return day * perDay + limits[position] / frequency.seconds
        }
    }
}

extension DayFilter {
    /// The next day that passes, from that day on; backward the last one up to it.
    ///
    /// `nil` where no day passes in 400 years, after which the calendar repeats.
    func day(from day: Int, _ direction: Direction, _ cache: inout MonthDays) -> Int? {
        if !cache.covers(day) { cache = days(around: day) }
        let bit = UInt64.bit(day - cache.base)
        var days = direction == .forward ? cache.days & ~(bit - 1) : cache.days & (bit | (bit - 1))
        var months = 0
        while days == 0 {
            guard months <= 4_800 else { return nil }
            months += 1
            cache = self.days(ofMonth: cache.month + direction.sign)
            days = cache.days
        }
        return cache.base + (direction == .forward ? days.trailingZeroBitCount : 63 - days.leadingZeroBitCount)
    }
}

extension Int {
    /// The sum, or the end of the range that it would leave.
    func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}
