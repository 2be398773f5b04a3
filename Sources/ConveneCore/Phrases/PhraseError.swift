/// Why something typed could not be understood, and what may have been meant.
public struct PhraseError: Error, Hashable, Sendable {
    /// What the trouble is about.
    public enum Subject: Hashable, Sendable {
        /// A date, a time, a length, or the whole.
        case phrase
        /// A city or zone that is not known.
        case unknownPlace
        /// A city that there is more than once; the suggestions name each.
        case ambiguousPlace
        /// A recurrence rule in RFC 5545's own words.
        case recurrenceRule
    }

    /// The phrase as typed, its first 500 scalars where it is longer.
    public let text: String
    /// The part of `text` that the reason is about, in Unicode scalars; empty where something is missing.
    public let range: Range<Int>
    /// A fragment of a sentence: `there is no 31 September`.
    public let reason: String
    /// Each one fits in the place of `range`: `30 sep`, `1 oct`.
    public let suggestions: [String]
    public let subject: Subject

    public init(
        text: String, range: Range<Int>, reason: String, suggestions: [String] = [], subject: Subject = .phrase
    ) {
        self.text = text
        self.range = range
        self.reason = reason
        self.suggestions = suggestions
        self.subject = subject
    }
}
