/// Who leads a side.
public struct Head: Codable, Hashable, Sendable {
    public var party: String?
    public var office: String?
    /// Who holds the office on the day.
    public var person: String?
    /// The day, month or year since when: '11 September 2019', 'September 2019'.
    public var since: String?

    public init(party: String? = nil, office: String? = nil, person: String? = nil, since: String? = nil) {
        self.party = party
        self.office = office
        self.person = person
        self.since = since
    }
}
