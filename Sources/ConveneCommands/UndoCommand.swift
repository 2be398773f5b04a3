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
        let id = try record.map { try UndoCommand.id($0, session) }
        let answer = try session.ask(
            Undo.self, Undo.Parameters(record: id, zoneOfReader: session.zoneOfReader), isWrite: true)
        if quietly.quiet { return }
        try session.print(answer.raw, as: UndoPage(columns: session.terminal.columns).lines(answer.reply))
    }

    /// People name a record by its position, the protocol by its id.
    private static func id(_ record: String, _ session: Session) throws -> String {
        guard let position = Int(record.hasPrefix("#") ? String(record.dropFirst()) : record) else { return record }
        var id: String?
        try session.follow(GetLog.self, GetLog.Parameters(zoneOfReader: session.zoneOfReader)) { answer in
            let records = answer.reply.records
            id = records.first { $0.position == position }?.id
            return id == nil && (records.last.map { $0.position > position } ?? true)
        }
        return id ?? record
    }
}
