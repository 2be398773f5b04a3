/// What is decided for the schedule as a whole.
public struct Settings: Codable, Hashable, Sendable {
    /// What new meetings at an hour are reminded of.
    public var alarms: [Alarm]
    /// What new meetings of whole days, or whose hour is open, are reminded of.
    public var dayAlarms: [Alarm]
    /// When the day's sheet comes, in words; omitted: never.
    public var digest: String?
    /// The reader's wall clock at which the next one comes.
    public var nextDigestHere: String?
    /// ISO 8601: for so long a change waits before it is told.
    public var changePause: String
    /// '22:00–07:00': what comes at night is pointed out; omitted: nothing is.
    public var night: String?

    public init(
        alarms: [Alarm], dayAlarms: [Alarm], digest: String? = nil, nextDigestHere: String? = nil,
        changePause: String, night: String? = nil
    ) {
        self.alarms = alarms
        self.dayAlarms = dayAlarms
        self.digest = digest
        self.nextDigestHere = nextDigestHere
        self.changePause = changePause
        self.night = night
    }
}
