/// Why a recurrence rule is not one, and where in its text.
public struct RecurrenceRuleError: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// No FREQ.
        case missingFrequency
        /// A part without `=` or without a name.
        case notAPart(String)
        /// A part that no RRULE has.
        case unknownPart(name: String)
        case duplicatePart(RecurrenceRule.Part)
        /// A value that is not of the part's form.
        case malformed(part: RecurrenceRule.Part, value: String)
        /// A number that the part does not allow. Where `countsFromEnd`, the negatives of `allowed` are too.
        case outOfRange(part: RecurrenceRule.Part, value: Int, allowed: ClosedRange<Int>, countsFromEnd: Bool)
        case countAndUntil
        /// A part that a rule of that frequency cannot have (RFC 5545 §3.3.10).
        case notAllowed(part: RecurrenceRule.Part, with: Frequency)
        /// A weekday with an ordinal (`2TU`), which only months and years have.
        case ordinalNotAllowed(with: Frequency)
        /// A weekday with an ordinal beside BYWEEKNO.
        case ordinalWithWeekNumber
        /// BYSETPOS without another BY part to pick from.
        case setPositionAlone
        /// An RSCALE other than GREGORIAN.
        case unsupportedCalendar(name: String)
    }

    public let reason: Reason
    /// Unicode scalars before the fault in the text; `nil` for a rule that was not read from text.
    public let position: Int?

    public init(_ reason: Reason, position: Int? = nil) {
        self.reason = reason
        self.position = position
    }
}

extension RecurrenceRuleError: CustomStringConvertible {
    /// The reason as a sentence without its full stop: `BYMONTHDAY=32 is out of range (1 to 31, or -31 to -1)`.
    public var description: String {
        switch reason {
        case .missingFrequency: "a rule needs a FREQ, such as FREQ=WEEKLY"
        case .notAPart(let text): "'\(text)' is not of the form NAME=VALUE"
        case .unknownPart(let name): "there is no part \(name) in a recurrence rule"
        case .duplicatePart(let part): "\(part.rawValue) stands there twice"
        case .malformed(let part, let value): "'\(value)' is no value for \(part.rawValue)"
        case .outOfRange(let part, let value, let allowed, let countsFromEnd):
            "\(part.rawValue)=\(value) is out of range (\(allowed.lowerBound) to \(allowed.upperBound)"
                + (countsFromEnd ? ", or -\(allowed.upperBound) to -\(allowed.lowerBound))" : ")")
        case .countAndUntil: "a rule ends by COUNT or by UNTIL, not by both"
        case .notAllowed(let part, let frequency): "\(part.rawValue) has no meaning with FREQ=\(frequency.text)"
        case .ordinalNotAllowed(let frequency):
            "a weekday with a number, such as 2TU, has no meaning with FREQ=\(frequency.text)"
        case .ordinalWithWeekNumber: "a weekday with a number, such as 2TU, has no meaning beside BYWEEKNO"
        case .setPositionAlone: "BYSETPOS needs another BY part to pick from"
        case .unsupportedCalendar(let name): "the calendar \(name) is not known here, only GREGORIAN"
        }
    }
}
