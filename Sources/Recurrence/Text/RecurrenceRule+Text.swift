internal import ZonedTime

extension RecurrenceRule {
    /// Reads the value of an RRULE (RFC 5545 §3.3.10, RFC 7529), such as `FREQ=MONTHLY;BYDAY=3FR`.
    ///
    /// The parts may come in any order and case, and behind `RRULE:`. Of RFC 7529's calendars only `GREGORIAN` is known.
    public init(_ text: String) throws(RecurrenceRuleError) {
        var parser = RuleParser(text)
        self = try parser.parse()
    }

    /// The rule as RRULE value: every part once, in a fixed order, without those that say what holds anyway.
    public var text: String {
        var parts: [String] = []
        if skip != .omit { parts.append("RSCALE=GREGORIAN") }
        parts.append("FREQ=\(frequency.text)")
        if skip != .omit { parts.append("SKIP=\(skip.text)") }
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        if let end = end.text { parts.append(end) }
        func append(_ name: String, _ list: [Int]) {
            if !list.isEmpty { parts.append("\(name)=\(list.map(String.init).joined(separator: ","))") }
        }
        append("BYMONTH", byMonth)
        append("BYWEEKNO", byWeekNumber)
        append("BYYEARDAY", byYearDay)
        append("BYMONTHDAY", byMonthDay)
        if !byDay.isEmpty { parts.append("BYDAY=\(byDay.map(\.text).joined(separator: ","))") }
        append("BYHOUR", byHour)
        append("BYMINUTE", byMinute)
        append("BYSECOND", bySecond)
        append("BYSETPOS", bySetPosition)
        if weekStart != .monday { parts.append("WKST=\(weekStart.text)") }
        return parts.joined(separator: ";")
    }
}

extension RecurrenceRule.End {
    fileprivate var text: String? {
        switch self {
        case .never: nil
        case .count(let count): "COUNT=\(count)"
        case .untilDate(let date): "UNTIL=\(date.basicText)"
        case .untilLocal(let reading): "UNTIL=\(reading.basicText)"
        case .untilInstant(let instant): "UNTIL=\(instant.reading(at: .utc).basicText)Z"
        }
    }
}

extension RecurrenceRule.Skip {
    fileprivate var text: String {
        switch self {
        case .omit: "OMIT"
        case .backward: "BACKWARD"
        case .forward: "FORWARD"
        }
    }
}

extension RecurrenceRule.WeekdayOrdinal {
    fileprivate var text: String { ordinal == 0 ? weekday.text : "\(ordinal)\(weekday.text)" }
}

extension Weekday {
    /// The two letters of RFC 5545.
    var text: String {
        switch self {
        case .monday: "MO"
        case .tuesday: "TU"
        case .wednesday: "WE"
        case .thursday: "TH"
        case .friday: "FR"
        case .saturday: "SA"
        case .sunday: "SU"
        }
    }
}

// The basic format of ISO 8601 is the extended one without its separators.
extension CivilDate {
    var basicText: String { iso8601.filter { $0 != "-" } }
}

extension CivilDateTime {
    var basicText: String { iso8601.filter { $0 != "-" && $0 != ":" } }
}
