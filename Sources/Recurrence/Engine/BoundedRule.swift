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
    /// Up to this one every instance from the start on is inside.
    let certain: Int64
    /// Whether the rule has no end of its own.
    let isEndless: Bool
    private let until: UntilInstant?

    /// UNTIL as an instant, to be compared as such near it.
    private final class UntilInstant: Sendable {
        let instant: Instant
        let zone: TimeZone

        init(_ instant: Instant, in zone: TimeZone) {
            (self.instant, self.zone) = (instant, zone)
        }
    }

    init(_ rule: RecurrenceRule, start: CivilDateTime, isWholeDays: Bool, zone: TimeZone?) {
        plan = RulePlan(rule, start: start, isWholeDays: isWholeDays)
        isEndless = rule.end == .never
        let max = CivilDateTime.max.secondsSinceEpoch
        var until: UntilInstant?
        switch rule.end {
        case .never: last = max
        case .count(let count): last = plan.instance(at: count - 1) ?? (count < 1 ? plan.start - 1 : max)
        case .untilDate(let date): last = Int64(date.daysSinceEpoch) * 86_400 + 86_399
        case .untilLocal(let reading):
            // Of whole days UNTIL ends on its day.
            last = (isWholeDays ? CivilDateTime(reading.date, .midnight) : reading).secondsSinceEpoch
        case .untilInstant(let instant):
            let zone = zone ?? .utc
            let reading = zone.reading(at: instant)
            if isWholeDays || BoundedRule.isCalm(around: reading, in: zone) {
                last = reading.secondsSinceEpoch
            } else {
                last = min(reading.secondsSinceEpoch + BoundedRule.margin, max)
                until = UntilInstant(instant, in: zone)
            }
        }
        self.until = until
        certain = until == nil ? last : last - 2 * BoundedRule.margin
    }

    /// The clocks were never set by more than a day (Samoa, 2011).
    private static let margin: Int64 = 2 * 86_400

    /// Whether readings near this one are in the order of their instants, for the clocks do not change.
    private static func isCalm(around reading: CivilDateTime, in zone: TimeZone) -> Bool {
        guard let range = zone.uniqueRange(containing: reading), let before = reading.advanced(bySeconds: -margin),
            let after = reading.advanced(bySeconds: margin)
        else { return false }
        return range.contains(before) && range.contains(after)
    }

    func position(of instance: Int64) -> Position {
        if instance < plan.start { return .beforeStart }
        if instance > last { return .afterLast }
        guard let until, instance > certain else { return .inside }
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

extension BoundedRule {
    /// How many instances are earlier than that reading.
    func count(before reading: Int64) -> Int {
        guard reading > certain, until != nil else { return plan.count(before: min(reading, last + 1)) }
        // Near an UNTIL in UTC each instance is looked at.
        var count = plan.count(before: certain + 1)
        var cursor = starts(from: certain + 1)
        while let instance = cursor.next(), instance < reading { count += 1 }
        return count
    }
}
