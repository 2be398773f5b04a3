public import Varlink

/// What is decided for the schedule as a whole.
public enum GetSettings: VarlinkMethod {
    public static let name = "org.convene.Schedule.GetSettings"

    public struct Parameters: Codable, Hashable, Sendable {
        public var zoneOfReader: String?

        public init(zoneOfReader: String? = nil) {
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
