/// Why a text is no recurrence rule.
public struct RecurrenceRuleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where the trouble begins, in Unicode scalars from the start of the text.
    public var position: Int
    /// What is wrong there, in English: `BYHOUR takes numbers from 0 to 23`.
    public var reason: String

    /// Names the place and what is wrong there.
    public init(position: Int, reason: String) {
        self.position = position
        self.reason = reason
    }

    public var description: String { "\(reason) (at \(position))" }
}
