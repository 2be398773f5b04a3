public import ZonedTime

/// One entry on its way to the journal.
public struct OutgoingEntry: Sendable {
    public typealias Field = (name: String, value: String)

    /// More than one where the entry stands for several notifications, at most `limit`.
    public let identities: [String]
    /// In the order in which the journal gets them; a name may come repeatedly.
    public let fields: [Field]

    /// At most so many notifications stand in one entry.
    public static let limit = 500

    public init(identities: [String], fields: [Field]) {
        self.identities = identities
        self.fields = fields
    }
}

/// Who says it, and in which rehearsal.
public struct EntryOrigin: Sendable {
    public static let identifier = "convened"
    public static let fenceIdentifier = "convened-fence"

    public let databaseID: String
    public let isRehearsal: Bool

    public init(databaseID: String, isRehearsal: Bool) {
        self.databaseID = databaseID
        self.isRehearsal = isRehearsal
    }

    /// An entry with what every entry has; `fields` come behind, in the order of their names.
    ///
    /// - Parameter numbers: the short numbers of the meetings, where it stands for several.
    public func entry(
        _ kind: NotificationKind, identities: [String], message: String, at now: Instant, fields: [String: String],
        numbers: [Int] = []
    ) -> OutgoingEntry {
        var all: [OutgoingEntry.Field] = [
            (EntryField.message, message),
            ("MESSAGE_ID", kind.messageID),
            ("PRIORITY", "\(kind.priority)"),
            ("SYSLOG_IDENTIFIER", kind == .fence ? EntryOrigin.fenceIdentifier : EntryOrigin.identifier),
            (EntryField.kind, kind.rawValue),
            (EntryField.database, databaseID),
        ]
        all += identities.map { (EntryField.identity, $0) }
        if isRehearsal { all.append((EntryField.rehearsal, now.rfc3339(at: .utc))) }
        all += numbers.map { (EntryField.number, "\($0)") }
        all += fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return OutgoingEntry(identities: identities, fields: all)
    }

    /// An entry that is there only to be seen.
    public func fence(_ id: String, at now: Instant) -> OutgoingEntry {
        entry(.fence, identities: [id], message: "Everything sent before this has arrived.", at: now, fields: [:])
    }
}
