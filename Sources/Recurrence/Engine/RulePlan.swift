internal import ZonedTime

/// A rule and its start, prepared for computing: which periods belong to it, and which instances a period has.
///
/// Periods have indices: years, months since year 0, weeks, days, hours, minutes or seconds since 1970.
/// Those of the rule begin with the start's and follow each other at the rule's interval.
final class RulePlan: Sendable {
    let frequency: Frequency
    let interval: Int
    /// The start, in seconds on the wall clock since 1970-01-01T00:00:00: nothing of the rule is earlier.
    let start: Int64
    let filter: DayFilter
    /// The times of a day; of an hour, minute or second, counted from its beginning, for shorter periods.
    let grid: TimeGrid
    /// For periods shorter than a day: the times of the day at which one may begin; `nil` where all may.
    let limits: TimeGrid?
    let setPositions: [Int]
    /// Whether dates that do not exist are moved (SKIP), perhaps into the period beside.
    let moves: Bool
    private let weekAnchor: Int
    let startIndex: Int
    /// Whether it is certain that the rule has no instance at all.
    let isEmpty: Bool

    init(_ rule: RecurrenceRule, start: CivilDateTime, isWholeDays: Bool) {
        let full = rule.withParts(of: start, isWholeDays: isWholeDays)
        frequency = rule.frequency
        // Longer than all years that there are in seconds: larger ones mean the same.
        interval = min(max(rule.interval, 1), 1 << 39)
        self.start = start.secondsSinceEpoch
        filter = DayFilter(full)
        moves = rule.skip != .omit && rule.frequency <= .monthly
        let seconds = Set(full.bySecond.map { min($0, 59) }).sorted()
        grid = TimeGrid(
            hours: frequency < .hourly ? full.byHour : [0],
            minutes: frequency < .minutely ? full.byMinute : [0],
            seconds: frequency < .secondly ? seconds : [0])
        limits = RulePlan.limits(full, seconds: seconds)
        setPositions = rule.bySetPosition
        // 1970-01-01 was a Thursday: three days before it a week began that begins on Mondays.
        weekAnchor = -3 + Weekday.monday.days(until: rule.weekStart)
        startIndex = RulePlan.index(of: self.start, frequency, weekAnchor: weekAnchor)
        isEmpty =
            !RulePlan.reaches(limits, from: startIndex, interval: interval, frequency)
            || RulePlan.picksNothing(setPositions, of: frequency >= .daily ? grid.count : 366 * grid.count)
    }

    private static func limits(_ rule: RecurrenceRule, seconds: [Int]) -> TimeGrid? {
        let frequency = rule.frequency
        let hasLimits =
            switch frequency {
            case .hourly: !rule.byHour.isEmpty
            case .minutely: !rule.byHour.isEmpty || !rule.byMinute.isEmpty
            case .secondly: !rule.byHour.isEmpty || !rule.byMinute.isEmpty || !seconds.isEmpty
            default: false
            }
        guard hasLimits else { return nil }
        let hours = rule.byHour.isEmpty ? Array(0...23) : rule.byHour
        let minutes = rule.byMinute.isEmpty ? Array(0...59) : rule.byMinute
        return TimeGrid(
            hours: hours,
            minutes: frequency < .minutely ? [0] : minutes,
            seconds: frequency < .secondly ? [0] : seconds.isEmpty ? Array(0...59) : seconds)
    }

    /// Whether the steps of the rule ever come to one of the times of the day: a question of remainders.
    private static func reaches(
        _ limits: TimeGrid?, from start: Int, interval: Int, _ frequency: Frequency
    ) -> Bool {
        guard let limits else { return true }
        let step = greatestCommonDivisor(interval, 86_400 / frequency.seconds)
        let remainder = start.modulo(step)
        return (0..<limits.count).contains { (limits[$0] / frequency.seconds).modulo(step) == remainder }
    }

    /// How many instances every period has, where no part leaves any out; `nil` where they may differ.
    var countInEveryPeriod: Int? {
        frequency >= .daily && filter.isOpen && limits == nil && setPositions.isEmpty ? grid.count : nil
    }

    private static func picksNothing(_ positions: [Int], of count: Int) -> Bool {
        !positions.isEmpty && positions.allSatisfy { $0.magnitude > count }
    }
}

extension Frequency {
    /// The length of a period in seconds, from days on.
    var seconds: Int {
        switch self {
        case .hourly: 3_600
        case .minutely: 60
        case .secondly: 1
        default: 86_400
        }
    }
}

// MARK: - Indices

extension RulePlan {
    /// The period that a reading lies in.
    func index(of reading: Int64) -> Int {
        RulePlan.index(of: reading, frequency, weekAnchor: weekAnchor)
    }

    private static func index(of reading: Int64, _ frequency: Frequency, weekAnchor: Int) -> Int {
        let day = Int(reading).dividedDown(by: 86_400)
        switch frequency {
        case .yearly: return CivilDate(unchecked: day).year
        case .monthly:
            let (year, month, _) = CivilDate(unchecked: day).components
            return year * 12 + month - 1
        case .weekly: return (day - weekAnchor).dividedDown(by: 7)
        default: return Int(reading).dividedDown(by: frequency.seconds)
        }
    }

    /// The first day of a week.
    func firstDay(ofWeek index: Int) -> Int {
        weekAnchor + index * 7
    }

    /// The period of the rule at that index or else the next one; the one before where the direction is backward.
    ///
    /// `nil` where that would be before the start.
    func aligned(_ index: Int, _ direction: Direction) -> Int? {
        switch direction {
        case .forward:
            let distance = max(0, index - startIndex)
            return startIndex + (distance + interval - 1) / interval * interval
        case .backward:
            guard index >= startIndex else { return nil }
            return index - (index - startIndex) % interval
        }
    }

    /// After so many periods of the rule the calendar repeats: 400 years are 4,800 months and 20,871 weeks.
    var cycle: Int {
        let periods =
            switch frequency {
            case .yearly: 400
            case .monthly: 4_800
            case .weekly: 20_871
            default: 146_097 * (86_400 / frequency.seconds)
            }
        return periods / greatestCommonDivisor(periods, interval)
    }
}

/// Which way time is walked.
enum Direction: Sendable {
    case forward, backward

    var sign: Int { self == .forward ? 1 : -1 }
}
