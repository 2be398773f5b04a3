public import Varlink

/// Marks it as agreed, and sets its hour where one is given.
public enum Confirm: VarlinkMethod {
    public static let name = "org.convene.Schedule.Confirm"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        /// A party or its seat; omitted: everyone.
        public var by: String?
        public var at: String?
        public var duration: String?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(
            reference: String, by: String? = nil, at: String? = nil, duration: String? = nil, revision: Int? = nil,
            zoneOfReader: String? = nil
        ) {
            self.reference = reference
            self.by = by
            self.at = at
            self.duration = duration
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
