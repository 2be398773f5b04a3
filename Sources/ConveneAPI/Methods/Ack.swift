public import Varlink

/// Takes note of what was said.
public enum Ack: VarlinkMethod {
    public static let name = "org.convene.Schedule.Ack"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String?
        public var zoneOfReader: String?

        public init(reference: String? = nil, zoneOfReader: String? = nil) {
            self.reference = reference
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var acknowledged: Int
        public var change: Change?

        public init(acknowledged: Int, change: Change? = nil) {
            self.acknowledged = acknowledged
            self.change = change
        }
    }
}
