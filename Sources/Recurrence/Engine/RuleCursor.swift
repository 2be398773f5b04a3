internal import ZonedTime

/// Walks the instances of one rule, from any reading on, up or down.
///
/// The days of a stretch of time, a block, are the bits of a word; the next instance is the next bit.
struct RuleCursor: Sendable {
    private let rule: BoundedRule
    private let direction: Direction
    /// The days of the block that are left.
    private var word: UInt64 = 0
    /// Bit 0 at the first time of a day, in seconds on the wall clock.
    private var base: Int64 = 0
    /// How many times of the day in turn are gone already.
    private var consumedTimes = 0
    /// The block or the month in turn.
    private var index = 0
    /// One, where the rule is walked by periods.
    private var periods: [PeriodWalk] = []
    private var isDone = false

    /// - Parameter origin: forward the first reading that may be given, backward the first that may not any more.
    init(_ rule: BoundedRule, from origin: Int64, _ direction: Direction) {
        self.rule = rule
        self.direction = direction
        let plan = rule.plan
        switch direction {
        case .forward where !plan.isEmpty && origin <= rule.last: begin(from: max(origin, plan.start))
        case .backward where !plan.isEmpty && origin > plan.start: begin(before: min(origin, rule.last + 1))
        default: isDone = true
        }
    }

    mutating func next() -> Int64? {
        while true {
            guard word != 0 else {
                if advance() { continue }
                return nextOfPeriods()
            }
            let instance = popInstance()
            if instance <= rule.certain, instance >= rule.plan.start { return instance }
            switch rule.position(of: instance) {
            case .inside: return instance
            case .outside: continue
            case .beforeStart: if direction == .backward { return end() }
            case .afterLast: if direction == .forward { return end() }
            }
        }
    }

    private mutating func popInstance() -> Int64 {
        let isForward = direction == .forward
        let bit = isForward ? word.trailingZeroBitCount : 63 - word.leadingZeroBitCount
        let rest = isForward ? word & (word &- 1) : word & ~.bit(bit)
        let day = base &+ Int64(bit) &* 86_400
        guard rule.plan.hasManyTimes else {
            word = rest
            return day
        }
        let grid = rule.plan.grid
        let time = grid[isForward ? consumedTimes : grid.count - 1 - consumedTimes]
        consumedTimes += 1
        if consumedTimes == grid.count { (consumedTimes, word) = (0, rest) }
        return day + Int64(time - grid.first)
    }

    private mutating func end() -> Int64? {
        isDone = true
        word = 0
        periods = []
        return nil
    }

    private mutating func nextOfPeriods() -> Int64? {
        while !isDone, !periods.isEmpty {
            guard let instance = periods[0].next(rule.plan, direction) else { return end() }
            switch rule.position(of: instance) {
            case .inside: return instance
            case .outside: continue
            case .beforeStart: if direction == .backward { return end() }
            case .afterLast: if direction == .forward { return end() }
            }
        }
        return nil
    }
}

// MARK: - Seeking

extension RuleCursor {
    private mutating func begin(from origin: Int64) {
        let plan = rule.plan
        let day = Int(origin).dividedDown(by: 86_400)
        switch plan.walk {
        case .days:
            index = plan.days.block(of: day)
            take(plan.days.days(from: plan.days.firstDay(of: index)), from: plan.days.firstDay(of: index))
        case .months:
            // What was moved over the end of the month before may be the first.
            guard let month = plan.months.month(from: plan.month(of: day) - (plan.moves ? 1 : 0)) else {
                return finish()
            }
            takeMonth(month)
        case .periods:
            periods = [PeriodWalk(plan, from: origin, to: rule.last, direction)]
            return
        }
        while word != 0 || advance() {
            word &= .bits(from: day - firstDay)
            guard word != 0 else { continue }
            guard firstDay + word.trailingZeroBitCount == day else { return }
            consumedTimes = plan.grid.count(before: Int(origin) - day * 86_400)
            guard consumedTimes == plan.grid.count else { return }
            consumedTimes = 0
            word &= word &- 1
            if word != 0 { return }
        }
    }

    private mutating func begin(before origin: Int64) {
        let plan = rule.plan
        let day = Int(origin).dividedDown(by: 86_400)
        switch plan.walk {
        case .days:
            index = plan.days.block(of: day)
            take(plan.days.days(from: plan.days.firstDay(of: index)), from: plan.days.firstDay(of: index))
        case .months:
            guard let month = plan.months.month(upTo: plan.month(of: day) + (plan.moves ? 1 : 0)) else {
                return finish()
            }
            takeMonth(month)
        case .periods:
            periods = [PeriodWalk(plan, from: origin, to: rule.last, direction)]
            return
        }
        while word != 0 || advance() {
            word &= ~.bits(from: day + 1 - firstDay)
            guard word != 0 else { continue }
            let last = 63 - word.leadingZeroBitCount
            guard firstDay + last == day else { return }
            consumedTimes = plan.grid.count - plan.grid.count(before: Int(origin) - day * 86_400)
            guard consumedTimes == plan.grid.count else { return }
            consumedTimes = 0
            word &= ~.bit(last)
            if word != 0 { return }
        }
    }

    /// The day of bit 0.
    private var firstDay: Int { (Int(base) - rule.plan.grid.first).dividedDown(by: 86_400) }

    private mutating func finish() { isDone = true }
}

// MARK: - From block to block

extension RuleCursor {
    private mutating func take(_ days: UInt64, from first: Int) {
        word = days
        base = Int64(first * 86_400 + rule.plan.grid.first)
    }

    private mutating func takeMonth(_ month: Int) {
        index = month
        let days = rule.plan.months.days(ofMonth: month)
        take(days.days, from: days.base)
    }

    /// Goes to the next block that has days. `false`, and done, where there is none.
    private mutating func advance() -> Bool {
        guard !isDone else { return false }
        switch rule.plan.walk {
        case .days: return advanceByDays()
        case .months: return advanceByMonths()
        case .periods: return false
        }
    }

    private mutating func advanceByDays() -> Bool {
        let plan = rule.plan
        for _ in 0...DayStride.cycle {
            index += direction.sign
            let first = plan.days.firstDay(of: index)
            guard index >= 0, first * 86_400 <= rule.last else { break }
            take(plan.days.days(from: first), from: first)
            if word != 0 { return true }
        }
        isDone = true
        return false
    }

    private mutating func advanceByMonths() -> Bool {
        let plan = rule.plan
        var misses = 0
        repeat {
            let found = direction == .forward ? plan.months.month(after: index) : plan.months.month(before: index)
            guard let month = found, month <= RuleCursor.lastMonth else { break }
            takeMonth(month)
            if word != 0 { return true }
            misses += 1
            // Asked for late, for it takes some divisions.
        } while base <= rule.last && (misses < 64 || misses <= plan.months.cycle)
        isDone = true
        word = 0
        return false
    }

    /// December 9999.
    private static let lastMonth = 9_999 * 12 + 11
}
