/// A place in the journal, between two entries.
public enum JournalPosition: Hashable, Sendable {
    /// Before the oldest entry.
    case head
    /// Behind the newest entry.
    case tail
    /// Before the entry of that cursor, or where it would be if it is gone.
    case cursor(String)
    /// Before the first entry received at or after that time, in microseconds since 1970-01-01T00:00:00Z.
    case realtime(UInt64)
}

/// A field and the value that it has to have.
public struct JournalMatch: Hashable, Sendable {
    /// A client's field, or a trusted one (`_UID`).
    public let field: String
    public let value: String

    public init(_ field: String, _ value: String) {
        self.field = field
        self.value = value
    }
}

/// What happened to the journal's files since a reader looked last.
public enum JournalChange: Hashable, Sendable {
    case none
    /// Entries were added at the end.
    case entriesAdded
    /// Files came or went: older entries may have appeared or be gone.
    case filesChanged
}
