public import Varlink

/// Marks it as held; of a series the latest occurrence that has begun, unless one is named.
public enum Held: VarlinkMethod {
    public static let name = "org.convene.Schedule.Held"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var note: String?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(reference: String, note: String? = nil, revision: Int? = nil, zoneOfReader: String? = nil) {
            self.reference = reference
            self.note = note
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
