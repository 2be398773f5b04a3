public import ZonedTime

/// One own entry as the reader found it in the journal.
public struct SeenEntry: Hashable, Sendable {
    /// More than one where the entry stands for several notifications.
    public let identities: [String]
    public let kind: NotificationKind
    public let message: String
    /// The UID of its meeting.
    public let uid: String?
    /// The short number that its meeting had.
    public let meeting: Int?
    public let recurrenceID: CivilDateTime?
    public let startsAt: Instant?
    public let due: Instant
    /// Seconds.
    public let late: Int
    /// All of its fields, as a JSON object: enough to say it again.
    public let fields: String

    public init(
        identities: [String], kind: NotificationKind, message: String, uid: String?, meeting: Int?,
        recurrenceID: CivilDateTime?, startsAt: Instant?, due: Instant, late: Int, fields: String
    ) {
        self.identities = identities
        self.kind = kind
        self.message = message
        self.uid = uid
        self.meeting = meeting
        self.recurrenceID = recurrenceID
        self.startsAt = startsAt
        self.due = due
        self.late = late
        self.fields = fields
    }

    /// Reads an entry of ours back from its fields; `nil` for what is none.
    public init?(_ fields: [(name: String, value: String)]) {
        var values: [String: String] = [:]
        var identities: [String] = []
        var meetings: Set<String> = []
        for field in fields {
            if field.name == EntryField.identity {
                identities.append(field.value)
            } else {
                values[field.name] = field.value
            }
            if field.name == EntryField.number { meetings.insert(field.value) }
        }
        // What stands for several is about none of them alone.
        if meetings.count > 1 { (values[EntryField.number], values[EntryField.meeting]) = (nil, nil) }
        guard !identities.isEmpty, let kind = values[EntryField.kind].flatMap(NotificationKind.init(rawValue:)),
            let due = values[EntryField.due].flatMap({ Instant(rfc3339: $0) }) ?? (kind == .fence ? .distantPast : nil)
        else { return nil }
        let kept = values.filter { $0.key.hasPrefix("CONVENE_") || $0.key == EntryField.message }
        self.init(
            identities: identities, kind: kind, message: values[EntryField.message] ?? "",
            uid: values[EntryField.meeting], meeting: values[EntryField.number].flatMap { Int($0) },
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
        // As most are.
        let isPlain = !text.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        if isPlain { return "\"\(text)\"" }
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
