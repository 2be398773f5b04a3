/// What was noted on a day.
public struct Note: Codable, Hashable, Sendable {
    public var date: String
    public var text: String
    /// Of which occurrence; omitted for the whole.
    public var recurrenceId: String?

    public init(date: String, text: String, recurrenceId: String? = nil) {
        self.date = date
        self.text = text
        self.recurrenceId = recurrenceId
    }
}
