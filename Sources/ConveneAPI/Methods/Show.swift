public import Varlink

/// One meeting, whole.
public enum Show: VarlinkMethod {
    public static let name = "org.convene.Schedule.Show"

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
        public var next: [Occurrence]
        /// Occurrences that differ from their series.
        public var changed: [Occurrence]
        /// Of the occurrence shown; where rounds are named as a whole, also of the next that are owed; where a series is,
        /// those that came already for the date shown, of the next for which they are to come.
        public var reminders: [Reminder]
        public var log: [LogRecord]
        /// Present where there is anything of it.
        public var ties: Ties?

        public init(
            meeting: Meeting, occurrence: Occurrence? = nil, next: [Occurrence], changed: [Occurrence],
            reminders: [Reminder], log: [LogRecord], ties: Ties? = nil
        ) {
            self.meeting = meeting
            self.occurrence = occurrence
            self.next = next
            self.changed = changed
            self.reminders = reminders
            self.log = log
            self.ties = ties
        }
    }
}
