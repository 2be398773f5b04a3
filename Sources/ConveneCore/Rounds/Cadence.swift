public import Recurrence
public import ZonedTime

/// How often a round is owed: once in every week, month, quarter…
public enum Cadence: String, Hashable, CaseIterable, Sendable {
    case weekly, fortnightly, monthly, quarterly, halfYearly, yearly
    /// Any recurrence whose instances begin the periods.
    case custom

    /// The cadence that a person typed, or `nil`; anything else may be a recurrence.
    public init?(typed text: String) {
        switch Folding.fold(text) {
        case "weekly", "every week": self = .weekly
        case "fortnightly", "every 2 weeks", "every fortnight": self = .fortnightly
        case "monthly", "every month": self = .monthly
        case "quarterly", "every quarter": self = .quarterly
        case "half-yearly", "half yearly", "twice a year", "every 6 months": self = .halfYearly
        case "yearly", "annual", "annually", "every year": self = .yearly
        default: return nil
        }
    }

    /// `half-yearly`.
    public var words: String {
        switch self {
        case .halfYearly: "half-yearly"
        case .custom: "recurring"
        default: rawValue
        }
    }

    /// The rule whose instances are the first days of the periods, and the first day of the one that holds `date`;
    /// `nil` for a recurrence of its own.
    public func periods(around date: CivilDate) -> (rule: RecurrenceRule, first: CivilDate)? {
        let (year, month, _) = date.components
        switch self {
        case .weekly, .fortnightly:
            var rule = RecurrenceRule(frequency: .weekly)
            rule.interval = self == .weekly ? 1 : 2
            rule.byDay = [RecurrenceRule.WeekdayOrdinal(.monday)]
            return date.advanced(byDays: 1 - date.weekday.rawValue).map { (rule, $0) }
        case .monthly, .quarterly, .halfYearly:
            let months = self == .monthly ? 1 : self == .quarterly ? 3 : 6
            var rule = RecurrenceRule(frequency: .monthly)
            rule.interval = months
            rule.byMonthDay = [1]
            return CivilDate(year: year, month: (month - 1) / months * months + 1, day: 1).map { (rule, $0) }
        case .yearly:
            var rule = RecurrenceRule(frequency: .yearly)
            rule.byMonth = [1]
            rule.byMonthDay = [1]
            return CivilDate(year: year, month: 1, day: 1).map { (rule, $0) }
        case .custom:
            return nil
        }
    }
}

/// How a period is called.
public struct PeriodName: Hashable, Sendable {
    public let cadence: Cadence
    /// The period's first day.
    public let first: CivilDate

    public init(_ cadence: Cadence, _ first: CivilDate) {
        self.cadence = cadence
        self.first = first
    }

    /// `September`, `3rd quarter`, `week of 23 Sep`; with the year where it is not `year`.
    public func words(knowing year: Int) -> String {
        let suffix = first.year == year ? "" : " \(first.year)"
        switch cadence {
        case .monthly: return CalendarWords.monthNames[first.month - 1] + suffix
        case .quarterly:
            let number = (first.month + 2) / 3
            return "\(["1st", "2nd", "3rd", "4th"][number - 1]) quarter" + suffix
        case .halfYearly: return (first.month < 7 ? "1st half" : "2nd half") + suffix
        case .yearly: return "\(first.year)"
        case .weekly, .fortnightly: return "week of \(day)" + suffix
        case .custom: return "from \(day)" + suffix
        }
    }

    /// What stands behind the `#`: without the year where it is the nearest of that name.
    public func short(on today: CivilDate) -> String {
        let distance = abs(first.days(since: today))
        let others = [-1, 1].compactMap {
            CivilDate(year: first.year + $0, month: first.month, day: min(first.day, 28))
        }
        let isNearest = others.allSatisfy { other in
            let further = abs(other.days(since: today))
            // Of two that are as far away the one to come.
            return further > distance || (further == distance && first >= today)
        }
        return short(knowing: isNearest ? first.year : 0)
    }

    /// What stands behind the `#`: `sep`, `q3`, `23sep`; with the year where it is not `year`.
    public func short(knowing year: Int) -> String {
        let isKnown = first.year == year
        switch cadence {
        case .monthly:
            return isKnown
                ? CalendarWords.short(CalendarWords.monthNames[first.month - 1]).lowercased()
                : String(first.iso8601.prefix(7))
        case .quarterly: return isKnown ? "q\((first.month + 2) / 3)" : String(first.iso8601.prefix(7))
        case .halfYearly: return isKnown ? (first.month < 7 ? "h1" : "h2") : String(first.iso8601.prefix(7))
        case .yearly: return "\(first.year)"
        case .weekly, .fortnightly, .custom:
            return isKnown
                ? "\(first.day)\(CalendarWords.short(CalendarWords.monthNames[first.month - 1]).lowercased())"
                : first.iso8601
        }
    }

    private var day: String {
        "\(first.day) \(CalendarWords.short(CalendarWords.monthNames[first.month - 1]))"
    }
}
