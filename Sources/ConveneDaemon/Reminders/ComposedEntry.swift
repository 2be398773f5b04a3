import ConveneCore
import ZonedTime

/// An entry in words and fields, not yet on its way.
struct ComposedEntry {
    let kind: NotificationKind
    private(set) var identities: [String]
    private(set) var message: String
    /// When the first of what it stands for was due.
    private(set) var due: Instant
    private(set) var fields: [String: String]
    /// The short numbers of the meetings, where it stands for several.
    private(set) var numbers: [Int] = []

    init(
        _ kind: NotificationKind, _ identity: String, message: String, due: Instant, fields: [String: String]
    ) {
        self.kind = kind
        identities = [identity]
        self.message = message
        self.due = due
        self.fields = fields
    }

    /// It is the day's sheet, or tells that some of these were missed.
    var isSheet: Bool { kind == .digest || kind == .missed && numbers.isEmpty && fields[EntryField.meeting] == nil }

    func isLate(at now: Instant) -> Bool { now.seconds(since: due) >= WhenLate.grace }

    func outgoing(from origin: EntryOrigin, at now: Instant) -> OutgoingEntry {
        origin.entry(
            kind, identities: identities, message: message, at: now, fields: fields, numbers: numbers)
    }
}

// One entry that stands for many.
extension ComposedEntry {
    /// Up to so many missed dates are told one by one.
    static let few = 3

    /// The same, with fewer entries: what says the same of one date is one, and many missed dates are one.
    ///
    /// Which of them stand together means nothing for what is said: each has its identity, and is looked up, read back
    /// and recorded by it.
    static func combined(_ entries: [ComposedEntry], at now: Instant, here: TimeZone) -> [ComposedEntry] {
        var dates: [ComposedEntry] = []
        var known: [String: Int] = [:]
        for entry in entries {
            guard let key = entry.date else {
                dates.append(entry)
                continue
            }
            if let index = known[key], dates[index].identities.count < OutgoingEntry.limit {
                dates[index].take(entry)
            } else {
                known[key] = dates.count
                dates.append(entry)
            }
        }
        let missed = dates.filter { $0.kind == .missed }
        guard missed.count > few else { return dates }
        let portions = portions(missed.filter { !$0.isSheet }) + portions(missed.filter(\.isSheet))
        return dates.filter { $0.kind != .missed } + portions.map { together($0, at: now, here: here) }
    }

    /// The date that it is about, in words of its own.
    private var date: String? {
        guard kind == .missed || kind == .reminder, let meeting = fields[EntryField.meeting] else { return nil }
        return "\(kind)/\(meeting)/\(fields[EntryField.occurrence] ?? "")/\(message)"
    }

    /// Stands for another one of the same date, too: what was due last says best how late it is.
    private mutating func take(_ other: ComposedEntry) {
        identities += other.identities
        if other.due > due { (due, fields) = (other.due, other.fields) }
    }

    /// So many that their identities, and as many numbers of meetings, are fields of one entry: journald takes 1,024.
    private static func portions(_ missed: [ComposedEntry]) -> [[ComposedEntry]] {
        var portions: [[ComposedEntry]] = []
        var count = OutgoingEntry.limit
        for entry in missed {
            count += entry.identities.count
            if count > OutgoingEntry.limit {
                portions.append([])
                count = entry.identities.count
            }
            portions[portions.count - 1].append(entry)
        }
        return portions
    }

    private static func together(_ missed: [ComposedEntry], at now: Instant, here: TimeZone) -> ComposedEntry {
        var whole = missed[0]
        guard missed.count > 1 else { return whole }
        whole.identities = missed.flatMap(\.identities)
        whole.numbers = Array(Set(missed.compactMap { $0.fields[EntryField.number].flatMap { Int($0) } })).sorted()
        whole.due = missed.map(\.due).min() ?? whole.due
        whole.fields = [
            EntryField.due: whole.due.rfc3339(at: .utc), EntryField.late: "\(max(0, now.seconds(since: whole.due)))",
        ]
        if whole.numbers.count == 1 { whole.fields[EntryField.meeting] = missed[0].fields[EntryField.meeting] }
        let last = missed.map(\.due).max() ?? whole.due
        let days = NotificationMessage.days(here.reading(at: whole.due).date, here.reading(at: last).date)
        let summary = whole.numbers.count == 1 ? missed[0].fields[EntryField.summary] : nil
        whole.message =
            summary.map {
                NotificationMessage.fit(prefix: "Missed \(missed.count) times: ", summary: $0, suffix: ", \(days)")
            } ?? "Missed: \(missed.count) \(whole.numbers.isEmpty ? "sheets of the day" : "meetings"), \(days)"
        return whole
    }
}
