public import Varlink

/// The log of changes, the newest first; streams with 'more'.
public enum GetLog: VarlinkMethod {
    public static let name = "org.convene.Schedule.GetLog"

    public struct Parameters: Codable, Hashable, Sendable {
        public var reference: String?
        public var limit: Int?
        public var zoneOfReader: String?

        public init(reference: String? = nil, limit: Int? = nil, zoneOfReader: String? = nil) {
            self.reference = reference
            self.limit = limit
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var records: [LogRecord]

        public init(records: [LogRecord]) {
            self.records = records
        }
    }
}
