public import Varlink

/// Gives a party its seat.
public enum SetParty: VarlinkMethod {
    public static let name = "org.convene.Schedule.SetParty"

    public struct Parameters: Codable, Hashable, Sendable {
        public var name: String
        public var city: String
        public var zoneOfReader: String?

        public init(name: String, city: String, zoneOfReader: String? = nil) {
            self.name = name
            self.city = city
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var name: String
        public var city: String
        public var zone: String

        public init(name: String, city: String, zone: String) {
            self.name = name
            self.city = city
            self.zone = zone
        }
    }
}
