internal import ZonedTime

/// A rule's plan and where it ends.
struct BoundedRule: Sendable {
    /// Where an instance lies between the bounds.
    enum Position {
        case inside
        /// Past UNTIL though a later reading may not be: the clocks jump there.
        case outside
        case beforeStart, afterLast
    }

    let plan: RulePlan
    /// No instance is later, in seconds on the wall clock.
    let last: Int64
    /// Whether the rule has no end of its own.
    let isEndless: Bool
    private let until: UntilInstant?

    /// UNTIL as an instant, to be compared as such near it.
    private struct UntilInstant {
        let instant: Instant
        let zone: TimeZone
        /// Readings before this one are inside for certain.
        let certain: Int64
    }

    init(_ rule: RecurrenceRule, start: CivilDateTime, isWholeDays: Bool, zone: TimeZone?) {
        plan = RulePlan(rule, start: start, isWholeDays: isWholeDays)
        isEndless = rule.end == .never
        let max = CivilDateTime.max.secondsSinceEpoch
        switch rule.end {
        case .never: (last, until) = (max, nil)
        case .count(let count):
            let endless = BoundedRule(endless: plan)
            (last, until) = (endless.instance(at: count - 1) ?? (count < 1 ? plan.start - 1 : max), nil)
        case .untilDate(let date):
            (last, until) = (Int64(date.daysSinceEpoch) * 86_400 + 86_399, nil)
        case .untilLocal(let reading):
            // Of whole days UNTIL ends on its day.
            let date = CivilDateTime(reading.date, .midnight)
            (last, until) = ((isWholeDays ? date : reading).secondsSinceEpoch, nil)
        case .untilInstant(let instant):
            let zone = zone ?? .utc
            let reading = zone.reading(at: instant).secondsSinceEpoch
            guard !isWholeDays else {
                (last, until) = (reading, nil)
                return
            }
            // The clocks were never set by more than a day (Samoa, 2011).
            (last, until) = (
                min(reading + 2 * 86_400, max),
                UntilInstant(instant: instant, zone: zone, certain: reading - 2 * 86_400)
            )
        }
    }

    private init(endless plan: RulePlan) {
        self.plan = plan
        last = CivilDateTime.max.secondsSinceEpoch
        isEndless = true
        until = nil
    }

    func position(of instance: Int64) -> Position {
        if instance < plan.start { return .beforeStart }
        if instance > last { return .afterLast }
        guard let until, instance >= until.certain else { return .inside }
        return until.zone.instant(of: CivilDateTime(unchecked: instance)) <= until.instant ? .inside : .outside
    }

    func starts(from reading: Int64) -> RuleCursor {
        RuleCursor(self, from: reading, .forward)
    }

    func starts(before reading: Int64) -> RuleCursor {
        RuleCursor(self, from: reading, .backward)
    }

    func contains(_ reading: Int64) -> Bool {
        var cursor = starts(from: reading)
        return cursor.next() == reading
    }
}

// MARK: - Counting

extension BoundedRule {
    /// The instance at a position, the first at 0, or `nil` where there are fewer.
    func instance(at position: Int) -> Int64? {
        if let count = plan.countInEveryPeriod { return instance(at: position, of: count) }
        var rest = position
        var cursor = starts(from: plan.start)
        while !cursor.isAtEnd, !plan.moves {
            let count = cursor.countInPeriod
            if rest < count { break }
            rest -= count
            cursor.skipPeriod()
        }
        while let instance = cursor.next() {
            if rest == 0 { return instance }
            rest -= 1
        }
        return nil
    }

    /// Where every period has as many as the others, no period has to be looked at.
    private func instance(at position: Int, of count: Int) -> Int64? {
        let length = plan.frequency.seconds
        // Those of the first period that are earlier than the start are none of the rule's.
        let dropped = plan.grid.count(before: Int(plan.start) - plan.startIndex * length)
        let (periods, place) = (dropped + position).quotientAndRemainder(dividingBy: count)
        let (steps, overflow) = periods.multipliedReportingOverflow(by: plan.interval)
        let (seconds, isTooFar) = plan.startIndex.addingClamped(steps).multipliedReportingOverflow(by: length)
        guard position >= 0, !overflow, !isTooFar, Int64(seconds) <= last else { return nil }
        let instance = Int64(seconds + plan.grid[place])
        return instance <= last ? instance : nil
    }

    /// How many instances are earlier than that reading.
    func count(before reading: Int64) -> Int {
        var count = 0
        var cursor = starts(from: plan.start)
        while let instance = cursor.next(), instance < reading { count += 1 }
        return count
    }
}
