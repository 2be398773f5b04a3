public import Varlink

/// Records a no: the date is off; a round is open again, another meeting postponed.
public enum Decline: VarlinkMethod {
    public static let name = "org.convene.Schedule.Decline"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        /// A party or its seat.
        public var by: String
        public var reason: String?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(
            reference: String, by: String, reason: String? = nil, revision: Int? = nil, zoneOfReader: String? = nil
        ) {
            self.reference = reference
            self.by = by
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
