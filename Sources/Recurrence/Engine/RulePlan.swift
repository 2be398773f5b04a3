internal import ZonedTime

/// A rule and its start, prepared for computing: which periods belong to it, and which instances a period has.
///
/// Periods have indices: years, months since year 0, weeks, days, hours, minutes or seconds since 1970.
/// Those of the rule begin with the start's and follow each other at the rule's interval.
final class RulePlan: Sendable {
    /// How the rule's instances are found.
    enum Walk: Sendable {
        /// By weekdays alone.
        case days
        /// Month by month.
        case months
        /// Period by period, as RFC 5545 describes it.
        case periods
    }

    let frequency: Frequency
    let interval: Int
    /// The start, in seconds on the wall clock since 1970-01-01T00:00:00: nothing of the rule is earlier.
    let start: Int64
    let filter: DayFilter
    /// The times of a day; of an hour, minute or second, counted from its beginning, for shorter periods.
    let grid: TimeGrid
    /// For periods shorter than a day: the times of the day at which one may begin; `nil` where all may.
    let limits: TimeGrid?
    /// What is left of BYSETPOS: where it picks among times of a day, or within months, it is in grid and filter.
    let setPositions: [Int]
    /// Whether dates that do not exist are moved (SKIP), perhaps into the month beside.
    let moves: Bool
    let walk: Walk
    let days: DayStride
    let months: MonthStride
    /// Whether a day has more than one time.
    let hasManyTimes: Bool
    /// The day parts alone, of a rule with periods shorter than a day.
    let dayRule: RecurrenceRule?
    private let weekAnchor: Int
    let startIndex: Int
    /// Whether it is certain that the rule has no instance at all.
    let isEmpty: Bool

    init(_ rule: RecurrenceRule, start: CivilDateTime, isWholeDays: Bool) {
        let full = rule.withDayParts(of: start.date)
        self.frequency = rule.frequency
        // Longer than all years that there are in seconds: larger ones mean the same.
        interval = min(max(rule.interval, 1), 1 << 39)
        self.start = start.secondsSinceEpoch
        // 1970-01-01 was a Thursday: three days before it a week began that begins on Mondays.
        weekAnchor = -3 + Weekday.monday.days(until: rule.weekStart)
        startIndex = RulePlan.index(of: self.start, frequency, weekAnchor: weekAnchor)

        // What a part leaves open is the start's, in periods that are longer than its own unit.
        let time = isWholeDays ? .midnight : start.time
        let frequency = rule.frequency
        func bits(_ numbers: [Int], _ unit: Frequency, _ value: Int) -> UInt64 {
            if isWholeDays { return .bit(0) }
            return numbers.isEmpty ? frequency < unit ? .bit(value) : 0 : UInt64(times: numbers)
        }
        let hours = bits(rule.byHour, .hourly, time.hour) & TimeGrid.everyHour
        let minutes = bits(rule.byMinute, .minutely, time.minute)
        let seconds = bits(rule.bySecond, .secondly, time.second)
        var grid = TimeGrid(
            hours: frequency < .hourly ? hours : 1, minutes: frequency < .minutely ? minutes : 1,
            seconds: frequency < .secondly ? seconds : 1)
        limits = RulePlan.limits(frequency, hours: hours, minutes: minutes, seconds: seconds)
        var filter = DayFilter(full)
        var positions = rule.bySetPosition
        if !positions.isEmpty, frequency >= .daily {
            (grid, positions) = (grid.picking(positions), [])
        } else if !positions.isEmpty, frequency == .monthly, grid.count == 1, filter.hasTable {
            filter = DayFilter(full, picking: positions)
            positions = []
        }
        moves = rule.skip != .omit && rule.frequency <= .monthly && !filter.staysInMonth
        let day = Int(self.start).dividedDown(by: 86_400)
        // Of weeks that are all alike DayStride picks once for all.
        let picksLater = !positions.isEmpty && !(frequency == .weekly && grid.count == 1 && filter.isOfWeekdays)
        walk = RulePlan.walk(frequency, interval, filter, picks: picksLater)
        days = walk == .days ? RulePlan.days(from: day, weekAnchor, frequency, interval, filter, positions) : .none
        months =
            walk == .months
            ? MonthStride(from: day, frequency, interval: interval, filter: filter, moves: moves) : .none
        if walk != .periods { positions = [] }
        dayRule = frequency < .hourly ? nil : RulePlan.dayRule(full)
        isEmpty =
            grid.count == 0 || filter.isNever
            || !RulePlan.reaches(limits, from: startIndex, interval: interval, frequency)
            || RulePlan.picksNothing(positions, of: 366 * grid.count)
        self.grid = grid
        self.filter = filter
        setPositions = positions
        hasManyTimes = grid.count > 1
    }

    private static func dayRule(_ rule: RecurrenceRule) -> RecurrenceRule {
        var days = RecurrenceRule(frequency: .daily)
        days.byMonth = rule.byMonth
        days.byWeekNumber = rule.byWeekNumber
        days.byYearDay = rule.byYearDay
        days.byMonthDay = rule.byMonthDay
        days.byDay = rule.byDay
        days.weekStart = rule.weekStart
        return days
    }

    private static func walk(
        _ frequency: Frequency, _ interval: Int, _ filter: DayFilter, picks: Bool
    ) -> Walk {
        switch frequency {
        case _ where picks: .periods
        case .yearly, .monthly: .months
        case .weekly, .daily:
            filter.isOfWeekdays ? .days : frequency == .daily || interval == 1 ? .months : .periods
        case .hourly, .minutely, .secondly: .periods
        }
    }

    private static func days(
        from day: Int, _ weekAnchor: Int, _ frequency: Frequency, _ interval: Int, _ filter: DayFilter,
        _ positions: [Int]
    ) -> DayStride {
        guard frequency == .weekly else { return DayStride(from: day, step: interval, weekdays: filter.weekdays) }
        let first = weekAnchor + (day - weekAnchor).dividedDown(by: 7) * 7
        let week = filter.weekdays.bits(from: first) & 0x7F
        return DayStride(
            fromWeekOf: first, step: interval, week: positions.isEmpty ? week : week.picking(positions))
    }

    private static func limits(
        _ frequency: Frequency, hours: UInt64, minutes: UInt64, seconds: UInt64
    ) -> TimeGrid? {
        let hasLimits =
            switch frequency {
            case .hourly: hours != 0
            case .minutely: hours | minutes != 0
            case .secondly: hours | minutes | seconds != 0
            default: false
            }
        guard hasLimits else { return nil }
        return TimeGrid(
            hours: hours == 0 ? TimeGrid.everyHour : hours,
            minutes: frequency < .minutely ? 1 : minutes == 0 ? TimeGrid.every60 : minutes,
            seconds: frequency < .secondly ? 1 : seconds == 0 ? TimeGrid.every60 : seconds)
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
    /// The month that a day lies in.
    func month(of day: Int) -> Int {
        let (year, month, _) = CivilDate(unchecked: day).components
        return year * 12 + month - 1
    }

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
