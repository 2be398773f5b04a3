import ArgumentParser
import ConveneAPI

struct UndoCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Reverse a change: your latest, or one that the log names.",
        discussion: """
            convene undo
            convene undo 17              the one that 'convene log' shows as #17
            """)

    @Argument(help: "A record's position in the log (17), or its id.")
    var record: String?

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        // The log shows positions as #17.
        let record = record.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
        let answer = try session.ask(
            Undo.self, Undo.Parameters(record: record, zoneOfReader: session.zoneOfReader), isWrite: true)
        if quietly.quiet { return }
        try session.print(answer.raw, as: UndoPage(columns: session.terminal.columns).lines(answer.reply))
    }
}
