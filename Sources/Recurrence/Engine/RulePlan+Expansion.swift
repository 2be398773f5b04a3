internal import ZonedTime

extension RulePlan {
    /// Fills in the instances of the period at that index; leaves it empty where there are none.
    func expand(_ index: Int, into period: inout Period, _ cache: inout MonthDays) {
        period.clear()
        addDays(of: index, to: &period)
        if !setPositions.isEmpty { pick(from: &period) }
        if moves, interval == 1 { exchange(at: index, &period, &cache) }
    }

    private func addDays(of index: Int, to period: inout Period) {
        switch frequency {
        case .yearly: addMonths(index * 12...index * 12 + 11, to: &period)
        case .monthly: addMonths(index...index, to: &period)
        case .weekly: addWeek(index, to: &period)
        default:
            let perDay = 86_400 / frequency.seconds
            let day = index.dividedDown(by: perDay)
            period.set(day: day, timeOffset: index.modulo(perDay) * frequency.seconds)
        }
    }

    private func addMonths(_ months: ClosedRange<Int>, to period: inout Period) {
        // A day that SKIP moved over the end of a month belongs among those of the month beside it.
        var pending = MonthDays.none
        for month in months {
            var next = filter.days(ofMonth: month)
            if moves, pending.length > 0 {
                if pending.days & .bit(pending.length + 1) != 0 {
                    pending.days &= ~.bit(pending.length + 1)
                    next.days |= .bit(1)
                }
                if next.days & .bit(0) != 0 {
                    next.days &= ~.bit(0)
                    pending.days |= .bit(pending.length)
                }
            }
            period.append(pending.days, base: pending.base)
            pending = next
        }
        period.append(pending.days, base: pending.base)
    }

    private func addWeek(_ index: Int, to period: inout Period) {
        let first = firstDay(ofWeek: index)
        var days: UInt64 = 0
        // A week lies in two months at most.
        var month = MonthDays.none
        for day in first...(first + 6) {
            if !month.covers(day) { month = filter.days(around: day) }
            if month.contains(day) { days |= .bit(day - first) }
        }
        period.append(days, base: first)
    }

    /// BYSETPOS: keeps the instances at those positions of the period.
    private func pick(from period: inout Period) {
        period.pick(setPositions, grid)
    }

    /// Where periods adjoin, a day that SKIP moved into the next one is given there, once and in its place.
    private func exchange(at index: Int, _ period: inout Period, _ cache: inout MonthDays) {
        var instances: [Int64] = []
        for neighbour in (index - 1)...(index + 1) {
            var other = Period()
            addDays(of: neighbour, to: &other)
            if !setPositions.isEmpty { pick(from: &other) }
            while let instance = other.popFirst(grid) {
                if self.index(of: instance) == index { instances.append(instance) }
            }
        }
        instances.sort()
        period.clear()
        period.replace(with: instances.withoutRepeats)
    }
}

extension [Int64] {
    /// A sorted list without elements that equal the one before.
    fileprivate var withoutRepeats: [Int64] {
        reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
}

extension DayFilter {
    /// The days that pass in the month in which that day lies.
    func days(around day: Int) -> MonthDays {
        let (year, month, _) = CivilDate(unchecked: day).components
        return days(ofMonth: year * 12 + month - 1)
    }
}
