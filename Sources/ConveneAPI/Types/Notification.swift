/// What was written to the journal.
public struct Notification: Codable, Hashable, Sendable {
    /// The same for every attempt at it.
    public var id: String
    /// Counts up; a cursor for Watch.
    public var position: Int
    /// reminder, missed, open, decision, change, digest or test.
    public var kind: String
    public var message: String
    public var dueAt: String
    /// The reader's wall clock at which it was due.
    public var here: String
    public var lateSeconds: Int
    public var number: Int?
    public var recurrenceId: String?
    /// Somebody took note of it.
    public var acknowledged: Bool
    /// The fields of its journal entry that begin with 'CONVENE_'; only in Watch.
    public var fields: [String: String]?

    public init(
        id: String, position: Int, kind: String, message: String, dueAt: String, here: String, lateSeconds: Int,
        number: Int? = nil, recurrenceId: String? = nil, acknowledged: Bool = false, fields: [String: String]? = nil
    ) {
        self.id = id
        self.position = position
        self.kind = kind
        self.message = message
        self.dueAt = dueAt
        self.here = here
        self.lateSeconds = lateSeconds
        self.number = number
        self.recurrenceId = recurrenceId
        self.acknowledged = acknowledged
        self.fields = fields
    }
}
