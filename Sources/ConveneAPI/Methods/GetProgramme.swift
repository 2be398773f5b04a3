public import Varlink

/// What belongs to a meeting, in the order in which it takes place.
public enum GetProgramme: VarlinkMethod {
    public static let name = "org.convene.Schedule.GetProgramme"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var zoneOfReader: String?

        public init(reference: String, zoneOfReader: String? = nil) {
            self.reference = reference
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var meeting: Meeting
        public var occurrence: Occurrence?
        public var items: [Occurrence]
        public var heads: [Head]

        public init(meeting: Meeting, occurrence: Occurrence? = nil, items: [Occurrence], heads: [Head]) {
            self.meeting = meeting
            self.occurrence = occurrence
            self.items = items
            self.heads = heads
        }
    }
}
