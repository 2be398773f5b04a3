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

    public init(
        summary: String, when: String? = nil, duration: String? = nil, city: String? = nil, zone: String? = nil,
        place: String? = nil, `repeat`: String? = nil, status: String? = nil, note: String? = nil,
        alarms: [String]? = nil, uid: String? = nil
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
    }
}
