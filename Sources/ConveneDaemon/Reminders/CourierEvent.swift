import ConveneStore

/// What the courier tells the scheduler.
enum CourierEvent: Sendable {
    /// Everything that earlier processes sent was read; from now on notifications are taken.
    /// Of those that were asked about, `lost` are gone from the journal and `found` are there.
    case started(lost: [String], found: [String])
    /// The journal was seen to hold these, and was read up to the cursor.
    case seen([SeenEntry], cursor: String?)
    /// Something that was under way is so no longer, or the journal takes entries again: look what is owed.
    case lookAgain
}

/// How the way to the journal is, for `status`.
struct CourierState: Hashable, Sendable {
    /// Whether entries can be read back.
    var isReadable = true
    /// What is wrong with the journal, a sentence.
    var problem: String?
    /// Entries sent and not yet seen.
    var countUnderWay = 0
    /// Whether the start is over.
    var hasStarted = false
}
