/// A date of a previewed rule.
public struct PreviewDate: Codable, Hashable, Sendable {
    public var civil: String
    public var zone: String
    public var instant: String
    public var clockChange: ClockChange

    public init(civil: String, zone: String, instant: String, clockChange: ClockChange) {
        self.civil = civil
        self.zone = zone
        self.instant = instant
        self.clockChange = clockChange
    }
}
