/// What a write did.
public struct Change: Codable, Hashable, Sendable {
    public var meeting: Meeting
    /// The occurrence that was meant, else the next one, else the last one.
    public var occurrence: Occurrence?
    /// What it was before, where its time changed.
    public var before: Occurrence?
    /// The next occurrences of a series.
    public var next: [Occurrence]
    /// Reminders still to come of 'occurrence'.
    public var reminders: [Reminder]
    /// Worth a second look; at most two sentences. They never stop anyone.
    public var warnings: [String]
    /// Facts about what was understood, such as an alarm that is already past.
    public var remarks: [String]
    /// Present where there is anything of it.
    public var ties: Ties?

    public init(
        meeting: Meeting, occurrence: Occurrence? = nil, before: Occurrence? = nil, next: [Occurrence],
        reminders: [Reminder], warnings: [String], remarks: [String], ties: Ties? = nil
    ) {
        self.meeting = meeting
        self.occurrence = occurrence
        self.before = before
        self.next = next
        self.reminders = reminders
        self.warnings = warnings
        self.remarks = remarks
        self.ties = ties
    }
}
