/// What a notification is about; each kind has a documented MESSAGE_ID.
public enum NotificationKind: String, Hashable, CaseIterable, Sendable {
    case reminder
    /// Not said in time.
    case missed
    /// A window, or a day whose hour is open, is still without a date.
    case open
    /// A dependency was settled.
    case decision
    /// What a reminder said is no longer true.
    case change
    /// The day's sheet.
    case digest
    case test
    /// Written to be read back: what was sent before it has arrived.
    case fence

    /// The MESSAGE_ID (sd_id128), as the message catalog documents it.
    public var messageID: String {
        switch self {
        case .reminder: "5f1d3cfa0a8c4c2b9ad0c1c0b8f7e201"
        case .missed: "5f1d3cfa0a8c4c2b9ad0c1c0b8f7e202"
        case .open: "5f1d3cfa0a8c4c2b9ad0c1c0b8f7e203"
        case .decision: "5f1d3cfa0a8c4c2b9ad0c1c0b8f7e204"
        case .change: "5f1d3cfa0a8c4c2b9ad0c1c0b8f7e205"
        case .digest: "5f1d3cfa0a8c4c2b9ad0c1c0b8f7e206"
        case .test: "5f1d3cfa0a8c4c2b9ad0c1c0b8f7e207"
        case .fence: "5f1d3cfa0a8c4c2b9ad0c1c0b8f7e208"
        }
    }

    /// syslog's level, for PRIORITY.
    public var priority: Int {
        switch self {
        case .reminder, .open, .decision, .change: 5
        case .missed: 4
        case .digest, .test: 6
        case .fence: 7
        }
    }
}
