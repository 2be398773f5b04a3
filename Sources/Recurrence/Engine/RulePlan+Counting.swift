internal import ZonedTime

/// Counting without walking from the start: by arithmetic, or over one round of the calendar at most, which
/// repeats after 400 years.
///
/// All counts ignore where the rule ends.
extension RulePlan {
    /// How many instances, from the start on, are earlier than that reading.
    func count(before reading: Int64) -> Int {
        guard !isEmpty, reading > start else { return 0 }
        return rank(of: reading) - rank(of: start)
    }

    /// The instance at a position, the first from the start on at 0; `nil` where there are fewer.
    func instance(at position: Int) -> Int64? {
        guard !isEmpty, position >= 0 else { return nil }
        let (rank, isTooFar) = rank(of: start).addingReportingOverflow(position)
        guard !isTooFar, let instance = instance(ranked: rank) else { return nil }
        return instance <= CivilDateTime.max.secondsSinceEpoch ? instance : nil
    }

    /// How many instances are earlier, counted from the beginning of the start's own week, month, year or period.
    private func rank(of reading: Int64) -> Int {
        let day = Int(reading).dividedDown(by: 86_400)
        switch walk {
        case .days:
            let ofDay = days.holds(day) ? grid.count(before: Int(reading) - day * 86_400) : 0
            return days.count(before: day) * grid.count + ofDay
        case .months, .periods:
            if frequency >= .hourly { return TimeCount(self).count(before: reading) }
            var units = UnitCount(self)
            return units.count(before: reading)
        }
    }

    private func instance(ranked rank: Int) -> Int64? {
        switch walk {
        case .days:
            let (place, time) = rank.quotientAndRemainder(dividingBy: grid.count)
            return days.day(at: place).map { Int64($0 * 86_400 + grid[time]) }
        case .months, .periods:
            if frequency >= .hourly { return TimeCount(self).instance(at: rank) }
            var units = UnitCount(self)
            return units.instance(at: rank)
        }
    }
}

extension DayStride {
    func holds(_ day: Int) -> Bool { count(before: day + 1) > count(before: day) }
}
