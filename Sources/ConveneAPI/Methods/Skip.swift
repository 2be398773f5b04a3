public import Varlink

/// Lets a period go without its round.
public enum Skip: VarlinkMethod {
    public static let name = "org.convene.Schedule.Skip"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var reason: String?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(reference: String, reason: String? = nil, revision: Int? = nil, zoneOfReader: String? = nil) {
            self.reference = reference
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
