internal import ZonedTime

/// Counts the instances of a rule that looks at dates, unit by unit: years, months or periods of its own.
///
/// After one round of the calendar the numbers repeat, so at most one round is looked at, wherever the question
/// leads; and where all units have the same number, none is.
struct UnitCount {
    private enum Unit {
        case years, months, periods
    }

    private let plan: RulePlan
    private let unit: Unit
    /// The first unit, as a year, a month or an index, and the distance from one to the next.
    private let first: Int
    private let step: Int
    /// So many units make one round.
    private let round: Int
    /// How many instances every unit has; `nil` where they differ.
    private var constant: Int?
    /// What is known of the years of each type; −1 of those that were not looked at.
    private var ofYearTypes = InlineArray<56, Int>(repeating: -1)
    private var period = Period()
    private var cache = MonthDays.none

    init(_ plan: RulePlan) {
        self.plan = plan
        let months = plan.months
        if plan.walk == .periods {
            (unit, first, step, round) = (.periods, plan.startIndex, plan.interval, plan.cycle)
            if plan.frequency == .weekly, plan.filter.isOfWeekdays { constant = count(inUnit: 0) }
        } else if let years = months.yearStep {
            (unit, first, step) = (.years, months.first / 12, years)
            round = 400 / greatestCommonDivisor(400, years)
        } else {
            (unit, first, step) = (.months, months.first, months.monthStep)
            round = months.cycle
        }
        guard unit != .periods, months.isPlain, let ofMonth = plan.filter.countOfEveryMonth else { return }
        if unit == .years {
            constant = (0..<12).count { months.has(first * 12 + $0) } * ofMonth * plan.grid.count
        } else if plan.filter.months == 0x1FFE {
            constant = ofMonth * plan.grid.count
        }
    }

    /// How many instances are earlier than a reading, from the beginning of the first unit on.
    mutating func count(before reading: Int64) -> Int {
        let position = (index(of: reading) - first).dividedDown(by: step)
        // A day that SKIP moved may lie in the unit beside its own.
        let margin = plan.moves ? 1 : 0
        var count = count(ofUnits: max(0, position - margin))
        for unit in max(0, position - margin)...max(0, position + margin) {
            count += self.count(inUnit: unit, before: reading)
        }
        return count
    }

    /// The instance at a position, counted from the beginning of the first unit.
    mutating func instance(at position: Int) -> Int64? {
        guard let (unit, rest) = unit(holding: position), isInCalendar(unit) else { return nil }
        if self.unit == .periods {
            fill(unit)
            return period.instance(at: rest, plan.grid)
        }
        let time = rest % plan.grid.count
        var day = rest / plan.grid.count
        for month in months(of: unit) {
            let days = days(ofMonth: month)
            let count = days.days.nonzeroBitCount
            if day < count { return Int64((days.base + days.days.positionOfBit(at: day)) * 86_400 + plan.grid[time]) }
            day -= count
        }
        return nil
    }
}

// MARK: - Sums

extension UnitCount {
    /// How many instances the first units have.
    private mutating func count(ofUnits units: Int) -> Int {
        if let constant { return constant * units }
        guard units > round else { return sum(of: units) }
        let (rounds, rest) = units.quotientAndRemainder(dividingBy: round)
        return rounds * sum(of: round) + sum(of: rest)
    }

    private mutating func sum(of units: Int) -> Int {
        var sum = 0
        for unit in 0..<units { sum += count(inUnit: unit) }
        return sum
    }

    /// The unit that the instance at a position lies in, and its position there.
    private mutating func unit(holding position: Int) -> (unit: Int, rest: Int)? {
        if let constant {
            guard constant > 0 else { return nil }
            return (position / constant, position % constant)
        }
        var rest = position
        // No farther than the calendar goes, and once around at most.
        for unit in 0..<round {
            guard isInCalendar(unit) else { return nil }
            let count = count(inUnit: unit)
            if rest < count { return (unit, rest) }
            rest -= count
        }
        let ofRound = position - rest
        guard ofRound > 0 else { return nil }
        let rounds = rest / ofRound
        rest -= rounds * ofRound
        let skipped = (rounds + 1) * round
        for unit in 0..<round {
            let count = count(inUnit: unit)
            if rest < count { return (skipped + unit, rest) }
            rest -= count
        }
        return nil
    }
}

// MARK: - One unit

extension UnitCount {
    private func index(of reading: Int64) -> Int {
        guard unit != .periods else { return plan.index(of: reading) }
        let month = plan.month(of: Int(reading).dividedDown(by: 86_400))
        return unit == .years ? month / 12 : month
    }

    private func isInCalendar(_ unit: Int) -> Bool {
        let (distance, isTooFar) = unit.multipliedReportingOverflow(by: step)
        guard !isTooFar else { return false }
        let index = first.addingClamped(distance)
        switch self.unit {
        case .years: return index <= 9_999
        case .months: return index <= 9_999 * 12 + 11
        case .periods: return index <= plan.index(of: CivilDateTime.max.secondsSinceEpoch)
        }
    }

    /// The months of a unit that the rule may have.
    private func months(of unit: Int) -> ClosedRange<Int> {
        let index = first + unit * step
        return self.unit == .years ? index * 12...index * 12 + 11 : index...index
    }

    private func days(ofMonth month: Int) -> MonthDays {
        guard plan.months.has(month) else { return .none }
        return plan.months.days(ofMonth: month)
    }

    private mutating func fill(_ unit: Int) {
        plan.expand(first + unit * step, into: &period, &cache)
    }

    private mutating func count(inUnit unit: Int) -> Int {
        if let constant { return constant }
        guard let type = yearType(of: unit) else { return countAfresh(unit) }
        if ofYearTypes[type] < 0 { ofYearTypes[type] = countAfresh(unit) }
        return ofYearTypes[type]
    }

    private mutating func countAfresh(_ unit: Int) -> Int {
        if self.unit == .periods {
            fill(unit)
            return period.count(plan.grid)
        }
        return months(of: unit).reduce(0) { $0 + days(ofMonth: $1).days.nonzeroBitCount } * plan.grid.count
    }

    /// Years of the same type have the same days: the first weekday and whether it and those beside it are leap years.
    private func yearType(of unit: Int) -> Int? {
        guard self.unit == .years || plan.frequency == .yearly else { return nil }
        let year = first + unit * step
        let weekday = WeekdayBits.weekday(of: CivilDate.daysSinceEpoch(year: year, month: 1, day: 1))
        let leaps = (year - 1...year + 1).reduce(0) { $0 * 2 + (CivilDate.isLeapYear($1) ? 1 : 0) }
        return weekday * 8 + leaps
    }

    private mutating func count(inUnit unit: Int, before reading: Int64) -> Int {
        guard isInCalendar(unit) else { return 0 }
        if self.unit == .periods {
            fill(unit)
            let count = period.count(plan.grid)
            period.drop(before: reading, plan.grid)
            return count - period.count(plan.grid)
        }
        let day = Int(reading).dividedDown(by: 86_400)
        var (days, times) = (0, 0)
        for month in months(of: unit) {
            let ofMonth = self.days(ofMonth: month)
            days += (ofMonth.days & ~.bits(from: day - ofMonth.base)).nonzeroBitCount
            guard (0...32).contains(day - ofMonth.base), ofMonth.contains(day) else { continue }
            times = plan.grid.count(before: Int(reading) - day * 86_400)
        }
        return days * plan.grid.count + times
    }
}
