public import Varlink

/// What was missed and nobody took note of, the latest first.
public enum GetMissed: VarlinkMethod {
    public static let name = "org.convene.Schedule.GetMissed"

    public struct Parameters: Codable, Hashable, Sendable {
        public var limit: Int?
        public var zoneOfReader: String?

        public init(limit: Int? = nil, zoneOfReader: String? = nil) {
            self.limit = limit
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var missed: [Missed]
        public var count: Int

        public init(missed: [Missed], count: Int) {
            self.missed = missed
            self.count = count
        }
    }
}
