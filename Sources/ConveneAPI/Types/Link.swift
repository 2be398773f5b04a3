/// Another meeting that hangs together with this one.
public struct Link: Codable, Hashable, Sendable {
    public var kind: LinkKind
    public var number: Int
    /// Of a round.
    public var tag: String?
    /// Which of its dates, where it is one of a series.
    public var recurrenceId: String?
    public var summary: String
    public var status: Status
    /// Of a round.
    public var standing: Standing?
    /// Where it takes place; omitted where the series has that date no more.
    public var occurrence: Occurrence?
    /// For dependsOn and decides: it is known whether the other takes place.
    public var settled: Bool

    public init(
        kind: LinkKind, number: Int, tag: String? = nil, recurrenceId: String? = nil, summary: String, status: Status,
        standing: Standing? = nil, occurrence: Occurrence? = nil, settled: Bool
    ) {
        self.kind = kind
        self.number = number
        self.tag = tag
        self.recurrenceId = recurrenceId
        self.summary = summary
        self.status = status
        self.standing = standing
        self.occurrence = occurrence
        self.settled = settled
    }
}
