/// How often talks are held whose dates are agreed one by one.
public struct RoundsPlan: Codable, Hashable, Sendable {
    /// weekly, fortnightly, monthly, quarterly, half-yearly, yearly, recurring.
    public var cadence: String
    /// In the order in which they take turns.
    public var hosts: [String]

    public init(cadence: String, hosts: [String]) {
        self.cadence = cadence
        self.hosts = hosts
    }
}
