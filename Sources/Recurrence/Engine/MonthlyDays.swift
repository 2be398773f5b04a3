internal import ZonedTime

/// The day parts of which a month alone decides, BYMONTHDAY and BYDAY, and SKIP.
struct MonthlyDays: Sendable {
    /// BYMONTHDAY from the front and from the back, as bits; both 0 where there is none.
    private let fromStart: UInt64
    private let fromEnd: UInt64
    private let weekdays: WeekdayBits
    private let ordinals: [RecurrenceRule.WeekdayOrdinal]
    let skip: RecurrenceRule.Skip

    init(_ rule: RecurrenceRule, weekdays: WeekdayBits) {
        fromStart = UInt64(bits: rule.byMonthDay)
        fromEnd = UInt64(bits: rule.byMonthDay.lazy.map { -$0 })
        self.weekdays = weekdays
        ordinals = rule.byDay.filter { $0.ordinal != 0 }
        // Below the month nothing is moved: the date parts only limit there.
        skip = rule.frequency <= .monthly ? rule.skip : .omit
    }

    /// Whether BYMONTHDAY names any.
    var hasDates: Bool { fromStart | fromEnd != 0 }

    /// The days of a month that begins with that weekday, 0 for Monday, on which BYDAY lets it be: bit 1 for the first.
    func weekdays(length: Int, weekday: Int) -> UInt64 {
        // A day that SKIP moved from one end of the month to the other side has a weekday too.
        var wanted = weekdays.bits(fromWeekday: (weekday + 6) % 7)
        guard !ordinals.isEmpty else { return wanted }
        for entry in ordinals {
            let first = 1 + (entry.weekday.rawValue + 6 - weekday) % 7
            let last = first + (length - first) / 7 * 7
            let day = entry.ordinal > 0 ? first + (entry.ordinal - 1) * 7 : last + (entry.ordinal + 1) * 7
            if (1...length).contains(day) { wanted |= .bit(day) }
        }
        return wanted
    }

    /// The days that BYMONTHDAY names, all where it names none; bit 0 is the last day of the month before.
    func dates(length: Int) -> UInt64 {
        let all = UInt64.bits(upTo: length)
        guard hasDates else { return all }
        var days = fromStart & all
        // Day −1 is the last one; bit n from the end is bit length + 1 − n.
        fromEnd.forEachBit { if $0 <= length { days |= .bit(length + 1 - $0) } }
        let hasMissing = (fromStart & ~all) != 0
        let hasMissingFromEnd = (fromEnd & ~all) != 0
        switch skip {
        case .omit: break
        case .backward:
            if hasMissing { days |= .bit(length) }
            if hasMissingFromEnd { days |= .bit(0) }
        case .forward:
            if hasMissing { days |= .bit(length + 1) }
            if hasMissingFromEnd { days |= .bit(1) }
        }
        return days
    }
}
