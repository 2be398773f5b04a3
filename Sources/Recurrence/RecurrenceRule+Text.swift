import ZonedTime

extension RecurrenceRule {
    /// Reads the value of an RRULE, such as `FREQ=MONTHLY;BYDAY=3FR`.
    ///
    /// Case does not matter, nor the order of the parts; a leading `RRULE:` and a trailing `;` are passed over.
    /// - Throws: what is wrong, and where, in Unicode scalars from the beginning of `text`.
    public init(_ text: String) throws(RecurrenceRuleError) {
        var reader = RuleReader(text)
        self = try reader.read()
    }

    /// The rule as the value of an RRULE, its parts in the order of RFC 5545's grammar and without those that
    /// say what holds anyway. Reading it gives an equal rule.
    public var text: String {
        Part.allCases.compactMap { part in value(of: part).map { "\(part.rawValue)=\($0)" } }.joined(separator: ";")
    }

    /// What the text of the rule says in a part, or `nil` where it leaves it out.
    private func value(of part: Part) -> String? {
        switch part {
        case .calendar: skip == .omit ? nil : "GREGORIAN"
        case .frequency: frequency.text
        case .until: end.untilText
        case .count: if case .count(let count) = end { String(count) } else { nil }
        case .interval: interval == 1 ? nil : String(interval)
        case .byDay: byDay.isEmpty ? nil : byDay.map(\.text).joined(separator: ",")
        case .weekStart: weekStart == .monday ? nil : weekStart.abbreviation
        case .skip: skip == .omit ? nil : skip == .forward ? "FORWARD" : "BACKWARD"
        case .bySecond, .byMinute, .byHour, .byMonthDay, .byYearDay, .byWeekNumber, .byMonth, .bySetPosition:
            numbers(part).isEmpty ? nil : numbers(part).map(String.init).joined(separator: ",")
        }
    }
}

extension RecurrenceRule.WeekdayOrdinal {
    /// As it stands in BYDAY: `MO`, `2TU`, `-1FR`.
    public var text: String {
        ordinal == 0 ? weekday.abbreviation : "\(ordinal)\(weekday.abbreviation)"
    }
}

extension RecurrenceRule.End {
    fileprivate var untilText: String? {
        switch self {
        case .never, .count: nil
        case .untilDate(let date): basic(CivilDateTime(date, .midnight)).date
        case .untilLocal(let time): basic(time).date + "T" + basic(time).time
        case .untilInstant(let instant):
            basic(instant.reading(at: .utc)).date + "T" + basic(instant.reading(at: .utc)).time + "Z"
        }
    }

    /// ISO 8601 without separators.
    private func basic(_ time: CivilDateTime) -> (date: String, time: String) {
        func padded(_ number: Int, to width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let (year, month, day) = time.date.components
        let clock = time.time
        return (
            padded(year, to: 4) + padded(month, to: 2) + padded(day, to: 2),
            padded(clock.hour, to: 2) + padded(clock.minute, to: 2) + padded(clock.second, to: 2)
        )
    }
}

extension Weekday {
    /// RFC 5545's two letters: `MO` to `SU`.
    var abbreviation: String {
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

    init?(abbreviation: some StringProtocol) {
        guard let weekday = Weekday.allCases.first(where: { $0.abbreviation == abbreviation }) else { return nil }
        self = weekday
    }
}
