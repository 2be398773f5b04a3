public import Varlink

/// Puts off: a round into another period, the next where none is named; a meeting off its date.
public enum Postpone: VarlinkMethod {
    public static let name = "org.convene.Schedule.Postpone"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        /// 'nov', 'week of 4 nov'.
        public var into: String?
        public var reason: String?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(
            reference: String, into: String? = nil, reason: String? = nil, revision: Int? = nil,
            zoneOfReader: String? = nil
        ) {
            self.reference = reference
            self.into = into
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
