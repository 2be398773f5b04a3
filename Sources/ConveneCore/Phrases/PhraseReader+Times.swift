import ZonedTime

// Times of day: `10:00`, `9am`, `16h30`, `noon`.
extension PhraseReader {
    /// A time, or two with a dash between.
    typealias TypedTimes = (start: TypedTime, end: TypedTime?)

    mutating func takeTimes() throws(PhraseError) -> TypedTimes? {
        let first = position
        guard var start = try takeTime() else {
            // '10-11:30', '10am-noon': the hour alone is one where a time follows the dash.
            guard let bare = takeBareHour(), takeDash(), let end = try takeTime() else {
                position = first
                return nil
            }
            return (bare.inHalf(before: end), end)
        }
        let behindStart = position
        guard takeDash() else { return (start, nil) }
        if let end = try takeTime() {
            if !start.hasHalf { start = start.inHalf(before: end) }
            return (start, end)
        }
        // '9am-11'; but '10:00 - 11 oct' goes on with a date.
        let nextIsDate = peek(1).map { CalendarWords.months[$0.text] != nil || $0.text == "-" } ?? false
        if !nextIsDate, let end = takeBareHour() { return (start, end.inHalf(after: start)) }
        position = behindStart
        return (start, nil)
    }

    /// Takes a time of day that cannot be anything else.
    mutating func takeTime() throws(PhraseError) -> TypedTime? {
        let first = position
        if take("noon", "midday") { return TypedTime(secondOfDay: 43_200, hasHalf: true, range: range(from: first)) }
        if take("midnight") { return TypedTime(secondOfDay: 0, hasHalf: true, range: range(from: first)) }
        let hasZero = peek()?.text.hasPrefix("0") ?? false
        guard let hour = takeNumber(digits: 1...2) else { return nil }
        var minute = 0, second = 0
        if isMark(":"), isAdjacent(), isAdjacent(1), peek(1)?.kind == .number {
            position += 1
            guard let typed = takeNumber(digits: 2...2) else {
                throw error(range(from: first).lowerBound..<nextRange.upperBound, "minutes have two digits")
            }
            minute = typed
            second = takeSeconds() ?? 0
        } else if isWord(["h"]), isAdjacent() {
            position += 1
            if isAdjacent(), let typed = takeNumber(digits: 2...2) { minute = typed }
        } else if !isWord(["am", "pm", "oclock"]) {
            position = first
            return nil
        }
        _ = take("oclock")
        let half = takeHalf()
        var time = try checkedTime(hour, minute, second, half, range(from: first))
        // '07:00-8pm' is no '7-8pm'.
        if hasZero { time.hasHalf = true }
        return time
    }

    private mutating func takeSeconds() -> Int? {
        guard isMark(":"), isAdjacent(), isAdjacent(1), let digits = peek(1), digits.kind == .number,
            digits.text.utf8.count == 2
        else { return nil }
        position += 2
        return digits.number
    }

    /// `am` is 0, `pm` is 12.
    private mutating func takeHalf() -> Int? {
        take("am") ? 0 : take("pm") ? 12 : nil
    }

    private func checkedTime(
        _ hour: Int, _ minute: Int, _ second: Int, _ half: Int?, _ range: Range<Int>
    ) throws(PhraseError) -> TypedTime {
        guard minute <= 59, second <= 59 else {
            throw error(range, minute > 59 ? "there is no minute \(minute)" : "there is no second \(second)")
        }
        let rest = minute * 60 + second
        guard let half else {
            guard hour <= 23 || (hour == 24 && rest == 0) else {
                throw error(range, "there is no hour \(hour); a day has them from 0 to 23")
            }
            return TypedTime(secondOfDay: hour * 3_600 + rest, hasHalf: false, range: range)
        }
        guard (1...12).contains(hour) else {
            let meant = CivilTime(hour: hour, minute: minute, second: second).map { [$0.words] } ?? []
            throw error(range, "am and pm count hours from 1 to 12", meant)
        }
        return TypedTime(secondOfDay: (hour % 12 + half) * 3_600 + rest, hasHalf: true, range: range)
    }

    /// Takes a number that may be an hour beside another time.
    private mutating func takeBareHour() -> TypedTime? {
        guard let token = peek(), let hour = token.number, token.text.utf8.count <= 2, hour <= 24 else { return nil }
        position += 1
        return TypedTime(secondOfDay: hour * 3_600, hasHalf: false, range: token.range)
    }

    /// Takes `Z` or `+09:00` right behind a time; a minus only behind a time that stood after a `T` (RFC 3339), since
    /// elsewhere it is a dash.
    mutating func takeOffset(allowingMinus: Bool) throws(PhraseError) -> Offset? {
        guard isAdjacent() else { return nil }
        if take("z") { return .utc }
        guard isMark("+") || (allowingMinus && isMark("-")), isAdjacent(1), isMark(":", 2), isAdjacent(2),
            isAdjacent(3),
            let hours = peek(1), let minutes = peek(3), hours.text.utf8.count == 2, minutes.text.utf8.count == 2,
            let hour = hours.number, let minute = minutes.number
        else { return nil }
        let first = position
        let sign = isMark("-") ? -1 : 1
        position += 4
        guard hour <= 23, minute <= 59 else { throw error(range(from: first), "there is no such offset") }
        return Offset(secondsEastOfUTC: sign * (hour * 3_600 + minute * 60))
    }
}

extension TypedTime {
    /// `1:30-3pm`, `11-1am`: in the half of the day that brings the start nearest before its end.
    fileprivate func inHalf(before end: TypedTime) -> TypedTime {
        guard end.hasHalf else { return self }
        return nearest { TypedTime.length(from: $0, to: end.secondOfDay) }
    }

    /// `9am-11`, `11am-1`: in the half of the day that brings the end nearest behind its start.
    fileprivate func inHalf(after start: TypedTime) -> TypedTime {
        guard start.hasHalf else { return self }
        return nearest { TypedTime.length(from: start.secondOfDay, to: $0) }
    }

    /// The reading of an hour up to twelve that makes a length least.
    private func nearest(_ length: (Int) -> Int) -> TypedTime {
        guard secondOfDay < 46_800 else { return self }
        let morning = secondOfDay % 43_200
        var time = self
        time.secondOfDay = length(morning) <= length(morning + 43_200) ? morning : morning + 43_200
        return time
    }

    /// Seconds from one time of day to the next such other, 1 to 86,400.
    private static func length(from start: Int, to end: Int) -> Int {
        (end - start + 172_799) % 86_400 + 1
    }
}
