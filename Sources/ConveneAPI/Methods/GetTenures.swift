public import Varlink

/// Who holds which office; of an office, of a person, or of all.
public enum GetTenures: VarlinkMethod {
    public static let name = "org.convene.Schedule.GetTenures"

    public struct Parameters: Codable, Hashable, Sendable {
        public var office: String?
        public var person: String?
        public var zoneOfReader: String?

        public init(office: String? = nil, person: String? = nil, zoneOfReader: String? = nil) {
            self.office = office
            self.person = person
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        /// The latest first.
        public var tenures: [Tenure]

        public init(tenures: [Tenure]) {
            self.tenures = tenures
        }
    }
}
