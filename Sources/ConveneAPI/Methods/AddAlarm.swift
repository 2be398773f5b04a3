public import Varlink

/// Adds an alarm: '15m', '1h after end', 'wed 18:00'.
public enum AddAlarm: VarlinkMethod {
    public static let name = "org.convene.Schedule.AddAlarm"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var alarm: String
        public var whenLate: WhenLate?
        public var zoneOfReader: String?

        public init(reference: String, alarm: String, whenLate: WhenLate? = nil, zoneOfReader: String? = nil) {
            self.reference = reference
            self.alarm = alarm
            self.whenLate = whenLate
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var change: Change

        public init(change: Change) {
            self.change = change
        }
    }
}
