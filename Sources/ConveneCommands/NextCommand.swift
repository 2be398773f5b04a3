import ArgumentParser
import ConveneAPI
import Varlink
import ZonedTime

struct NextCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "What comes next, and in how long.",
        discussion: """
            convene next
            convene next "weekly call" -n 3
            convene next --missed                reminders that could not be given in time
            """)

    @Argument(help: "Of this meeting: a number, a UID, or enough of the summary.")
    var reference: String?

    @Option(name: .customShort("n"), help: ArgumentHelp("So many.", valueName: "n"))
    var count: Int?

    @Flag(help: "What was missed instead, and nobody took note of; see 'convene ack'.")
    var missed = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if missed, reference != nil { throw ValidationError("--missed is about every meeting.") }
        if let count, count < 1 { throw ValidationError("-n takes a number from 1 on.") }
    }

    func run(_ session: Session) throws {
        if missed { return try showMissed(session) }
        let parameters = List.Parameters(
            limit: count ?? 1, statuses: [.proposed, .possible, .confirmed], datedFirst: true, reference: reference,
            zoneOfReader: session.zoneOfReader)
        var occurrences: [Occurrence] = []
        try session.follow(List.self, parameters) { answer in
            if session.json {
                if case .array(let raw) = answer.raw["occurrences"] {
                    try Output.standard.write(raw.map(\.jsonLine).joined())
                }
            } else {
                occurrences += answer.reply.occurrences
            }
            return true
        }
        if session.json { return }
        let now = try now(session)
        try session.print(NextPage(columns: session.terminal.columns, now: now).lines(occurrences))
    }

    private func showMissed(_ session: Session) throws {
        let answer = try session.ask(
            GetMissed.self, GetMissed.Parameters(limit: count, zoneOfReader: session.zoneOfReader))
        if session.json {
            if case .array(let missed) = answer.raw["missed"] {
                try Output.standard.write(missed.map(\.jsonLine).joined())
            }
        } else {
            try session.print(MissedPage(columns: session.terminal.columns, year: session.year).lines(answer.reply))
        }
    }

    /// A rehearsal lives in a time of its own; without one the clock here is the daemon's too.
    private func now(_ session: Session) throws -> Instant {
        let status = try session.ask(GetStatus.self, GetStatus.Parameters(zoneOfReader: session.zoneOfReader)).reply
        return status.rehearsal.flatMap { Instant(rfc3339: $0) } ?? Session.clockTime
    }
}
