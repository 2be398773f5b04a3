public import ZonedTime

/// A length as people type it: `90m`, `1h30`, `1.5h`, `2 days`, `1w`, `half an hour`, `PT90M`.
///
/// Days and weeks are nominal, everything shorter is exact. Months are refused: how long one is depends on where it
/// begins.
public enum DurationPhrase {
    /// Ten years, the longest length.
    static let longestDays = 3_660

    /// Reads a length that is more than nothing.
    public static func parse(_ text: String) throws(PhraseError) -> CalendarDuration {
        var reader = try PhraseReader(text)
        guard !reader.isAtEnd else {
            throw reader.error(0..<0, "a length is missing", ["90m", "1h30", "2 days"])
        }
        let whole = reader.tokens[0].range.lowerBound..<reader.tokens[reader.tokens.count - 1].range.upperBound
        if let duration = CalendarDuration(iso8601: reader.typed(whole).uppercased()) {
            return try reader.checked(duration, whole)
        }
        if reader.isMark("-") || reader.isMark("+") {
            throw reader.error(whole, "a length has no sign")
        }
        guard let duration = try reader.takeDuration() else { throw reader.notADuration() }
        guard reader.isAtEnd else { throw reader.notADuration() }
        return duration
    }
}

/// A unit of length, and how many of them make a phrase's number.
enum DurationUnit: Hashable {
    case second, minute, hour, day, week

    static let names: [String: DurationUnit] = [
        "s": .second, "sec": .second, "secs": .second, "second": .second, "seconds": .second,
        "m": .minute, "min": .minute, "mins": .minute, "minute": .minute, "minutes": .minute,
        "h": .hour, "hr": .hour, "hrs": .hour, "hour": .hour, "hours": .hour,
        "d": .day, "day": .day, "days": .day, "w": .week, "wk": .week, "wks": .week, "week": .week, "weeks": .week,
    ]

    var nominalDays: Int {
        switch self {
        case .second, .minute, .hour: 0
        case .day: 1
        case .week: 7
        }
    }

    var exactSeconds: Int64 {
        switch self {
        case .second: 1
        case .minute: 60
        case .hour: 3_600
        case .day, .week: 0
        }
    }
}

extension PhraseReader {
    /// Takes a length, `nil` where none begins; stops before a number that has no unit.
    mutating func takeDuration() throws(PhraseError) -> CalendarDuration? {
        let first = position
        var days = 0
        var seconds: Int64 = 0
        var units: Set<DurationUnit> = []
        while let part = try takeDurationPart(isFirst: units.isEmpty) {
            guard units.insert(part.unit).inserted else {
                throw error(range(from: first), "a unit stands in it twice")
            }
            days += part.days
            seconds += part.seconds
            _ = take("and")
        }
        if units.isEmpty { return nil }
        // An 'and' belongs to the length only where more of it follows.
        if let last = peek(-1), last.text == "and" { position -= 1 }
        guard let duration = CalendarDuration(days: days, seconds: seconds) else { return nil }
        return try checked(duration, range(from: first))
    }

    /// Refuses what is nothing, or longer than anyone meets.
    fileprivate func checked(_ duration: CalendarDuration, _ range: Range<Int>) throws(PhraseError) -> CalendarDuration
    {
        guard duration.days > 0 || duration.seconds > 0 else {
            throw error(range, "a length must be longer than nothing")
        }
        guard duration.days <= DurationPhrase.longestDays, duration.seconds <= DurationPhrase.longestDays * 86_400
        else { throw error(range, "it is longer than ten years") }
        return duration
    }

    private typealias DurationPart = (unit: DurationUnit, days: Int, seconds: Int64)

    private mutating func takeDurationPart(isFirst: Bool) throws(PhraseError) -> DurationPart? {
        let first = position
        if isFirst, take(all: "half", "an", "hour") { return (.minute, 0, 1_800) }
        if isFirst, take("a", "an", "one") {
            if let unit = take(DurationUnit.names) { return (unit, unit.nominalDays, unit.exactSeconds) }
            position = first
            return nil
        }
        guard let number = takeNumber(digits: 1...9) else { return nil }
        if let fraction = takeFraction() {
            guard let unit = take(DurationUnit.names) else {
                position = first
                return nil
            }
            return try fractional(number, fraction, of: unit, range(from: first))
        }
        guard let unit = take(DurationUnit.names) else {
            position = first
            return nil
        }
        var seconds = Int64(number) * unit.exactSeconds
        // '1h30': the minutes follow without a unit.
        if unit == .hour, isAdjacent(), peek(1).map({ DurationUnit.names[$0.text] == nil }) ?? true,
            let minutes = takeNumber(digits: 2...2)
        {
            guard minutes < 60 else { throw error(range(from: first), "an hour has 60 minutes") }
            seconds += Int64(minutes) * 60
        }
        return (unit, number * unit.nominalDays, seconds)
    }

    /// Takes `.5`, as its digits.
    private mutating func takeFraction() -> [Int]? {
        guard isMark("."), isAdjacent(), isAdjacent(1), let digits = peek(1), digits.kind == .number else { return nil }
        position += 2
        return digits.text.utf8.map { Int($0 - UInt8(ascii: "0")) }
    }

    /// `1.5h`: parts of an hour or minute that come to whole seconds.
    private func fractional(
        _ number: Int, _ fraction: [Int], of unit: DurationUnit, _ range: Range<Int>
    ) throws(PhraseError) -> DurationPart {
        guard unit.exactSeconds > 0 else {
            throw error(range, "a part of a day is not a length that everyone counts alike", ["36h"])
        }
        var seconds = Int64(number) * unit.exactSeconds
        var rest = unit.exactSeconds
        // Every digit is a tenth of the one before; after six of them not even a second is left of a week.
        for digit in fraction.prefix(6) {
            guard digit == 0 || rest * Int64(digit) % 10 == 0 else {
                throw error(range, "it does not come to whole seconds")
            }
            seconds += rest * Int64(digit) / 10
            rest = rest % 10 == 0 ? rest / 10 : 0
        }
        return (unit, 0, seconds)
    }

    /// Says what is wrong with something that should have been a length.
    func notADuration() -> PhraseError {
        let range = nextRange
        guard let token = peek() else { return error(range, "a unit is missing") }
        if token.kind == .number {
            if isMark(":", 1), let minutes = peek(2), minutes.kind == .number {
                return error(range, "a length has units, a time of day has none", ["\(token.text)h\(minutes.text)"])
            }
            if isWord(["mo", "mos", "month", "months", "y", "year", "years"], 1) {
                return error(range, "months and years are not all of one length", ["30 days"])
            }
            if isMark(",", 1), isAdjacent(1), let tenths = peek(2), let unit = peek(3), unit.kind == .word {
                let whole = token.range.lowerBound..<unit.range.upperBound
                return error(whole, "the decimal mark is a point", ["\(token.text).\(tenths.text)\(unit.text)"])
            }
            if peek(1)?.kind != .word {
                return error(token.range, "'\(token.text)' has no unit", ["\(token.text)m", "\(token.text)h"])
            }
        }
        let units = ["minutes", "hours", "days", "weeks", "seconds"]
        let wrong = token.kind == .number ? peek(1) ?? token : token
        let nearest = Spelling.nearest(to: wrong.text, among: units, by: { $0 })
        return error(
            wrong.range, "\(quoted(wrong.range)) is not a length",
            nearest.isEmpty && wrong.range == token.range ? ["90m", "1h30", "2 days"] : nearest)
    }
}
