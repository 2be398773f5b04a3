/// What a person planned.
public struct Meeting: Codable, Hashable, Sendable {
    public var uid: String
    public var number: Int
    /// Counts the changes of this meeting; a write may carry the one that it was made against.
    public var revision: Int
    public var summary: String
    public var status: Status
    public var form: Form
    /// ISO 8601.
    public var duration: String
    public var zone: String
    public var city: String?
    public var place: String?
    public var note: String?
    /// RRULE value (RFC 5545 3.3.10), only of a series.
    public var rule: String?
    /// The same in words.
    public var sentence: String?
    public var alarms: [Alarm]
    /// Present where it is held in rounds.
    public var rounds: RoundsPlan?

    public init(
        uid: String, number: Int, revision: Int, summary: String, status: Status, form: Form, duration: String,
        zone: String, city: String? = nil, place: String? = nil, note: String? = nil, rule: String? = nil,
        sentence: String? = nil, alarms: [Alarm], rounds: RoundsPlan? = nil
    ) {
        self.uid = uid
        self.number = number
        self.revision = revision
        self.summary = summary
        self.status = status
        self.form = form
        self.duration = duration
        self.zone = zone
        self.city = city
        self.place = place
        self.note = note
        self.rule = rule
        self.sentence = sentence
        self.alarms = alarms
        self.rounds = rounds
    }
}
