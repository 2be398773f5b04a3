public import Varlink

/// Moves a rehearsal's clock, saying everything due on the way; streams with 'more'.
public enum Rehearse: VarlinkMethod {
    public static let name = "org.convene.Schedule.Rehearse"

    public struct Parameters: Codable, Hashable, Sendable {
        public var to: String
        public var zoneOfReader: String?

        public init(to: String, zoneOfReader: String? = nil) {
            self.to = to
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        /// The rehearsal's time on the reader's wall clock.
        public var now: String
        public var notifications: [Notification]

        public init(now: String, notifications: [Notification]) {
            self.now = now
            self.notifications = notifications
        }
    }
}
