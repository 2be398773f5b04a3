/// One entry of the log of changes.
public struct LogRecord: Codable, Hashable, Sendable {
    /// Names the record in Undo.
    public var id: String
    /// Counts up; a cursor for Watch.
    public var position: Int
    public var at: String
    /// The reader's wall clock.
    public var here: String
    /// The peer that asked: its uid and user name.
    public var byUid: Int
    public var byName: String
    /// add, move, edit, fix, confirm, cancel, held, delete, remind, undo.
    public var verb: String
    public var number: Int
    public var summary: String
    /// What changed, in words.
    public var what: String
    public var undone: Bool
    /// What names the round that it was about behind the '#' of a reference.
    public var round: String?

    public init(
        id: String, position: Int, at: String, here: String, byUid: Int, byName: String, verb: String, number: Int,
        summary: String, what: String, undone: Bool, round: String? = nil
    ) {
        self.id = id
        self.position = position
        self.at = at
        self.here = here
        self.byUid = byUid
        self.byName = byName
        self.verb = verb
        self.number = number
        self.summary = summary
        self.what = what
        self.undone = undone
        self.round = round
    }
}
