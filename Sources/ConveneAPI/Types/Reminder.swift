/// One alarm of one occurrence, due at an instant.
public struct Reminder: Codable, Hashable, Sendable {
    public var alarm: Alarm
    public var dueAt: String
    /// The wall clock of the reader.
    public var here: String
    /// The wall clock of the meeting.
    public var there: String
    public var recurrenceId: String?

    public init(alarm: Alarm, dueAt: String, here: String, there: String, recurrenceId: String? = nil) {
        self.alarm = alarm
        self.dueAt = dueAt
        self.here = here
        self.there = there
        self.recurrenceId = recurrenceId
    }
}
