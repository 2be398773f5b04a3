public import Varlink

/// Removes a meeting, or one occurrence of a series (reference with @DATE).
public enum Delete: VarlinkMethod {
    public static let name = "org.convene.Schedule.Delete"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var all: Bool?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(reference: String, all: Bool? = nil, revision: Int? = nil, zoneOfReader: String? = nil) {
            self.reference = reference
            self.all = all
            self.revision = revision
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var number: Int
        public var summary: String
        /// In words, where only one date or round went: 'Fri 20 Sep', 'October'.
        public var date: String?

        public init(number: Int, summary: String, date: String? = nil) {
            self.number = number
            self.summary = summary
            self.date = date
        }
    }
}
