public import Varlink

/// The page for the morning: what is coming, what is open, what changed since yesterday.
public enum Overview: VarlinkMethod {
    public static let name = "org.convene.Schedule.Overview"
    /// So many meetings that wait for another are shown; the reply holds one more where there are more.
    public static let dependingLimit = 10

    public struct Parameters: Codable, Hashable, Sendable {
        public var zoneOfReader: String?

        public init(zoneOfReader: String? = nil) {
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        /// The reader's wall clock.
        public var now: String
        public var zone: String
        public var city: String?
        public var coming: [Occurrence]
        /// Windows and open hours without a date.
        public var waiting: [Occurrence]
        /// Possible, and what they wait for.
        public var depending: [Dependency]?
        /// Ended within the last 31 days, and not yet marked as held: the first five.
        public var overdue: [Occurrence]
        /// How many these are in all; omitted where they are too many to be counted.
        public var overdueCount: Int?
        /// So many reminders were missed, and nobody took note of them.
        public var missed: Int
        public var changed: [LogRecord]
        /// Where something is due, and the journal keeps it from being said: how much, and why; a sentence.
        public var problem: String?

        public init(
            now: String, zone: String, city: String? = nil, coming: [Occurrence], waiting: [Occurrence],
            depending: [Dependency]? = nil,
            overdue: [Occurrence], overdueCount: Int? = nil, missed: Int = 0, changed: [LogRecord],
            problem: String? = nil
        ) {
            self.now = now
            self.zone = zone
            self.city = city
            self.coming = coming
            self.waiting = waiting
            self.depending = depending
            self.overdue = overdue
            self.overdueCount = overdueCount
            self.missed = missed
            self.changed = changed
            self.problem = problem
        }
    }
}
