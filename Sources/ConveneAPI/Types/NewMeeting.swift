/// A meeting to add; every text as a person types it.
public struct NewMeeting: Codable, Hashable, Sendable {
    public var summary: String
    /// 'fri 14:00', '24-30 sep', 'some day in october', 'every friday 10:00 Geneva'.
    public var when: String?
    /// '90m', '2 days', 'PT90M'.
    public var duration: String?
    /// A city, which gives place and zone.
    public var city: String?
    /// An IANA zone or a city.
    public var zone: String?
    public var place: String?
    /// 'every 2 weeks', 'FREQ=MONTHLY;BYDAY=3FR'.
    public var `repeat`: String?
    /// A status; 'tentative' is understood as possible.
    public var status: String?
    public var note: String?
    /// '15m', '1d', '1h after end', 'fri 9am'; ['none'] for none; omitted for the standard ones.
    public var alarms: [String]?
    /// An imported UID; omitted, the daemon makes one.
    public var uid: String?
    /// monthly, quarterly, …, or a recurrence whose dates begin the periods.
    public var rounds: String?
    /// Parties or their seats, in the order in which they take turns.
    public var hosts: [String]?
    /// The number of the first round.
    public var number: Int?
    /// 'Kim Jung-han (ROK DG), Shigeki Takizaki (Japan DG since sep)'.
    public var between: String?
    /// A reference to the meeting that it follows.
    public var after: String?
    /// A reference to the meeting that it is a part of.
    public var partOf: String?
    /// A reference to the meeting on whose sidelines it is.
    public var sidelines: String?
    /// A reference to the meeting that must be held first.
    public var dependsOn: String?

    public init(
        summary: String, when: String? = nil, duration: String? = nil, city: String? = nil, zone: String? = nil,
        place: String? = nil, `repeat`: String? = nil, status: String? = nil, note: String? = nil,
        alarms: [String]? = nil, uid: String? = nil, rounds: String? = nil, hosts: [String]? = nil, number: Int? = nil,
        between: String? = nil, after: String? = nil, partOf: String? = nil, sidelines: String? = nil,
        dependsOn: String? = nil
    ) {
        self.summary = summary
        self.when = when
        self.duration = duration
        self.city = city
        self.zone = zone
        self.place = place
        self.repeat = `repeat`
        self.status = status
        self.note = note
        self.alarms = alarms
        self.uid = uid
        self.rounds = rounds
        self.hosts = hosts
        self.number = number
        self.between = between
        self.after = after
        self.partOf = partOf
        self.sidelines = sidelines
        self.dependsOn = dependsOn
    }
}
