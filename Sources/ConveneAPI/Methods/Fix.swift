public import Varlink

/// Sets a date that is agreed: of a window, an open hour or a proposal; it is confirmed then.
public enum Fix: VarlinkMethod {
    public static let name = "org.convene.Schedule.Fix"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var when: String
        public var duration: String?
        /// A date outside the window is meant.
        public var outsideWindow: Bool?
        /// A party or its seat, where another one hosts the round than the one whose turn it is.
        public var host: String?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(
            reference: String, when: String, duration: String? = nil, outsideWindow: Bool? = nil, host: String? = nil,
            revision: Int? = nil, zoneOfReader: String? = nil
        ) {
            self.reference = reference
            self.when = when
            self.duration = duration
            self.outsideWindow = outsideWindow
            self.host = host
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
