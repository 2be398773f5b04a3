import ZonedTime

/// Reads the text of a rule, part by part, and keeps where each began.
struct RuleReader {
    /// A stretch of the text and where it begins, in Unicode scalars.
    private struct Field {
        let text: Substring.UnicodeScalarView
        let position: Int

        /// In capitals.
        var name: String { String(text).uppercased() }

        /// Splits at a separator; the pieces keep their positions.
        func split(at separator: Unicode.Scalar, maxSplits: Int = .max) -> [Field] {
            var position = position
            return text.split(separator: separator, maxSplits: maxSplits, omittingEmptySubsequences: false).map { piece in
                defer { position += piece.count + 1 }
                return Field(text: piece, position: position)
            }
        }
    }

    private let parts: [Field]
    private var positions: [RecurrenceRule.Part: Int] = [:]
    private var rule = RecurrenceRule(unchecked: .daily)
    private var frequency: Frequency?

    init(_ text: String) {
        let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        let scalars = text.unicodeScalars
        var rest = scalars.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        if String(rest.prefix(6)).uppercased() == "RRULE:" { rest = rest.dropFirst(6) }
        if rest.last == ";" { rest.removeLast() }
        let position = scalars.distance(from: scalars.startIndex, to: rest.startIndex)
        let whole = Field(text: rest, position: position)
        parts = rest.isEmpty ? [] : whole.split(at: ";")
    }

    mutating func read() throws(RecurrenceRuleError) -> RecurrenceRule {
        for part in parts {
            let pieces = part.split(at: "=", maxSplits: 1)
            guard pieces.count == 2, !pieces[0].text.isEmpty else {
                throw RecurrenceRuleError(.notAPart(String(part.text)), position: part.position)
            }
            guard let name = RecurrenceRule.Part(rawValue: pieces[0].name) else {
                throw RecurrenceRuleError(.unknownPart(name: pieces[0].name), position: part.position)
            }
            guard positions.updateValue(part.position, forKey: name) == nil else {
                throw RecurrenceRuleError(.duplicatePart(name), position: part.position)
            }
            try read(name, pieces[1])
        }
        guard let frequency else { throw RecurrenceRuleError(.missingFrequency, position: parts.first?.position ?? 0) }
        rule.frequency = frequency
        try rule.normalize(positions: positions)
        return rule
    }

    private mutating func read(_ part: RecurrenceRule.Part, _ field: Field) throws(RecurrenceRuleError) {
        switch part {
        case .calendar:
            guard !field.text.isEmpty else { throw malformed(part, field) }
            guard field.name == "GREGORIAN" else {
                throw RecurrenceRuleError(.unsupportedCalendar(name: field.name), position: field.position)
            }
        case .frequency:
            guard let found = Frequency.allCases.first(where: { $0.text == field.name }) else {
                throw malformed(part, field)
            }
            frequency = found
        case .until, .count:
            guard rule.end == .never else {
                throw RecurrenceRuleError(.countAndUntil, position: positions[part])
            }
            rule.end = part == .count ? .count(try number(part, field)) : try until(field)
        case .interval: rule.interval = try number(part, field)
        case .bySecond: rule.bySecond = try numbers(part, field)
        case .byMinute: rule.byMinute = try numbers(part, field)
        case .byHour: rule.byHour = try numbers(part, field)
        case .byDay: rule.byDay = try weekdays(field)
        case .byMonthDay: rule.byMonthDay = try numbers(part, field)
        case .byYearDay: rule.byYearDay = try numbers(part, field)
        case .byWeekNumber: rule.byWeekNumber = try numbers(part, field)
        case .byMonth: rule.byMonth = try months(field)
        case .bySetPosition: rule.bySetPosition = try numbers(part, field)
        case .weekStart:
            guard let weekday = Weekday(abbreviation: field.name) else { throw malformed(part, field) }
            rule.weekStart = weekday
        case .skip:
            switch field.name {
            case "OMIT": rule.skip = .omit
            case "FORWARD": rule.skip = .forward
            case "BACKWARD": rule.skip = .backward
            default: throw malformed(part, field)
            }
        }
    }

    private func malformed(_ part: RecurrenceRule.Part, _ field: Field) -> RecurrenceRuleError {
        RecurrenceRuleError(.malformed(part: part, value: String(field.text)), position: field.position)
    }
}

extension RuleReader {
    private func numbers(_ part: RecurrenceRule.Part, _ field: Field) throws(RecurrenceRuleError) -> [Int] {
        var numbers: [Int] = []
        for item in field.split(at: ",") { numbers.append(try number(part, item)) }
        return numbers
    }

    private func number(_ part: RecurrenceRule.Part, _ field: Field) throws(RecurrenceRuleError) -> Int {
        guard let value = integer(field.text) else { throw malformed(part, field) }
        guard part.allows(value) else {
            throw RecurrenceRuleError(
                .outOfRange(part: part, value: value, allowed: part.allowed, countsFromEnd: part.countsFromEnd),
                position: field.position)
        }
        return value
    }

    /// Digits with or without a sign; a number of more than 18 digits is out of every range, so it is cut there.
    private func integer(_ text: Substring.UnicodeScalarView) -> Int? {
        var digits = text
        let sign = digits.first
        if sign == "-" || sign == "+" { digits.removeFirst() }
        guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        let significant = digits.drop { $0 == "0" }.prefix(18)
        let value = significant.reduce(0) { $0 * 10 + Int($1.value) - 48 }
        return sign == "-" ? -value : value
    }

    /// RFC 7529's leap months (`5L`) exist in other calendars only.
    private func months(_ field: Field) throws(RecurrenceRuleError) -> [Int] {
        // The calendar may be named behind the month.
        if let calendar = parts.first(where: { $0.name.hasPrefix("RSCALE=") && $0.name != "RSCALE=GREGORIAN" }) {
            let name = String(calendar.name.dropFirst(7))
            throw RecurrenceRuleError(.unsupportedCalendar(name: name), position: calendar.position + 7)
        }
        return try numbers(.byMonth, field)
    }

    private func weekdays(_ field: Field) throws(RecurrenceRuleError) -> [RecurrenceRule.WeekdayOrdinal] {
        var weekdays: [RecurrenceRule.WeekdayOrdinal] = []
        for item in field.split(at: ",") {
            guard let weekday = Weekday(abbreviation: String(item.text.suffix(2)).uppercased()) else {
                throw malformed(.byDay, item)
            }
            let ordinal = item.text.dropLast(2)
            if ordinal.isEmpty {
                weekdays.append(RecurrenceRule.WeekdayOrdinal(weekday))
            } else {
                guard integer(ordinal) != nil else { throw malformed(.byDay, item) }
                let number = try number(.byDay, Field(text: ordinal, position: item.position))
                weekdays.append(RecurrenceRule.WeekdayOrdinal(weekday, ordinal: number))
            }
        }
        return weekdays
    }

    /// `20261220`, `20261220T150000` or `20261220T150000Z`.
    private func until(_ field: Field) throws(RecurrenceRuleError) -> RecurrenceRule.End {
        let text = Array(field.text.map { $0 == "t" ? "T" : $0 == "z" ? "Z" : $0 })
        func digits(_ range: Range<Int>) -> Int? {
            var value = 0
            for index in range {
                guard ("0"..."9").contains(text[index]) else { return nil }
                value = value * 10 + Int(text[index].value) - 48
            }
            return value
        }
        guard text.count >= 8, let year = digits(0..<4), let month = digits(4..<6), let day = digits(6..<8),
            let date = CivilDate(year: year, month: month, day: day)
        else { throw malformed(.until, field) }
        if text.count == 8 { return .untilDate(date) }
        guard text.count == 15 || text.count == 16 && text[15] == "Z", text[8] == "T", let hour = digits(9..<11),
            let minute = digits(11..<13), let second = digits(13..<15),
            let time = CivilTime(hour: hour, minute: minute, second: second == 60 ? 59 : second)
        else { throw malformed(.until, field) }
        let local = CivilDateTime(date, time)
        return text.count == 15 ? .untilLocal(local) : .untilInstant(Instant(local, at: .utc))
    }
}
