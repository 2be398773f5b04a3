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
    public var recurrenceID: CivilDateTime?
    /// The revision of its meeting by which it was said, where it names one.
    public let revision: Int?
    public let startsAt: Instant?
    public let due: Instant
    /// Seconds.
    public let late: Int
    /// All of its fields, as a JSON object: enough to say it again.
    public let fields: String

    public init(
        identities: [String], kind: NotificationKind, message: String, uid: String?, meeting: Int?,
        recurrenceID: CivilDateTime?, revision: Int? = nil, startsAt: Instant?, due: Instant, late: Int,
        fields: String
    ) {
        self.identities = identities
        self.kind = kind
        self.message = message
        self.uid = uid
        self.meeting = meeting
        self.recurrenceID = recurrenceID
        self.revision = revision
        self.startsAt = startsAt
        self.due = due
        self.late = late
        self.fields = fields
    }

    /// Reads an entry of ours back from its fields; `nil` for what is none.
    public init?(_ fields: [(name: String, value: String)]) {
        // A burst is read by the ten thousand: few fields, which are gone through, and no dictionary of them.
        var identities: [String] = []
        var kept: [(name: String, value: String)] = []
        for field in fields {
            if field.name == EntryField.identity {
                identities.append(field.value)
            } else if field.name == EntryField.message || field.name.hasPrefix("CONVENE_") {
                kept.append(field)
            }
        }
        // What stands for several is about none of them alone.
        if let number = kept.first(where: { $0.name == EntryField.number })?.value,
            kept.contains(where: { $0.name == EntryField.number && $0.value != number })
        {
            kept.removeAll { $0.name == EntryField.number || $0.name == EntryField.meeting }
        }
        func value(_ name: String) -> String? { kept.last { $0.name == name }?.value }
        guard !identities.isEmpty, let kind = value(EntryField.kind).flatMap(NotificationKind.init(rawValue:)),
            let due = value(EntryField.due).flatMap({ Instant(rfc3339: $0) }) ?? (kind == .fence ? .distantPast : nil)
        else { return nil }
        self.init(
            identities: identities, kind: kind, message: value(EntryField.message) ?? "",
            uid: value(EntryField.meeting), meeting: value(EntryField.number).flatMap { Int($0) },
            recurrenceID: value(EntryField.occurrence).flatMap { CivilDateTime(iso8601: $0) },
            revision: value(EntryField.revision).flatMap { Int($0) },
            startsAt: value(EntryField.start).flatMap { Instant(rfc3339: $0) }, due: due,
            late: value(EntryField.late).flatMap { Int($0) } ?? 0, fields: SeenEntry.json(kept))
    }

    /// A JSON object of strings (RFC 8259), its members in the order of their names; of one name the last.
    private static func json(_ fields: [(name: String, value: String)]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(fields.reduce(2) { $0 + $1.name.utf8.count + $1.value.utf8.count + 6 })
        bytes.append(UInt8(ascii: "{"))
        let sorted = fields.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
        for (place, field) in sorted.map(\.element).enumerated() {
            if place + 1 < sorted.count, sorted[place + 1].element.name == field.name { continue }
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            append(field.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            append(field.value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { text in
            for byte in text {
                switch byte {
                case UInt8(ascii: "\""): bytes += Array("\\\"".utf8)
                case UInt8(ascii: "\\"): bytes += Array("\\\\".utf8)
                case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
                case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
                case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
                case 0..<0x20:
                    bytes += Array((byte < 0x10 ? "\\u000" : "\\u00").utf8) + Array(String(byte, radix: 16).utf8)
                default: bytes.append(byte)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
