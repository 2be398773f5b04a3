import Recurrence
public import ZonedTime

/// On which days a series can take place, in a form that an index can hold.
///
/// The days of a rule repeat: every so many days, on a weekday, in a month. A track names such a pattern
/// and the earliest time of day. For any day, today or ten years off, the tracks that fit it are found
/// without looking at the others; what the rule says in full is asked only of those.
public struct Track: Hashable, Sendable {
    /// What a day must have in common with the track's slot.
    public enum Cycle: Int, CaseIterable, Sendable {
        /// Any day; slot 0.
        case daily
        /// A weekday; slot 1 (Monday) to 7.
        case weekly
        /// Any month; slot 0.
        case monthly
        /// A month of the year; slot 1 to 12.
        case yearly
    }

    public let cycle: Cycle
    public let slot: Int
    /// Seconds after midnight before which no occurrence starts on such a day.
    public let timeOfDay: Int
    /// Seconds after midnight by which everything that starts on such a day is over.
    public let over: Int
    /// Of days (daily, weekly) or months (monthly, yearly), at least 1: the track fits those whose number,
    /// counted from 1970-01-01 or year 0, leaves `residue`.
    public let period: Int
    public let residue: Int
    /// Bit n is set where day n of a month can be meant, bit 32 + n where weekday n (Monday 1) can.
    public let dayMask: Int
    /// Days since 1970-01-01.
    public let firstDay: Int
    /// Days since 1970-01-01; `nil` where the series has no end.
    public let lastDay: Int?

    static let everyDay = 0xFFFF_FFFE | everyWeekday
    static let everyWeekday = 0xFE << 32

    /// What the mask of a track that fits a date has in common with this, each in its half.
    public static func mask(of date: CivilDate) -> (day: Int, weekday: Int) {
        (1 << date.day, 1 << (32 + date.weekday.rawValue))
    }

    /// The tracks of a segment: none without a rule.
    public static func tracks(of segment: Segment, in zone: TimeZone) -> [Track] {
        guard let rule = segment.rule else { return [] }
        let set = RecurrenceSet(
            start: segment.timing.start, rules: [rule], dates: [], exclusions: [], isWholeDays: !segment.timing.isTimed,
            zone: zone)
        var last = set.isEndless ? nil : set.last?.date
        if let endsBefore = segment.endsBefore { last = min(last ?? .max, endsBefore.date) }
        let length = Int(SpanClass.longestSeconds(of: segment.timing.duration))
        return TrackBuilder(rule: rule, start: segment.timing.start, length: length, last: last).tracks
    }

    /// Whether an occurrence can take place on that day.
    public func fits(_ date: CivilDate) -> Bool {
        let (year, month, _) = date.components
        let mask = Track.mask(of: date)
        guard date.daysSinceEpoch >= firstDay, date.daysSinceEpoch <= lastDay ?? .max, dayMask & mask.day != 0,
            dayMask & mask.weekday != 0
        else { return false }
        switch cycle {
        case .daily: return floorMod(date.daysSinceEpoch, period) == residue
        case .weekly:
            return date.weekday.rawValue == slot && floorMod(date.daysSinceEpoch, period) == residue
        case .monthly: return floorMod(year * 12 + month - 1, period) == residue
        case .yearly: return month == slot && floorMod(year * 12 + month - 1, period) == residue
        }
    }
}

func floorMod(_ value: Int, _ modulus: Int) -> Int {
    let remainder = value % modulus
    return remainder < 0 ? remainder + modulus : remainder
}

/// Reads off a rule the days on which it can have an instance: all of those, and not many more.
private struct TrackBuilder {
    let rule: RecurrenceRule
    let start: CivilDateTime
    let length: Int
    let last: CivilDate?

    var tracks: [Track] {
        // A date that is moved off a short month may land anywhere near.
        guard rule.skip == .omit else { return [daily(every: 1)] }
        switch rule.frequency {
        case .yearly: return yearly
        case .monthly:
            return [
                track(.monthly, slot: 0, period: rule.interval, residue: floorMod(startMonth, rule.interval), days)
            ]
        case .weekly: return weekly
        case .daily: return [daily(every: rule.interval)]
        case .hourly, .minutely, .secondly: return [daily(every: 1)]
        }
    }

    private var startMonth: Int { start.date.year * 12 + start.date.month - 1 }

    private func daily(every interval: Int) -> Track {
        track(.daily, slot: 0, period: interval, residue: floorMod(start.date.daysSinceEpoch, interval), Track.everyDay)
    }

    private var weekly: [Track] {
        let weekdays = rule.byDay.isEmpty ? [start.date.weekday] : rule.byDay.map(\.weekday)
        let firstWeek = start.date.daysSinceEpoch - rule.weekStart.days(until: start.date.weekday)
        return weekdays.map { weekday in
            let period = 7 * rule.interval
            let day = firstWeek + rule.weekStart.days(until: weekday)
            return track(
                .weekly, slot: weekday.rawValue, period: period, residue: floorMod(day, period), Track.everyDay)
        }
    }

    private var yearly: [Track] {
        // Numbers of days and weeks of a year fall into no month for good.
        let isSpreadOut =
            !rule.byYearDay.isEmpty || !rule.byWeekNumber.isEmpty
            || (rule.byMonth.isEmpty && !rule.byDay.isEmpty)
        if isSpreadOut { return [daily(every: 1)] }
        let months =
            !rule.byMonth.isEmpty ? rule.byMonth : rule.byMonthDay.isEmpty ? [start.date.month] : Array(1...12)
        return months.map { month in
            let period = 12 * rule.interval
            return track(
                .yearly, slot: month, period: period, residue: floorMod(start.date.year * 12 + month - 1, period), days)
        }
    }

    /// The days of a month that the rule can mean.
    private var days: Int {
        // Of a year, BYSETPOS picks from all its months together.
        let isOfMonth = rule.frequency == .monthly || rule.bySetPosition.isEmpty
        if isOfMonth, !rule.byDay.isEmpty || !rule.bySetPosition.isEmpty { return daysByPattern }
        let days = rule.byMonthDay.reduce(0) { mask, day in
            // The last day is the 28th to the 31st, the one before it the 27th to the 30th.
            day > 0 ? mask | 1 << day : mask | bits(29 + day, 32 + day)
        }
        if days != 0 { return days | Track.everyWeekday }
        return rule.byDay.isEmpty ? 1 << start.date.day | Track.everyWeekday : Track.everyDay
    }

    /// What the rule gives in each of the 28 months there are: of four lengths, beginning on seven weekdays.
    private var daysByPattern: Int {
        var pattern = rule
        pattern.frequency = .monthly
        pattern.interval = 1
        pattern.byMonth = []
        pattern.end = .never
        if rule.byDay.isEmpty, rule.byMonthDay.isEmpty { pattern.byMonthDay = [start.date.day] }
        if rule.bySetPosition.isEmpty { (pattern.byHour, pattern.byMinute, pattern.bySecond) = ([], [], []) }
        // It begins before all of them, for they are looked at whole.
        guard let before = CivilDate(year: 1999, month: 12, day: 1) else { return Track.everyDay }
        let set = RecurrenceSet(
            start: CivilDateTime(before, start.time), rules: [pattern], dates: [], exclusions: [], isWholeDays: false,
            zone: .utc)
        var mask = 0
        for month in TrackBuilder.everyKindOfMonth {
            for found in set.starts(from: CivilDateTime(month, .midnight)) {
                guard found.date.month == month.month, found.date.year == month.year else { break }
                let bits = Track.mask(of: found.date)
                mask |= bits.day | bits.weekday
            }
        }
        return mask
    }

    /// The first days of 28 months: one for each length and weekday that a month can begin with.
    private static let everyKindOfMonth: [CivilDate] = {
        var kinds: Set<Int> = []
        // After 28 years the weekdays of this stretch of the calendar repeat.
        return (2000 * 12..<2028 * 12).compactMap { index in
            let (year, month) = (index / 12, index % 12 + 1)
            guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
            let kind = CivilDate.daysInMonth(year: year, month: month) * 8 + first.weekday.rawValue
            return kinds.insert(kind).inserted ? first : nil
        }
    }()

    private func bits(_ first: Int, _ last: Int) -> Int {
        // A rule may name a sixth Monday, which no month has.
        (1...31).reduce(0) { first <= $1 && $1 <= last ? $0 | 1 << $1 : $0 }
    }

    private func track(_ cycle: Track.Cycle, slot: Int, period: Int, residue: Int, _ dayMask: Int) -> Track {
        Track(
            cycle: cycle, slot: slot, timeOfDay: earliestTimeOfDay, over: latestTimeOfDay + length, period: period,
            residue: residue, dayMask: dayMask, firstDay: start.date.daysSinceEpoch, lastDay: last?.daysSinceEpoch)
    }

    private var earliestTimeOfDay: Int {
        guard rule.frequency <= .daily else { return 0 }
        let time = start.time
        return (rule.byHour.first ?? time.hour) * 3_600 + (rule.byMinute.first ?? time.minute) * 60
            + min(59, rule.bySecond.first ?? time.second)
    }

    private var latestTimeOfDay: Int {
        guard rule.frequency <= .daily else { return 86_400 }
        let time = start.time
        return (rule.byHour.last ?? time.hour) * 3_600 + (rule.byMinute.last ?? time.minute) * 60
            + (rule.bySecond.last ?? time.second)
    }
}
