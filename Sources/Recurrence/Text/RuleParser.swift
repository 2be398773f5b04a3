internal import ZonedTime

/// Reads an RRULE value part by part, then checks that the parts go together.
struct RuleParser {
    private var scanner: RuleScanner
    private var rule = RecurrenceRule(frequency: .yearly)
    /// Where each part was found, by name.
    private var positions: [String: Int] = [:]

    init(_ text: String) {
        scanner = RuleScanner(text)
    }

    mutating func parse() throws(RecurrenceRuleError) -> RecurrenceRule {
        _ = scanner.take(word: "RRULE:")
        repeat {
            try parsePart()
            // Some calendars write a semicolon behind the last part too.
        } while scanner.take(";") && !scanner.isAtEnd
        guard scanner.isAtEnd else { throw scanner.failure("expected ; or the end") }
        try checkParts()
        return rule
    }

    private mutating func parsePart() throws(RecurrenceRuleError) {
        let position = scanner.position
        let name = scanner.word()
        guard !name.isEmpty else { throw scanner.failure("expected the name of a part, such as FREQ") }
        guard positions.updateValue(position, forKey: name) == nil else {
            throw scanner.failure("\(name) is given twice", at: position)
        }
        guard scanner.take("=") else { throw scanner.failure("expected = after \(name)") }
        switch name {
        case "FREQ": rule.frequency = try parseFrequency()
        case "INTERVAL": rule.interval = try parsePositive(name)
        case "COUNT": rule.end = .count(try parsePositive(name))
        case "UNTIL": rule.end = try parseUntil()
        case "BYSECOND": rule.bySecond = try parseList(name, 0...60)
        case "BYMINUTE": rule.byMinute = try parseList(name, 0...59)
        case "BYHOUR": rule.byHour = try parseList(name, 0...23)
        case "BYDAY": rule.byDay = try parseWeekdays()
        case "BYMONTHDAY": rule.byMonthDay = try parseSignedList(name, upTo: 31)
        case "BYYEARDAY": rule.byYearDay = try parseSignedList(name, upTo: 366)
        case "BYWEEKNO": rule.byWeekNumber = try parseSignedList(name, upTo: 53)
        case "BYMONTH": rule.byMonth = try parseList(name, 1...12)
        case "BYSETPOS": rule.bySetPosition = try parseSignedList(name, upTo: 366)
        case "WKST": rule.weekStart = try parseWeekday()
        case "RSCALE": try parseCalendar()
        case "SKIP": rule.skip = try parseSkip()
        default: throw scanner.failure("there is no part \(name)", at: position)
        }
    }

    private mutating func parseFrequency() throws(RecurrenceRuleError) -> Frequency {
        let position = scanner.position
        let word = scanner.word()
        guard let frequency = Frequency.allCases.first(where: { $0.text == word }) else {
            throw scanner.failure("FREQ is YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY or SECONDLY", at: position)
        }
        return frequency
    }

    private mutating func parsePositive(_ name: String) throws(RecurrenceRuleError) -> Int {
        let position = scanner.position
        guard let number = scanner.number(), number >= 1 else {
            throw scanner.failure("\(name) takes a number from 1 to \(Int32.max)", at: position)
        }
        return number
    }

    private mutating func parseCalendar() throws(RecurrenceRuleError) {
        let position = scanner.position
        let word = scanner.word()
        guard word == "GREGORIAN" else {
            let found = word.isEmpty ? "nothing" : word
            throw scanner.failure("the only calendar known is GREGORIAN, not \(found)", at: position)
        }
    }

    private mutating func parseSkip() throws(RecurrenceRuleError) -> RecurrenceRule.Skip {
        let position = scanner.position
        switch scanner.word() {
        case "OMIT": return .omit
        case "BACKWARD": return .backward
        case "FORWARD": return .forward
        default: throw scanner.failure("SKIP is OMIT, BACKWARD or FORWARD", at: position)
        }
    }
}

// MARK: - Lists, weekdays and dates

extension RuleParser {
    private mutating func parseList(
        _ name: String, _ range: ClosedRange<Int>
    ) throws(RecurrenceRuleError) -> [Int] {
        var numbers: Set<Int> = []
        repeat {
            let position = scanner.position
            guard let number = scanner.number(), range.contains(number) else {
                throw scanner.failure(
                    "\(name) takes numbers from \(range.lowerBound) to \(range.upperBound)", at: position)
            }
            numbers.insert(number)
        } while scanner.take(",")
        return numbers.sorted()
    }

    private mutating func parseSignedList(
        _ name: String, upTo limit: Int
    ) throws(RecurrenceRuleError) -> [Int] {
        var numbers: Set<Int> = []
        repeat {
            let position = scanner.position
            guard let number = scanner.signedNumber(), (1...limit).contains(abs(number)) else {
                throw scanner.failure("\(name) takes numbers from 1 to \(limit) or -\(limit) to -1", at: position)
            }
            numbers.insert(number)
        } while scanner.take(",")
        return numbers.sorted()
    }

    private mutating func parseWeekdays() throws(RecurrenceRuleError) -> [RecurrenceRule.WeekdayOrdinal] {
        var days: Set<RecurrenceRule.WeekdayOrdinal> = []
        repeat {
            let position = scanner.position
            let ordinal = scanner.signedNumber()
            if let ordinal, !(1...53).contains(abs(ordinal)) {
                throw scanner.failure("BYDAY counts weekdays from 1 to 53 or -53 to -1", at: position)
            }
            days.insert(RecurrenceRule.WeekdayOrdinal(try parseWeekday(), ordinal: ordinal ?? 0))
        } while scanner.take(",")
        return days.sorted()
    }

    private mutating func parseWeekday() throws(RecurrenceRuleError) -> Weekday {
        let position = scanner.position
        let word = scanner.word()
        guard let weekday = Weekday.allCases.first(where: { $0.text == word }) else {
            throw scanner.failure("a weekday is MO, TU, WE, TH, FR, SA or SU", at: position)
        }
        return weekday
    }

    private mutating func parseUntil() throws(RecurrenceRuleError) -> RecurrenceRule.End {
        switch try scanner.moment(of: "UNTIL") {
        case .date(let date): .untilDate(date)
        case .local(let reading): .untilLocal(reading)
        case .instant(let instant): .untilInstant(instant)
        }
    }
}

// MARK: - What goes together

extension RuleParser {
    /// The table of RFC 5545 §3.3.10 and the notes around it.
    private func checkParts() throws(RecurrenceRuleError) {
        guard positions["FREQ"] != nil else { throw scanner.failure("FREQ is missing") }
        if positions["COUNT"] != nil, positions["UNTIL"] != nil {
            // The later of the two is the one too many.
            throw failure("COUNT and UNTIL exclude each other", at: latest(of: "COUNT", "UNTIL"))
        }
        if positions["RSCALE"] == nil { try refuse("SKIP", "SKIP needs RSCALE (RFC 7529)") }
        let frequency = rule.frequency
        if frequency != .yearly { try refuse("BYWEEKNO", "BYWEEKNO goes with FREQ=YEARLY only") }
        if frequency >= .monthly, frequency <= .daily {
            try refuse("BYYEARDAY", "BYYEARDAY does not go with FREQ=\(frequency.text)")
        }
        if frequency == .weekly { try refuse("BYMONTHDAY", "BYMONTHDAY does not go with FREQ=WEEKLY") }
        if rule.byDay.contains(where: { $0.ordinal != 0 }) {
            if frequency > .monthly {
                try refuse("BYDAY", "BYDAY counts weekdays with FREQ=MONTHLY or YEARLY only")
            }
            if !rule.byWeekNumber.isEmpty { try refuse("BYDAY", "BYDAY does not count weekdays beside BYWEEKNO") }
        }
        let selects = positions.keys.contains { $0.hasPrefix("BY") && $0 != "BYSETPOS" }
        if !selects { try refuse("BYSETPOS", "BYSETPOS needs another BY part to choose from") }
    }

    private func refuse(_ name: String, _ reason: String) throws(RecurrenceRuleError) {
        if let position = positions[name] { throw failure(reason, at: position) }
    }

    private func latest(of names: String...) -> Int {
        names.compactMap { positions[$0] }.max() ?? 0
    }

    private func failure(_ reason: String, at position: Int) -> RecurrenceRuleError {
        scanner.failure(reason, at: position)
    }
}
