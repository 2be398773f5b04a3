import ArgumentParser
import ConveneAPI

struct ShowCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one meeting, whole.",
        discussion: """
            convene show 3
            convene show "weekly call@27 sep"
            """)

    @OptionGroup var meeting: ReferenceArgument
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Show.self, Show.Parameters(reference: meeting.reference, zoneOfReader: session.zoneOfReader))
        let page = ShowPage(columns: session.terminal.columns, reader: Reader.id, year: session.year)
        try session.print(answer.raw, as: page.lines(answer.reply))
    }
}
