public import Varlink

/// Plans a meeting.
public enum Add: VarlinkMethod {
    public static let name = "org.convene.Schedule.Add"

    public struct Parameters: Codable, Hashable, Sendable {
        public var meeting: NewMeeting
        public var zoneOfReader: String?

        public init(meeting: NewMeeting, zoneOfReader: String? = nil) {
            self.meeting = meeting
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
