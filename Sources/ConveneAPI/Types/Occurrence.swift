/// One dated happening of a meeting.
public struct Occurrence: Codable, Hashable, Sendable {
    public var uid: String
    /// The short number that references use; never given out again.
    public var number: Int
    /// The original start, which names the occurrence however it was moved; only of a series.
    public var recurrenceId: String?
    public var summary: String
    public var status: Status
    public var form: Form
    /// The wall clock of the meeting.
    public var there: Span
    /// The wall clock of the reader.
    public var here: Span
    /// The instants of start and end, with the offset of the meeting's zone.
    public var startsAt: String
    public var endsAt: String
    public var clockChange: ClockChange
    public var place: String?
    public var note: String?
    /// This occurrence differs from its series.
    public var changed: Bool
    /// Present where it is a round of talks.
    public var round: Round?
    /// The reader's wall clock at which a reminder that was put off is said again.
    public var snoozedUntil: String?

    public init(
        uid: String, number: Int, recurrenceId: String? = nil, summary: String, status: Status, form: Form,
        there: Span, here: Span, startsAt: String, endsAt: String, clockChange: ClockChange, place: String? = nil,
        note: String? = nil, changed: Bool, round: Round? = nil, snoozedUntil: String? = nil
    ) {
        self.uid = uid
        self.number = number
        self.recurrenceId = recurrenceId
        self.summary = summary
        self.status = status
        self.form = form
        self.there = there
        self.here = here
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.clockChange = clockChange
        self.place = place
        self.note = note
        self.changed = changed
        self.round = round
        self.snoozedUntil = snoozedUntil
    }
}
