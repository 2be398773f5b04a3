public import Varlink

/// Calls it off; of a series one occurrence or, with 'all', what is still to come.
public enum Cancel: VarlinkMethod {
    public static let name = "org.convene.Schedule.Cancel"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var all: Bool?
        public var reason: String?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(
            reference: String, all: Bool? = nil, reason: String? = nil, revision: Int? = nil,
            zoneOfReader: String? = nil
        ) {
            self.reference = reference
            self.all = all
            self.reason = reason
            self.revision = revision
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
