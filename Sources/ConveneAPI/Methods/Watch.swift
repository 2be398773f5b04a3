public import Varlink

/// Follows changes and notifications; only with 'more'. Each reply holds one of the two; without 'after' the first holds
/// neither, but the cursor from which on it follows.
public enum Watch: VarlinkMethod {
    public static let name = "org.convene.Schedule.Watch"

    public struct Parameters: Codable, Hashable, Sendable {
        /// The cursor of the last reply that was dealt with; omitted: from now on.
        public var after: String?
        public var zoneOfReader: String?

        public init(after: String? = nil, zoneOfReader: String? = nil) {
            self.after = after
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var cursor: String
        public var change: LogRecord?
        public var notification: Notification?

        public init(cursor: String, change: LogRecord? = nil, notification: Notification? = nil) {
            self.cursor = cursor
            self.change = change
            self.notification = notification
        }
    }
}
