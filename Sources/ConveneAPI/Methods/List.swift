public import Varlink

/// What takes place from an instant on, in the order of its start; streams with 'more'.
/// Without 'more' one reply holds at most 1000 occurrences.
public enum List: VarlinkMethod {
    public static let name = "org.convene.Schedule.List"

    public struct Parameters: Codable, Hashable, Sendable {
        /// As typed; omitted: now. What has begun and not ended yet belongs to it.
        public var from: String?
        /// As typed; a day is included.
        public var until: String?
        /// At most so many.
        public var limit: Int?
        /// Only these; omitted: all but cancelled.
        public var statuses: [Status]?
        /// What has no date yet, windows and rounds: with `statuses` too, without them only that.
        public var undated: Bool?
        /// What has no date yet stands behind everything that has one.
        public var datedFirst: Bool?
        /// Only this meeting.
        public var reference: String?
        public var zoneOfReader: String?

        public init(
            from: String? = nil, until: String? = nil, limit: Int? = nil, statuses: [Status]? = nil,
            undated: Bool? = nil, datedFirst: Bool? = nil, reference: String? = nil, zoneOfReader: String? = nil
        ) {
            self.from = from
            self.until = until
            self.limit = limit
            self.statuses = statuses
            self.undated = undated
            self.datedFirst = datedFirst
            self.reference = reference
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var occurrences: [Occurrence]

        public init(occurrences: [Occurrence]) {
            self.occurrences = occurrences
        }
    }
}
