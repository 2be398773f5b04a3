/// Why the store could not do what it was asked.
public enum StoreError: Error, Hashable, Sendable {
    /// The file is not a database of this program.
    case notOurs(path: String)
    /// The file was written by a newer program.
    case newer(path: String, found: Int, known: Int)
    /// What opening shows of the file is damaged.
    case damaged(path: String, reason: String)
    /// Another daemon has the database.
    case inUse(path: String, pid: Int32)
    case cannotOpen(path: String, reason: String)
    /// The disk is full; the transaction did not happen.
    case full
    case readOnly
    /// After an I/O error nothing in memory can be trusted: the process has to end and verify anew.
    case inputOutput(reason: String)
    /// The file was deleted, or another was put in its place, while it was open: what is written goes nowhere.
    case replaced(path: String)
    case failed(reason: String)
    /// A row cannot be read back as what it once was.
    case unreadable(table: String, column: String, value: String)
    /// The store is closing down.
    case closed

    /// Whether only a new start can help.
    public var isFatal: Bool {
        switch self {
        case .inputOutput, .damaged, .replaced: true
        default: false
        }
    }
}
