/// What a rule gives in one of its periods: a year, a week, an hour.
///
/// Times are seconds since 1970-01-01T00:00:00 on the wall clock.
struct Period {
    /// Periods from the one that the start lies in; 0 for periods finer than a week.
    let index: Int
    /// Midnight of day 0, or the beginning of a period shorter than a day.
    let base: Int
    /// The days, each with all the times of the rule's clock; empty where `picked` says it in full.
    var days: DaySet
    /// What BYSETPOS picks where it chooses among times, not only among days; sorted.
    var picked: [Int] = []

    var isEmpty: Bool { days.isEmpty && picked.isEmpty }

    /// The first start that is `time` or later.
    func next(from time: Int, _ clock: ClockPattern) -> Int? {
        if !picked.isEmpty { return picked.first { $0 >= time } }
        let offset = time - base
        var day = 0
        if offset > 0 {
            day = offset / 86_400
            if days.contains(day) {
                if let second = clock.next(from: offset - day * 86_400) { return base + day * 86_400 + second }
                day += 1
            }
        }
        guard let found = days.first(from: day) else { return nil }
        return base + found * 86_400 + clock.first
    }

    /// The last start that is `time` or earlier.
    func previous(upTo time: Int, _ clock: ClockPattern) -> Int? {
        if !picked.isEmpty { return picked.last { $0 <= time } }
        let offset = time - base
        guard offset >= 0 else { return nil }
        var day = offset / 86_400
        if days.contains(day) {
            if let second = clock.previous(upTo: offset - day * 86_400) { return base + day * 86_400 + second }
            day -= 1
        }
        guard let found = days.last(upTo: day) else { return nil }
        return base + found * 86_400 + clock.last
    }

    func count(_ clock: ClockPattern) -> Int {
        picked.isEmpty ? days.count * clock.count : picked.count
    }

    /// How many starts are earlier than `time`.
    func count(before time: Int, _ clock: ClockPattern) -> Int {
        if !picked.isEmpty { return picked.count { $0 < time } }
        let offset = time - base
        guard offset > 0 else { return 0 }
        let day = offset / 86_400
        let count = days.count(before: day) * clock.count
        return days.contains(day) ? count + clock.count(before: offset - day * 86_400) : count
    }

    /// The start that has `position` others before it; there must be one.
    func start(at position: Int, _ clock: ClockPattern) -> Int {
        if !picked.isEmpty { return picked[position] }
        return base + days[position / clock.count] * 86_400 + clock[position % clock.count]
    }
}

extension Period {
    /// Leaves what BYSETPOS picks.
    mutating func pick(_ positions: [Int], _ clock: ClockPattern) {
        let total = count(clock)
        var chosen: [Int] = []
        var chosenDays = DaySet()
        for position in positions {
            let index = position > 0 ? position - 1 : total + position
            guard index >= 0, index < total else { continue }
            if clock.count == 1 {
                chosenDays.insert(days[index])
            } else {
                chosen.append(start(at: index, clock))
            }
        }
        days = chosenDays
        picked = chosen.sortedUniquely()
    }
}

extension Array where Element: Comparable {
    func sortedUniquely() -> [Element] {
        guard count > 1 else { return self }
        var result: [Element] = []
        for element in sorted() where element != result.last { result.append(element) }
        return result
    }
}
