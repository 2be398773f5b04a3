public import Varlink

/// The track record: planned, held, skipped, by whom hosted.
public enum GetRounds: VarlinkMethod {
    public static let name = "org.convene.Schedule.GetRounds"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        /// At most so many of the latest; omitted: 24.
        public var limit: Int?
        public var zoneOfReader: String?

        public init(reference: String, limit: Int? = nil, zoneOfReader: String? = nil) {
            self.reference = reference
            self.limit = limit
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var meeting: Meeting
        /// In the order of their periods.
        public var rounds: [Occurrence]
        /// So many were held in all.
        public var held: Int
        public var lastMetDaysAgo: Int?
        public var nextHost: String?
        public var notes: [Note]
        /// The recurrence id of the first meeting of those who are heads now.
        public var first: String?

        public init(
            meeting: Meeting, rounds: [Occurrence], held: Int, lastMetDaysAgo: Int? = nil, nextHost: String? = nil,
            notes: [Note], first: String? = nil
        ) {
            self.meeting = meeting
            self.rounds = rounds
            self.held = held
            self.lastMetDaysAgo = lastMetDaysAgo
            self.nextHost = nextHost
            self.notes = notes
            self.first = first
        }
    }
}
