import ZonedTime

/// A rule laid out from its start to its end.
struct RuleExpansion {
    let pattern: RulePattern
    /// No instance is later, in seconds on the wall clock.
    let last: Int
    /// Says of the latest instances, near a change of the clocks, which of them are in time.
    let deadline: Deadline?
    private let hasEnd: Bool

    /// - Parameters:
    ///   - countedBefore: starts outside the rule that COUNT counts too.
    ///   - zone: says what a UNTIL in UTC is on the wall clock; without one that shows UTC.
    init(
        _ rule: RecurrenceRule, start: CivilDateTime, countedBefore: Int = 0, isWholeDays: Bool = false,
        zone: TimeZone?
    ) {
        pattern = RulePattern(rule, start: start, isWholeDays: isWholeDays)
        hasEnd = rule.end != .never
        var deadline: Deadline?
        // Hours, minutes and seconds say nothing about whole days.
        if isWholeDays, rule.frequency > .daily {
            last = pattern.start - 1
        } else {
            switch rule.end {
            case .never:
                last = RulePattern.latest
            case .count(let count):
                let number = count.clamped(to: 0...Int(Int32.max)) - countedBefore - 1
                last = number < 0 ? pattern.start - 1 : pattern.instance(number) ?? RulePattern.latest
            case .untilDate(let date):
                last = date.daysSinceEpoch * 86_400 + 86_399
            case .untilLocal(let time):
                last = Int(time.secondsSinceEpoch)
            case .untilInstant(let instant):
                deadline = Deadline(instant, in: zone ?? .utc)
                last = deadline?.last ?? RulePattern.latest
            }
        }
        self.deadline = deadline?.isExact == false ? deadline : nil
    }

    /// Whether the rule goes on for ever. (Dates end with the year 9999 all the same.)
    var isEndless: Bool {
        guard !hasEnd else { return false }
        var cursor = RuleCursor(self, from: pattern.start)
        return cursor.next() != nil
    }

    /// How many instances there are before `time`.
    func count(before time: Int) -> Int {
        guard let deadline else { return pattern.count(before: min(time, last + 1)) }
        var count = pattern.count(before: min(time, deadline.certain))
        var cursor = RuleCursor(self, from: deadline.certain)
        while let next = cursor.next(), next < time { count += 1 }
        return count
    }
}

/// A UNTIL in UTC, for rules that run on a wall clock.
struct Deadline {
    let instant: Instant
    private let zone: TimeZone
    /// Readings before this are in time; seconds on the wall clock.
    let certain: Int
    /// Readings after this are too late; seconds on the wall clock.
    let last: Int

    init(_ instant: Instant, in zone: TimeZone) {
        self.instant = instant
        self.zone = zone
        // Where the clocks change around the deadline, a later reading can be the earlier instant.
        let offsets = [-172_800, 0, 172_800].map { zone.offset(at: instant.advanced(bySeconds: $0)).secondsEastOfUTC }
        let seconds = Int(instant.secondsSinceEpoch.clamped(to: -1 << 40 ... 1 << 40))
        certain = seconds + (offsets.min() ?? 0)
        last = seconds + (offsets.max() ?? 0)
    }

    /// Whether comparing readings with `last` is all there is to do.
    var isExact: Bool { certain == last }

    func admits(_ time: Int) -> Bool {
        if time <= certain { return true }
        if time > last { return false }
        return zone.instant(of: CivilDateTime(unchecked: Int64(time))) <= instant
    }
}

extension Comparable {
    func clamped(to range: ClosedRange<Self>) -> Self {
        min(max(self, range.lowerBound), range.upperBound)
    }
}

/// Walks through the instances of a rule, from any time on.
struct RuleCursor {
    private var finder: PeriodFinder
    private var period: Period
    /// The next instance is this or later; past `last` there is none.
    private var time: Int
    private let last: Int
    private let deadline: Deadline?
    private let clock: ClockPattern

    init(_ expansion: RuleExpansion, from time: Int) {
        finder = PeriodFinder(expansion.pattern)
        clock = expansion.pattern.clock
        deadline = expansion.deadline
        last = min(expansion.last, RulePattern.latest)
        self.time = max(time, expansion.pattern.start)
        if self.time <= last, let first = finder.period(from: self.time) {
            period = first
        } else {
            period = Period(index: 0, base: 0, days: DaySet())
            self.time = .max
        }
    }

    mutating func next() -> Int? {
        while time <= last {
            guard let found = period.next(from: time, clock) else {
                guard let next = finder.period(after: period) else { break }
                period = next
                continue
            }
            guard found <= last else { break }
            time = found + 1
            if let deadline, !deadline.admits(found) { continue }
            return found
        }
        time = .max
        return nil
    }
}

/// Walks through the instances of a rule backwards, from any time on.
struct ReverseRuleCursor {
    private var finder: PeriodFinder
    private var period: Period
    /// The next instance is this or earlier; before `start` there is none.
    private var time: Int
    private let start: Int
    private let deadline: Deadline?
    private let clock: ClockPattern

    init(_ expansion: RuleExpansion, upTo time: Int) {
        finder = PeriodFinder(expansion.pattern)
        clock = expansion.pattern.clock
        deadline = expansion.deadline
        start = expansion.pattern.start
        self.time = min(time, expansion.last, RulePattern.latest)
        if self.time >= start, let first = finder.period(upTo: self.time) {
            period = first
        } else {
            period = Period(index: 0, base: 0, days: DaySet())
            self.time = .min
        }
    }

    mutating func next() -> Int? {
        while time >= start {
            guard let found = period.previous(upTo: time, clock) else {
                guard let next = finder.period(before: period) else { break }
                period = next
                continue
            }
            guard found >= start else { break }
            time = found - 1
            if let deadline, !deadline.admits(found) { continue }
            return found
        }
        time = .min
        return nil
    }
}
