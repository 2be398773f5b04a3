import ZonedTime

/// A pattern as it was typed: the parts of a rule, and what bounds it.
struct TypedRecurrence {
    enum Pattern {
        case parts(RuleParts)
        /// A rule in RFC 5545's own words.
        case rule(String)
    }

    var pattern: Pattern
    let range: Range<Int>
    /// The last date, included.
    var until: TypedDate?
    var count: Int?
}

/// The parts of a rule that English has words for. More of them can be added as the grammar grows.
struct RuleParts {
    enum Frequency: String {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    var frequency: Frequency
    var interval = 1
    /// With the ordinals before them, 0 for none.
    var weekdays: [(ordinal: Int, weekday: Weekday)] = []
    /// Negative ones count from the month's end.
    var monthDays: [Int] = []
    var month: Int?
    /// Which of the period's days; for 'the last working day'.
    var positions: [Int] = []

    static let workingDays: [(ordinal: Int, weekday: Weekday)] =
        [.monday, .tuesday, .wednesday, .thursday, .friday].map { (0, $0) }

    /// RFC 5545's text of it, without interval and end.
    var patternText: String {
        var parts = ["FREQ=\(frequency.rawValue)"]
        if let month { parts.append("BYMONTH=\(month)") }
        if !monthDays.isEmpty { parts.append("BYMONTHDAY=\(monthDays.map(String.init).joined(separator: ","))") }
        if !weekdays.isEmpty {
            let days = weekdays.map { "\($0.ordinal == 0 ? "" : "\($0.ordinal)")\($0.weekday.ruleText)" }
            parts.append("BYDAY=\(days.joined(separator: ","))")
        }
        if !positions.isEmpty { parts.append("BYSETPOS=\(positions.map(String.init).joined(separator: ","))") }
        return parts.joined(separator: ";")
    }

    var text: String { patternText + (interval > 1 ? ";INTERVAL=\(interval)" : "") }
}
