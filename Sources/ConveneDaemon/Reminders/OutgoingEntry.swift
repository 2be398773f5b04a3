import ConveneCore
import ConveneStore
import Systemd
import ZonedTime

/// One notification on its way to the journal.
struct OutgoingEntry: Sendable {
    let identity: String
    let entry: JournalEntry
}

/// The names of the fields that every entry of ours can have, as the design has them.
enum EntryField {
    static let message = "MESSAGE"
    static let kind = "CONVENE_KIND"
    static let database = "CONVENE_DATABASE"
    static let identity = "CONVENE_NOTIFICATION_ID"
    static let meeting = "CONVENE_MEETING"
    static let number = "CONVENE_NUMBER"
    static let summary = "CONVENE_SUMMARY"
    static let location = "CONVENE_LOCATION"
    static let status = "CONVENE_STATUS"
    static let occurrence = "CONVENE_OCCURRENCE"
    static let start = "CONVENE_START"
    static let end = "CONVENE_END"
    static let zone = "CONVENE_ZONE"
    static let due = "CONVENE_DUE"
    static let late = "CONVENE_LATE_SEC"
    static let rehearsal = "CONVENE_REHEARSAL"
}

/// Who says it, and in which rehearsal.
struct EntryOrigin: Sendable {
    static let identifier = "convened"
    static let fenceIdentifier = "convened-fence"

    let databaseID: String
    let isRehearsal: Bool

    /// An entry with what every entry has; `fields` come behind, in the order of their names.
    func entry(
        _ kind: NotificationKind, identity: String, message: String, at now: Instant, fields: [String: String]
    ) throws -> OutgoingEntry {
        var entry = try JournalEntry([
            EntryField.message: message,
            "MESSAGE_ID": kind.messageID,
            "PRIORITY": "\(kind.priority)",
            "SYSLOG_IDENTIFIER": kind == .fence ? EntryOrigin.fenceIdentifier : EntryOrigin.identifier,
            EntryField.kind: kind.rawValue,
            EntryField.database: databaseID,
            EntryField.identity: identity,
        ])
        if isRehearsal { try entry.append(EntryField.rehearsal, now.rfc3339(at: .utc)) }
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) { try entry.append(name, value) }
        return OutgoingEntry(identity: identity, entry: entry)
    }

    func fence(_ id: String, at now: Instant) throws -> OutgoingEntry {
        try entry(.fence, identity: id, message: "Everything sent before this has arrived.", at: now, fields: [:])
    }
}

extension SeenEntry {
    /// Reads an entry of ours back from its fields; `nil` for what is none.
    init?(_ fields: [(name: String, value: String)]) {
        var values: [String: String] = [:]
        var identities: [String] = []
        for field in fields {
            if field.name == EntryField.identity {
                identities.append(field.value)
            } else {
                values[field.name] = field.value
            }
        }
        guard !identities.isEmpty, let kind = values[EntryField.kind].flatMap(NotificationKind.init(rawValue:)),
            let due = values[EntryField.due].flatMap({ Instant(rfc3339: $0) }) ?? (kind == .fence ? .distantPast : nil)
        else { return nil }
        let kept = values.filter { $0.key.hasPrefix("CONVENE_") || $0.key == EntryField.message }
        self.init(
            identities: identities, kind: kind, message: values[EntryField.message] ?? "",
            meeting: values[EntryField.number].flatMap { Int($0) },
            recurrenceID: values[EntryField.occurrence].flatMap { CivilDateTime(iso8601: $0) },
            startsAt: values[EntryField.start].flatMap { Instant(rfc3339: $0) }, due: due,
            late: values[EntryField.late].flatMap { Int($0) } ?? 0, fields: SeenEntry.json(kept))
    }

    /// A JSON object of strings, its members in the order of their names.
    static func json(_ fields: [String: String]) -> String {
        let members = fields.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
        return "{\(members.joined(separator: ","))}"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
