public import Varlink

/// Reverses a change by a new one; omitted: the peer's own latest that stands.
public enum Undo: VarlinkMethod {
    public static let name = "org.convene.Schedule.Undo"

    public struct Parameters: Codable, Hashable, Sendable {
        public var record: String?
        public var zoneOfReader: String?

        public init(record: String? = nil, zoneOfReader: String? = nil) {
            self.record = record
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var undone: LogRecord
        /// Absent where the meeting is gone.
        public var change: Change?
        /// The journal may have said something of the meeting since the change.
        public var told: Bool?

        public init(undone: LogRecord, change: Change? = nil, told: Bool? = nil) {
            self.undone = undone
            self.change = change
            self.told = told
        }
    }
}
