public import Varlink

/// Plans many in one transaction: all or none.
public enum AddMany: VarlinkMethod {
    public static let name = "org.convene.Schedule.AddMany"

    public struct Parameters: Codable, Hashable, Sendable {
        public var meetings: [NewMeeting]
        public var zoneOfReader: String?

        public init(meetings: [NewMeeting], zoneOfReader: String? = nil) {
            self.meetings = meetings
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var numbers: [Int]

        public init(numbers: [Int]) {
            self.numbers = numbers
        }
    }
}
