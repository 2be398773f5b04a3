public import ZonedTime

/// The hours at which nobody wants to be woken.
public struct Night: Hashable, Sendable {
    public let begins: CivilTime
    public let ends: CivilTime

    public init(from begins: CivilTime, to ends: CivilTime) {
        self.begins = begins
        self.ends = ends
    }

    public static let usual = Night(from: CivilTime(unchecked: 22 * 3_600), to: CivilTime(unchecked: 7 * 3_600))

    /// Whether a clock that shows this shows night; at the very hours with which it begins and ends it is not.
    public func contains(_ time: CivilTime) -> Bool {
        begins > ends ? time > begins || time < ends : time > begins && time < ends
    }

    /// `22:00–07:00`.
    public var words: String { "\(begins.words)–\(ends.words)" }

    public var text: String { "\(begins.iso8601) \(ends.iso8601)" }

    /// Reads what `text` wrote, or `nil` if it is anything else.
    public init?(text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let begins = CivilTime(iso8601: parts[0]), let ends = CivilTime(iso8601: parts[1])
        else {
            return nil
        }
        self.init(from: begins, to: ends)
    }

    /// Reads what people type: `22:00-07:00`, `22–7`, `10pm to 7am`; `nil` for anything else.
    public init?(typed text: String) {
        let parts = Folding.fold(text).replacing(" to ", with: "-").split(separator: "-")
        guard parts.count == 2, let begins = Night.hour(parts[0]), let ends = Night.hour(parts[1]), begins != ends
        else {
            return nil
        }
        self.init(from: begins, to: ends)
    }

    private static func hour(_ text: Substring) -> CivilTime? {
        var digits = text.filter { !$0.isWhitespace }
        let isMorning = digits.hasSuffix("am"), isAfternoon = digits.hasSuffix("pm")
        if isMorning || isAfternoon { digits.removeLast(2) }
        let numbers = digits.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(numbers.count), var hour = numbers[0], let minute = numbers.count == 2 ? numbers[1] : 0
        else {
            return nil
        }
        if isMorning || isAfternoon {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        return CivilTime(hour: hour == 24 ? 0 : hour, minute: minute)
    }
}
