import ArgumentParser
import ConveneAPI
import Varlink

struct ListCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what takes place, by the day there.",
        discussion: """
            convene list --from "1 oct" --until "31 oct"
            convene list --status proposed --status open        open: no date yet
            convene list "weekly call" -n 10
            convene list --json --until 2027-12-31 | jq -r .summary
            """)

    /// A series may go on for ever, so a list ends somewhere, and says that it did.
    private static let usualCount = 50
    private static let usualJSONCount = 1_000

    @Argument(help: "Only this meeting: a number, a UID, or enough of the summary.")
    var reference: String?

    @Option(help: ArgumentHelp("From this day or time on; else from now.", valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp("Up to this day, which is included.", valueName: "date"))
    var until: String?

    @Option(name: .customShort("n"), help: ArgumentHelp("At most so many.", valueName: "n"))
    var count: Int?

    @Option(
        help: "Only these; may be given several times. 'open' is what has no date yet.",
        transform: StatusOption.read)
    var status: [StatusOption] = []

    @Flag(help: "Cancelled ones too.")
    var all = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let count, count < 1 { throw ValidationError("-n takes a number from 1 on.") }
        if all && !status.isEmpty { throw ValidationError("Either --all or --status.") }
    }

    func run(_ session: Session) throws {
        var asked = List.Parameters(
            from: from, until: until, reference: reference, zoneOfReader: session.zoneOfReader)
        asked.want(status)
        if all { asked.statuses = Status.allCases }
        try ListCommand.show(asked, count: count, session)
    }

    /// Lists so many of what is asked for; without a count and a last day as many as a list usually has.
    static func show(_ asked: List.Parameters, count: Int? = nil, _ session: Session) throws {
        let usual = asked.until == nil ? (session.json ? ListCommand.usualJSONCount : ListCommand.usualCount) : nil
        var asked = asked
        // One more is asked for, to know whether there are more.
        asked.limit = count ?? usual.map { $0 + 1 }
        var shown: [Occurrence] = []
        var received = 0
        try session.follow(List.self, asked) { answer in
            received += answer.reply.occurrences.count
            if session.json {
                let excess = count == nil ? max(0, received - (usual ?? received)) : 0
                if case .array(let occurrences) = answer.raw["occurrences"] {
                    try Output.standard.write(occurrences.dropLast(excess).map(\.jsonLine).joined())
                }
            } else {
                shown += answer.reply.occurrences
            }
            return true
        }
        let isCut = count == nil && usual.map { received > $0 } ?? false
        if !session.json {
            let page = ListPage(columns: session.terminal.columns, year: session.year)
            try session.print(page.lines(isCut ? shown.dropLast() : shown))
        }
        if isCut {
            try Output.error.write("convene: there are more: -n \((usual ?? 0) * 2), or --until DATE\n")
        }
    }
}

extension List.Parameters {
    /// Asks for what stands so only; for everything that is usual where nothing is named.
    mutating func want(_ status: [StatusOption]) {
        let named = status.compactMap { if case .status(let status) = $0 { status } else { nil } }
        statuses = named.isEmpty ? nil : named
        undated = status.contains(.open).wish
    }
}

/// Statuses on the command line.
enum StatusOption: Hashable {
    case status(Status)
    /// Whatever has no date yet.
    case open

    /// 'tentative' is iCalendar's word for possible.
    static func read(_ text: String) throws -> StatusOption {
        let name = text.lowercased()
        if name == "open" { return .open }
        if let status = Status(rawValue: name == "tentative" ? "possible" : name) { return .status(status) }
        let all = (Status.allCases.map(\.rawValue) + ["open"]).joined(separator: ", ")
        throw ValidationError("'\(text)' is no status; there are \(all).")
    }
}
