public import Varlink

/// Says who holds an office from a day on; who held it until then did so until the day before.
public enum SetHolder: VarlinkMethod {
    public static let name = "org.convene.Schedule.SetHolder"

    public struct Parameters: Codable, Hashable, Sendable {
        /// 'Japan DG'.
        public var office: String
        public var person: String
        /// '11 sep', 'september', '2019'; omitted: it is not known.
        public var since: String?
        public var zoneOfReader: String?

        public init(office: String, person: String, since: String? = nil, zoneOfReader: String? = nil) {
            self.office = office
            self.person = person
            self.since = since
            self.zoneOfReader = zoneOfReader
        }
    }

    public struct Reply: Codable, Hashable, Sendable {
        public var tenure: Tenure
        /// Meetings to come of that office.
        public var coming: [Occurrence]

        public init(tenure: Tenure, coming: [Occurrence]) {
            self.tenure = tenure
            self.coming = coming
        }
    }
}
