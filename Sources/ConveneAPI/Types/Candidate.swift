/// A meeting that a reference may mean.
public struct Candidate: Codable, Hashable, Sendable {
    public var number: Int
    public var summary: String
    public var status: Status
    public var next: Occurrence?

    public init(number: Int, summary: String, status: Status, next: Occurrence? = nil) {
        self.number = number
        self.summary = summary
        self.status = status
        self.next = next
    }
}
