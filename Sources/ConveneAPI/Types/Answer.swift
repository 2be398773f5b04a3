/// What a party has said to the date.
public struct Answer: Codable, Hashable, Sendable {
    public var party: String
    /// False where it has not answered.
    public var yes: Bool

    public init(party: String, yes: Bool) {
        self.party = party
        self.yes = yes
    }
}
