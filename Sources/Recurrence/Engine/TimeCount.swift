internal import ZonedTime

/// Counts the instances of a rule whose periods are shorter than a day.
struct TimeCount {
    private let plan: RulePlan
    /// The days that the rule's day parts let pass, as a rule of their own; `nil` where all do.
    private let days: RulePlan?
    /// For each day the same places at which a period of the rule begins, in periods from midnight; `nil` where they
    /// differ from day to day.
    private let places: [Int]?

    init(_ plan: RulePlan) {
        self.plan = plan
        let midnight = CivilDateTime(unchecked: plan.start - plan.start.modulo(86_400))
        days = plan.filter.isOpen ? nil : plan.dayRule.map { RulePlan($0, start: midnight, isWholeDays: true) }
        places = TimeCount.places(plan)
    }

    private static func places(_ plan: RulePlan) -> [Int]? {
        let perDay = 86_400 / plan.frequency.seconds
        guard perDay % plan.interval == 0, plan.limits != nil || !plan.filter.isOpen else { return nil }
        let phase = plan.startIndex.modulo(plan.interval)
        guard let limits = plan.limits else { return Array(stride(from: phase, to: perDay, by: plan.interval)) }
        return (0..<limits.count).map { limits[$0] / plan.frequency.seconds }.filter { $0 % plan.interval == phase }
    }

    /// How many instances are earlier than a reading, from midnight of the start's day on where every day is like the
    /// others, else from the start's period on.
    func count(before reading: Int64) -> Int {
        guard let places else {
            return plan.filter.isOpen && plan.limits == nil
                ? countOfSteps(before: reading) : countByWalking(before: reading)
        }
        let day = Int(reading).dividedDown(by: 86_400)
        let midnight = Int64(day * 86_400)
        let whole = days.map { $0.count(before: midnight) } ?? day - Int(plan.start).dividedDown(by: 86_400)
        guard days.map({ $0.count(before: midnight + 1) > whole }) ?? true else {
            return whole * places.count * plan.grid.count
        }
        let (place, second) = (Int(reading) - day * 86_400).quotientAndRemainder(dividingBy: plan.frequency.seconds)
        let earlier = places.prefix { $0 < place }.count
        let own = places.contains(place) ? plan.grid.count(before: second) : 0
        return (whole * places.count + earlier) * plan.grid.count + own
    }

    /// The instance at a position, counted from where `count(before:)` begins.
    func instance(at position: Int) -> Int64? {
        let (period, time) = position.quotientAndRemainder(dividingBy: plan.grid.count)
        guard let places else {
            guard plan.filter.isOpen, plan.limits == nil else { return instanceByWalking(to: position) }
            return instance(ofStep: period).map { $0 + Int64(plan.grid[time]) }
        }
        guard !places.isEmpty else { return nil }
        let (day, place) = period.quotientAndRemainder(dividingBy: places.count)
        let first = Int(plan.start).dividedDown(by: 86_400)
        let midnight = days.map { $0.instance(at: day) } ?? (day > 4_000_000 ? nil : Int64((first + day) * 86_400))
        return midnight.map { $0 + Int64(places[place] * plan.frequency.seconds + plan.grid[time]) }
    }
}

// MARK: - Where no part leaves any period out

extension TimeCount {
    private func countOfSteps(before reading: Int64) -> Int {
        let index = plan.index(of: reading)
        let (steps, rest) = (index - plan.startIndex).quotientAndRemainder(dividingBy: plan.interval)
        if rest != 0 { return (steps + 1) * plan.grid.count }
        return steps * plan.grid.count + plan.grid.count(before: Int(reading) - index * plan.frequency.seconds)
    }

    private func instance(ofStep step: Int) -> Int64? {
        let (distance, overflow) = step.multipliedReportingOverflow(by: plan.interval)
        let (seconds, isTooFar) = plan.startIndex.addingClamped(distance)
            .multipliedReportingOverflow(by: plan.frequency.seconds)
        return overflow || isTooFar ? nil : Int64(seconds)
    }
}

// MARK: - Where each day may be different

extension TimeCount {
    private func countByWalking(before reading: Int64) -> Int {
        guard let phases = DayPhases(plan) else { return countByPeriods(before: reading) }
        let day = Int(reading).dividedDown(by: 86_400)
        var count = 0
        forEachDay { next in
            guard next < day else { return false }
            count += phases.count(on: next)
            return true
        }
        return count * plan.grid.count + countByPeriods(on: day, before: reading)
    }

    private func instanceByWalking(to position: Int) -> Int64? {
        guard let phases = DayPhases(plan) else { return instance(byPeriodsTo: position, from: .min) }
        var rest = position
        var found: Int?
        forEachDay { day in
            let count = phases.count(on: day) * plan.grid.count
            if rest < count { found = day } else { rest -= count }
            return found == nil
        }
        return found.flatMap { instance(byPeriodsTo: rest, from: Int64($0 * 86_400)) }
    }

    /// The days that pass, from the start's on, until it is enough.
    private func forEachDay(_ body: (Int) -> Bool) {
        let first = Int(plan.start).dividedDown(by: 86_400)
        var month = plan.month(of: first)
        while month <= 9_999 * 12 + 11 {
            let days = plan.filter.days(ofMonth: month)
            var word = days.days & .bits(from: first - days.base)
            while word != 0 {
                guard body(days.base + word.trailingZeroBitCount) else { return }
                word &= word &- 1
            }
            month += 1
        }
    }

    private func countByPeriods(on day: Int, before reading: Int64) -> Int {
        let midnight = Int64(day * 86_400)
        let begin = max(midnight, Int64(plan.startIndex * plan.frequency.seconds))
        return countByPeriods(from: begin, before: reading)
    }

    private func countByPeriods(before reading: Int64) -> Int {
        countByPeriods(from: Int64(plan.startIndex * plan.frequency.seconds), before: reading)
    }

    private func countByPeriods(from begin: Int64, before reading: Int64) -> Int {
        guard reading > begin else { return 0 }
        var walk = PeriodWalk(plan, from: begin, to: reading, .forward)
        var count = 0
        repeat { count += walk.count(before: reading, plan) } while walk.skipPeriod(plan)
        return count
    }

    private func instance(byPeriodsTo position: Int, from begin: Int64) -> Int64? {
        let begin = max(begin, Int64(plan.startIndex * plan.frequency.seconds))
        var walk = PeriodWalk(plan, from: begin, to: CivilDateTime.max.secondsSinceEpoch, .forward)
        var rest = position
        repeat {
            let count = walk.countInPeriod(plan)
            if rest < count { return walk.instance(at: rest, plan) }
            rest -= count
        } while walk.skipPeriod(plan)
        return nil
    }
}

/// How many periods of a rule begin on a day, where there are several a day, at places that shift from day to day.
private struct DayPhases {
    private let plan: RulePlan
    private let perDay: Int
    /// For each place that the day's first period may have, how many follow it; `nil` where nothing limits them.
    private let counts: [Int]?

    /// `nil` where steps are longer than a day: those are few enough to be walked.
    init?(_ plan: RulePlan) {
        perDay = 86_400 / plan.frequency.seconds
        guard plan.interval < perDay else { return nil }
        self.plan = plan
        counts = plan.limits.map { limits in
            var counts = [Int](repeating: 0, count: plan.interval)
            for position in 0..<limits.count {
                counts[limits[position] / plan.frequency.seconds % plan.interval] += 1
            }
            return counts
        }
    }

    func count(on day: Int) -> Int {
        let midnight = day * perDay
        // On the first day only what comes from the start on.
        guard midnight > plan.startIndex else { return countOfFirstDay(from: plan.startIndex - midnight) }
        let phase = (plan.startIndex - midnight).modulo(plan.interval)
        return counts.map { $0[phase] } ?? (perDay - phase + plan.interval - 1) / plan.interval
    }

    private func countOfFirstDay(from place: Int) -> Int {
        guard let limits = plan.limits else { return (perDay - place + plan.interval - 1) / plan.interval }
        return (0..<limits.count).count {
            let limit = limits[$0] / plan.frequency.seconds
            return limit >= place && (limit - place) % plan.interval == 0
        }
    }
}
