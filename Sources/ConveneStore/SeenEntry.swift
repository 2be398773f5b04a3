public import ConveneCore
public import ZonedTime

/// One own entry as the reader found it in the journal.
public struct SeenEntry: Hashable, Sendable {
    /// More than one where the entry stands for several notifications.
    public let identities: [String]
    public let kind: NotificationKind
    public let message: String
    /// The short number of its meeting.
    public let meeting: Int?
    public let recurrenceID: CivilDateTime?
    public let startsAt: Instant?
    public let due: Instant
    /// Seconds.
    public let late: Int
    /// All of its fields, as a JSON object: enough to say it again.
    public let fields: String

    public init(
        identities: [String], kind: NotificationKind, message: String, meeting: Int?, recurrenceID: CivilDateTime?,
        startsAt: Instant?, due: Instant, late: Int, fields: String
    ) {
        self.identities = identities
        self.kind = kind
        self.message = message
        self.meeting = meeting
        self.recurrenceID = recurrenceID
        self.startsAt = startsAt
        self.due = due
        self.late = late
        self.fields = fields
    }
}
