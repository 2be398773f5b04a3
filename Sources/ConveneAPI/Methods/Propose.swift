public import Varlink

/// Offers a date; what was answered to another one does not count for it.
public enum Propose: VarlinkMethod {
    public static let name = "org.convene.Schedule.Propose"

    public struct Parameters: Codable, Hashable, Sendable {
        /// A round by '#oct', '#2019-10' or '#2'; of talks in rounds without it what is owed next.
        public var reference: String
        public var when: String
        public var duration: String?
        /// A party or its seat, where another one hosts it than the one whose turn it is.
        public var host: String?
        /// The party that offers it; omitted, that of the reader's zone.
        public var by: String?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(
            reference: String, when: String, duration: String? = nil, host: String? = nil, by: String? = nil,
            revision: Int? = nil, zoneOfReader: String? = nil
        ) {
            self.reference = reference
            self.when = when
            self.duration = duration
            self.host = host
            self.by = by
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
