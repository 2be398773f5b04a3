/// Why bytes are not a zone file (TZif, RFC 9636).
public enum TZifError: Error, Hashable, Sendable {
    /// The file does not begin with `TZif` and a version.
    case notTZif
    /// The file ends before the data that its header announces.
    case truncated
    /// A zone must have at least one local time type.
    case noLocalTimeType
    /// The transition of that index names a local time type that the file does not have.
    case unknownLocalTimeType(transition: Int)
    /// The transition of that index is not later than the one before it.
    case transitionsOutOfOrder(transition: Int)
    /// Offsets are −24:59:59 to +25:59:59 (RFC 9636 §3.2); in seconds.
    case offsetOutOfRange(seconds: Int)
    /// The local time type of that index has an abbreviation that never ends, or is too long to be one.
    case malformedAbbreviation(type: Int)
    /// The rule for the time after the last transition; the text as it stands in the file.
    case malformedFooter(String)
}
