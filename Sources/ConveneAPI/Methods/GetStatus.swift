public import Varlink

/// How the daemon is.
public enum GetStatus: VarlinkMethod {
    public static let name = "org.convene.Schedule.GetStatus"

    public struct Parameters: Codable, Hashable, Sendable {
        public var zoneOfReader: String?

        public init(zoneOfReader: String? = nil) {
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var version: String
        public var pid: Int
        /// Present in a rehearsal: its time.
        public var rehearsal: String?
        public var now: String
        public var database: String
        public var databaseId: String
        public var meetings: Int
        public var zoneData: String
        /// The IANA zone of the machine: 'today' and 'tomorrow' in the journal are meant there.
        public var machineZone: String
        /// Reminders owed and not yet seen in the journal, and why.
        public var pending: Int
        public var pendingReason: String?
        public var nextDueAt: String?
        public var nextDueHere: String?
        /// False where the journal cannot be read back: then a successful send is counted.
        public var journalReadable: Bool
        public var journalProblem: String?
        public var delivered: Int
        public var warnings: [String]

        public init(
            version: String, pid: Int, rehearsal: String? = nil, now: String, database: String, databaseId: String,
            meetings: Int, zoneData: String, machineZone: String = "UTC", pending: Int, pendingReason: String? = nil,
            nextDueAt: String? = nil,
            nextDueHere: String? = nil, journalReadable: Bool, journalProblem: String? = nil, delivered: Int,
            warnings: [String]
        ) {
            self.version = version
            self.pid = pid
            self.rehearsal = rehearsal
            self.now = now
            self.database = database
            self.databaseId = databaseId
            self.meetings = meetings
            self.zoneData = zoneData
            self.machineZone = machineZone
            self.pending = pending
            self.pendingReason = pendingReason
            self.nextDueAt = nextDueAt
            self.nextDueHere = nextDueHere
            self.journalReadable = journalReadable
            self.journalProblem = journalProblem
            self.delivered = delivered
            self.warnings = warnings
        }
    }
}
