/// A date that was declined.
public struct Declined: Codable, Hashable, Sendable {
    public var party: String
    public var reason: String?
    public var form: Form
    public var there: Span

    public init(party: String, reason: String? = nil, form: Form, there: Span) {
        self.party = party
        self.reason = reason
        self.form = form
        self.there = there
    }
}
