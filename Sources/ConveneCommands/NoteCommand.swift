import ArgumentParser
import ConveneAPI

struct NoteCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: "Note something on a day: a background event, a word on the phone.",
        discussion: """
            convene note dg "Seoul files a complaint at the WTO"
            convene note dg#oct "Tokyo asks for another week" --on yesterday
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Argument(help: "What happened.")
    var text: [String]

    @Option(help: ArgumentHelp("On which day; else today.", valueName: "date"))
    var on: String?

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            AddNote.self,
            AddNote.Parameters(
                reference: meeting.reference, text: text.joined(separator: " "), date: on,
                zoneOfReader: session.zoneOfReader), isWrite: true)
        if quietly.quiet { return }
        let note = answer.reply.note
        let day = Reading(note.date)?.date.long ?? note.date
        let line = Line("\(answer.reply.number)  Note, \(day): \(note.text)")
        try session.print(answer.raw, as: line.fitted(to: session.terminal.columns))
    }
}
