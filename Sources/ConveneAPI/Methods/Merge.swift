public import Varlink

/// Makes one round of two.
public enum Merge: VarlinkMethod {
    public static let name = "org.convene.Schedule.Merge"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        /// The round as which it is held: 'nov', '2019-11', '3'.
        public var other: String
        public var reason: String?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(
            reference: String, other: String, reason: String? = nil, revision: Int? = nil, zoneOfReader: String? = nil
        ) {
            self.reference = reference
            self.other = other
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
