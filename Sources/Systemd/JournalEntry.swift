/// One entry for the journal: fields in order, a name possibly more than once.
///
/// Every field in it is one that journald keeps: it drops others without a word. Journald adds the trusted fields
/// (`_UID`, `_PID`, …) itself.
public struct JournalEntry: Hashable, Sendable {
    /// As many fields as journald takes in one entry (`ENTRY_FIELD_COUNT_MAX`); it ignores entries that have more.
    public static let maximumFieldCount = 1_024

    public private(set) var fields: [JournalField] = []

    public init() {}

    /// Creates an entry of those fields, in their order.
    public init(_ fields: KeyValuePairs<String, String>) throws(JournalFieldError) {
        for (name, value) in fields {
            try append(name, value)
        }
    }

    /// Adds a field; one of the same name that is there already stays.
    public mutating func append(_ name: String, _ value: String) throws(JournalFieldError) {
        try append(JournalField(name, value))
    }

    /// Adds a field; one of the same name that is there already stays.
    public mutating func append(_ field: JournalField) throws(JournalFieldError) {
        guard fields.count < JournalEntry.maximumFieldCount else {
            throw .tooManyFields(limit: JournalEntry.maximumFieldCount)
        }
        fields.append(field)
    }

    /// The entry in journald's native protocol: what one datagram, or one sealed file, holds.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 10 })
        for field in fields {
            field.encode(into: &bytes)
        }
        return bytes
    }
}
