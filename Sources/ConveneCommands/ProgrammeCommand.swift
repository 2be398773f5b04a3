import ArgumentParser
import ConveneAPI

struct ProgrammeCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme",
        abstract: "List what belongs to a meeting, on the clock of its place.",
        discussion: """
            convene programme unga
            convene programme dg#sep
            """)

    @OptionGroup var meeting: ReferenceArgument
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            GetProgramme.self,
            GetProgramme.Parameters(reference: meeting.reference, zoneOfReader: session.zoneOfReader))
        let page = ListPage(columns: session.terminal.columns, year: session.year)
        try session.print(answer.raw, as: page.lines(answer.reply.items))
    }
}
