/// Who holds an office, and from when to when.
public struct Tenure: Codable, Hashable, Sendable {
    public var party: String
    public var office: String
    public var person: String
    /// '11 September 2019', 'September 2019'.
    public var since: String?
    /// The last day.
    public var until: String?

    public init(party: String, office: String, person: String, since: String? = nil, until: String? = nil) {
        self.party = party
        self.office = office
        self.person = person
        self.since = since
        self.until = until
    }
}
