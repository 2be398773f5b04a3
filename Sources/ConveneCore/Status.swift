/// How a meeting stands.
public enum Status: String, Hashable, CaseIterable, Sendable {
    /// Offered, not answered.
    case proposed
    /// May take place (RFC 5545's TENTATIVE).
    case possible
    /// Agreed.
    case confirmed
    /// Not on the old date, and no new one yet.
    case postponed
    /// Will not take place.
    case cancelled
    /// Has taken place.
    case held

    /// The status that a person typed, or `nil`; `tentative` is RFC 5545's word for `possible`.
    public init?(typed text: String) {
        let word = text.lowercased()
        self.init(rawValue: word == "tentative" ? "possible" : word)
    }

    /// Whether its alarms are live: what is postponed, cancelled or held does not remind.
    public var reminds: Bool {
        switch self {
        case .proposed, .possible, .confirmed: true
        case .postponed, .cancelled, .held: false
        }
    }

    /// Whether a meeting of this status can become one of that status: what the table of acts says.
    public func canBecome(_ other: Status) -> Bool {
        Act(giving: other).isPossible(from: Standing(self))
    }
}
