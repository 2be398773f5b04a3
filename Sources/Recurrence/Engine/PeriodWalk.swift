internal import ZonedTime

/// Walks a rule period by period: for what cannot be told by weekdays or months alone, such as BYSETPOS in a year,
/// and for periods shorter than a day.
struct PeriodWalk: Sendable {
    /// The period in turn; consumed from the side that the direction says.
    private var period = Period()
    private var index: Int
    private let lastIndex: Int
    private var cache = MonthDays.none

    /// - Parameter origin: forward the first reading that may be given, backward the first that may not any more.
    init(_ plan: RulePlan, from origin: Int64, to last: Int64, _ direction: Direction) {
        // A day that SKIP moved may lie in the period beside its own.
        let margin = plan.moves ? 1 : 0
        switch direction {
        case .forward:
            index = plan.index(of: origin) - margin
            lastIndex = plan.index(of: last) + margin
            while period.isEmpty, advance(plan, direction) { period.drop(before: origin, plan.grid) }
        case .backward:
            index = plan.index(of: max(origin - 1, plan.start)) + margin
            lastIndex = plan.startIndex
            while period.isEmpty, advance(plan, direction) { period.drop(from: origin, plan.grid) }
        }
    }

    mutating func next(_ plan: RulePlan, _ direction: Direction) -> Int64? {
        repeat {
            let found = direction == .forward ? period.popFirst(plan.grid) : period.popLast(plan.grid)
            if let found { return found }
        } while advance(plan, direction)
        return nil
    }

    /// Goes to the next period that has instances; `false` where there is none.
    private mutating func advance(_ plan: RulePlan, _ direction: Direction) -> Bool {
        var misses = 0
        while misses <= plan.cycle {
            guard let candidate = plan.candidate(from: index, to: lastIndex, direction, &cache) else { break }
            plan.expand(candidate, into: &period, &cache)
            index = candidate.addingClamped(direction.sign * plan.interval)
            if !period.isEmpty { return true }
            misses += 1
        }
        period.clear()
        return false
    }
}

extension PeriodWalk {
    /// How many instances the period in turn still has, whatever their bounds.
    func countInPeriod(_ plan: RulePlan) -> Int { period.count(plan.grid) }

    /// How many of those are earlier than a reading.
    func count(before reading: Int64, _ plan: RulePlan) -> Int {
        var rest = period
        rest.drop(before: reading, plan.grid)
        return period.count(plan.grid) - rest.count(plan.grid)
    }

    /// The instance at a position of the period in turn, of which none is consumed.
    func instance(at position: Int, _ plan: RulePlan) -> Int64 { period.instance(at: position, plan.grid) }

    /// Leaves out the rest of the period in turn; `false` where none follows.
    mutating func skipPeriod(_ plan: RulePlan) -> Bool {
        period.clear()
        return advance(plan, .forward)
    }
}
