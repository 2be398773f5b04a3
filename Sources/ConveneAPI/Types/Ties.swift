/// What goes beyond the date of a meeting: who meets, who has answered, what hangs on it.
public struct Ties: Codable, Hashable, Sendable {
    public var heads: [Head]
    public var first: FirstMeeting?
    /// One for each party.
    public var answers: [Answer]
    /// Dates that were offered and declined.
    public var declined: [Declined]
    /// Of talks in rounds, what is owed next.
    public var rounds: [Occurrence]
    public var links: [Link]
    public var notes: [Note]
    /// Of a meeting at an hour: the wall clocks at the seats of its parties that are neither there nor here.
    public var seats: [Span]?

    public init(
        heads: [Head], first: FirstMeeting? = nil, answers: [Answer], declined: [Declined], rounds: [Occurrence],
        links: [Link], notes: [Note], seats: [Span]? = nil
    ) {
        self.heads = heads
        self.first = first
        self.answers = answers
        self.declined = declined
        self.rounds = rounds
        self.links = links
        self.notes = notes
        self.seats = seats
    }
}
