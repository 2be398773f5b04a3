internal import ZonedTime

/// Walks the instances of one rule, from any reading on, up or down.
struct RuleCursor: Sendable {
    private let rule: BoundedRule
    private let direction: Direction
    /// The period in turn; consumed from the side that the direction says.
    private var period = Period()
    private var index: Int
    private let lastIndex: Int
    private var cache = MonthDays.none
    private var isDone = false

    /// - Parameter origin: forward the first reading that may be given, backward the first that may not any more.
    init(_ rule: BoundedRule, from origin: Int64, _ direction: Direction) {
        self.rule = rule
        self.direction = direction
        let plan = rule.plan
        // A day that SKIP moved may lie in the period beside its own.
        let margin = plan.moves ? 1 : 0
        let earliest = plan.startIndex
        let latest = plan.index(of: rule.last) + margin
        switch direction {
        case .forward:
            let origin = max(origin, plan.start)
            index = plan.index(of: min(origin, CivilDateTime.max.secondsSinceEpoch)) - margin
            lastIndex = latest
            isDone = plan.isEmpty || origin > rule.last
            if !isDone, advance() { period.drop(before: origin, plan.grid) }
        case .backward:
            let origin = min(origin, rule.last + 1)
            index = plan.index(of: max(origin - 1, plan.start)) + margin
            lastIndex = earliest
            isDone = plan.isEmpty || origin <= plan.start
            if !isDone, advance() { period.drop(from: origin, plan.grid) }
        }
    }

    mutating func next() -> Int64? {
        while !isDone {
            let found = direction == .forward ? period.popFirst(rule.plan.grid) : period.popLast(rule.plan.grid)
            guard let instance = found else {
                if advance() { continue }
                return nil
            }
            switch rule.position(of: instance) {
            case .inside: return instance
            case .outside: continue
            case .beforeStart: isDone = direction == .backward
            case .afterLast: isDone = direction == .forward
            }
        }
        return nil
    }

    /// Goes to the next period that has instances. `false`, and done, where there is none.
    private mutating func advance() -> Bool {
        var misses = 0
        while misses <= rule.plan.cycle {
            guard let candidate = rule.plan.candidate(from: index, to: lastIndex, direction, &cache) else { break }
            rule.plan.expand(candidate, into: &period, &cache)
            index = candidate.addingClamped(direction.sign * rule.plan.interval)
            if !period.isEmpty { return true }
            misses += 1
        }
        isDone = true
        return false
    }
}

extension RuleCursor {
    /// How many instances the period in turn still has, whatever their bounds.
    var countInPeriod: Int { period.count(rule.plan.grid) }

    /// Leaves out the rest of the period in turn.
    mutating func skipPeriod() {
        period.clear()
        _ = advance()
    }

    var isAtEnd: Bool { isDone }
}
