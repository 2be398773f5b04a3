public import Varlink

/// Says a reminder once more, later, and takes note of what was said so far.
public enum Snooze: VarlinkMethod {
    public static let name = "org.convene.Schedule.Snooze"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var until: String?
        public var zoneOfReader: String?

        public init(reference: String, until: String? = nil, zoneOfReader: String? = nil) {
            self.reference = reference
            self.until = until
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
