public import Varlink

/// Changes what is given and leaves the rest. An empty place or note is taken away.
public enum Edit: VarlinkMethod {
    public static let name = "org.convene.Schedule.Edit"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String
        public var summary: String?
        public var place: String?
        public var note: String?
        public var duration: String?
        public var status: String?
        public var zone: String?
        /// A new rule; 'never' makes it a single meeting.
        public var `repeat`: String?
        /// A reference to the meeting that must be held first; 'none' for none any more.
        public var dependsOn: String?
        /// Of rounds, how often they are held from the next period on that nothing was said of: 'quarterly'.
        public var rounds: String?
        /// Of rounds, who takes turns from now on, in that order.
        public var hosts: [String]?
        /// Who meets, as with `NewMeeting`; empty for nobody any more.
        public var between: String?
        public var alarms: [String]?
        /// Where a new segment begins; omitted: with the next occurrence.
        public var from: String?
        public var revision: Int?
        public var zoneOfReader: String?

        public init(
            reference: String, summary: String? = nil, place: String? = nil, note: String? = nil,
            duration: String? = nil, status: String? = nil, zone: String? = nil, `repeat`: String? = nil,
            dependsOn: String? = nil, rounds: String? = nil, hosts: [String]? = nil, between: String? = nil,
            alarms: [String]? = nil, from: String? = nil, revision: Int? = nil, zoneOfReader: String? = nil
        ) {
            self.reference = reference
            self.summary = summary
            self.place = place
            self.note = note
            self.duration = duration
            self.status = status
            self.zone = zone
            self.repeat = `repeat`
            self.dependsOn = dependsOn
            self.rounds = rounds
            self.hosts = hosts
            self.between = between
            self.alarms = alarms
            self.from = from
            self.revision = revision
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
