public import Varlink

/// Decides something for the schedule as a whole; what is omitted stays.
public enum ChangeSettings: VarlinkMethod {
    public static let name = "org.convene.Schedule.ChangeSettings"

    public struct Parameters: Codable, Hashable, Sendable {
        public var alarms: [String]?
        public var dayAlarms: [String]?
        public var digest: String?
        public var changePause: String?
        public var night: String?
        public var zoneOfReader: String?

        public init(
            alarms: [String]? = nil, dayAlarms: [String]? = nil, digest: String? = nil, changePause: String? = nil,
            night: String? = nil, zoneOfReader: String? = nil
        ) {
            self.alarms = alarms
            self.dayAlarms = dayAlarms
            self.digest = digest
            self.changePause = changePause
            self.night = night
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var settings: Settings

        public init(settings: Settings) {
            self.settings = settings
        }
    }
}
