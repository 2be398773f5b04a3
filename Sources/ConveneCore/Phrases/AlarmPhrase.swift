import ZonedTime

/// When to be reminded, as people type it: `15m`, `1d`, `15m before`, `10m after start`, `1h after end`,
/// `at the start`, or a fixed time: `fri 9am`, `2019-09-25 18:00 Tokyo`.
///
/// Behind a comma it may say what becomes of it when it is late: `15m, drop when late`, `1d, keep until told`.
public enum AlarmPhrase {
    /// An alarm as somebody wished it; `whenLate` where that was said.
    public struct Wish: Hashable, Sendable {
        public let trigger: AlarmTrigger
        public let whenLate: WhenLate?
    }

    /// Reads an alarm, and what becomes of it when it is late; `nil` for `none`.
    public static func wish(_ text: String, in context: PhraseContext) throws(PhraseError) -> Wish? {
        let (front, whenLate) = split(text)
        return try parse(front, in: context).map { Wish(trigger: $0, whenLate: whenLate) }
    }

    /// What stands behind the last comma, where that is about being late.
    private static func split(_ text: String) -> (Substring, WhenLate?) {
        guard let comma = text.lastIndex(of: ",") else { return (text[...], nil) }
        switch Folding.fold(String(text[text.index(after: comma)...])) {
        case "drop", "drop when late", "drop if late": return (text[..<comma], .drop)
        case "keep", "keep when late", "keep until told": return (text[..<comma], .keep)
        default: return (text[...], nil)
        }
    }

    private static func parse(_ text: Substring, in context: PhraseContext) throws(PhraseError) -> AlarmTrigger? {
        try parse(String(text), in: context)
    }

    /// Reads an alarm; `nil` for `none`.
    public static func parse(_ text: String, in context: PhraseContext) throws(PhraseError) -> AlarmTrigger? {
        var reader = try PhraseReader(text)
        if reader.take("none", "never", "off", "no"), reader.isAtEnd { return nil }
        reader.position = 0
        if let trigger = try reader.takeTrigger() { return trigger }
        let fixed = try WhenPhrase.parse(text, in: context)
        guard fixed.recurrence == nil, case .timed(let start, nil) = fixed.form else {
            throw PhraseError(
                text: text, range: 0..<text.unicodeScalars.count,
                reason: "a reminder comes at one time, or so long before or after",
                suggestions: fixed.recurrence == nil ? ["\(text) 09:00"] : [])
        }
        let zone = fixed.place.flatMap { context.zones.timeZone($0.identifier) } ?? context.readerZone
        return .at(start, in: zone)
    }
}

extension PhraseReader {
    /// Takes all of a phrase that counts from the meeting; `nil` where it may be a fixed time.
    fileprivate mutating func takeTrigger() throws(PhraseError) -> AlarmTrigger? {
        guard !isAtEnd else { throw error(0..<0, "a time is missing", ["15m", "1d", "1h after end", "fri 9am"]) }
        if let trigger = takeISODuration() { return trigger }
        if isNothing { return .beforeStart(.zero) }
        if take("start", "beginning"), isAtEnd { return .beforeStart(.zero) }
        position = 0
        if take("at") {
            _ = take("the")
            if take("start", "beginning"), isAtEnd { return .beforeStart(.zero) }
            if take("end"), isAtEnd { return .afterEnd(.zero) }
            position = 0
            return nil
        }
        guard let length = try takeDuration() else { return try refuseBareNumber() }
        if isAtEnd { return .beforeStart(length) }
        if take("before") {
            _ = take("the")
            _ = take("start", "beginning")
            guard isAtEnd else {
                throw error(nextRange, "a reminder comes before the start, after it, or after the end")
            }
            return .beforeStart(length)
        }
        guard take("after") else {
            // '2 days ago 10:00' and the like: let the dates say what they make of it.
            position = 0
            return nil
        }
        _ = take("the")
        if take("start", "beginning"), isAtEnd { return .afterStart(length) }
        if take("end"), isAtEnd { return .afterEnd(length) }
        let phrase = typed(range(from: 0))
        let range = isAtEnd ? range(from: 0) : nextRange
        let words = isAtEnd ? ["\(phrase) start", "\(phrase) end"] : ["start", "end"]
        throw error(range, "it does not say after what", words)
    }

    /// `0` and `0m`, as other programs have it: at the start.
    private var isNothing: Bool {
        guard let number = peek(), number.kind == .number, Int(number.text) == 0 else { return false }
        return peek(1) == nil || peek(2) == nil && isWord(Set(DurationUnit.names.keys), 1)
    }

    /// `-PT15M` and `PT15M`: before the start either way, as every length here without a word.
    private mutating func takeISODuration() -> AlarmTrigger? {
        let whole = tokens[0].range.lowerBound..<tokens[tokens.count - 1].range.upperBound
        guard let length = CalendarDuration(iso8601: typed(whole).uppercased()) else { return nil }
        return .beforeStart(length.days < 0 || length.seconds < 0 ? -length : length)
    }

    /// '15' is no hour here, but a length without its unit.
    private func refuseBareNumber() throws(PhraseError) -> AlarmTrigger? {
        let isBare = peek()?.kind == .number && (peek(1) == nil || isWord(["before", "after"], 1))
        if isBare || isWord(["month", "months", "year", "years"], 1) { throw notADuration() }
        if let unit = peek(1), isWord(["working", "business", "workday", "workdays"], 1) {
            throw error(unit.range, "a reminder counts minutes, hours, days or weeks", ["3d"])
        }
        return nil
    }
}
