public import Varlink

/// Gives another time; of a series one occurrence (reference with @DATE) or, with 'all',
/// every one from the next (or 'from') on.
public enum Move: VarlinkMethod {
    public static let name = "org.convene.Schedule.Move"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var when: String
        public var duration: String?
        public var all: Bool?
        public var from: String?
        /// Lets what is part of it, or on its sidelines, move with it.
        public var withParts: Bool?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(
            reference: String, when: String, duration: String? = nil, all: Bool? = nil, from: String? = nil,
            withParts: Bool? = nil, revision: Int? = nil, zoneOfReader: String? = nil
        ) {
            self.reference = reference
            self.when = when
            self.duration = duration
            self.all = all
            self.from = from
            self.withParts = withParts
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
