public import Varlink

/// Takes an alarm away, by its id, its words or what was typed to add it.
public enum RemoveAlarm: VarlinkMethod {
    public static let name = "org.convene.Schedule.RemoveAlarm"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var alarm: String
        public var zoneOfReader: String?

        public init(reference: String, alarm: String, zoneOfReader: String? = nil) {
            self.reference = reference
            self.alarm = alarm
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
