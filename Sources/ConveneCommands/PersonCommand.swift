import ArgumentParser
import ConveneAPI

struct PersonCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "Show which offices a person holds and held.",
        discussion: """
            convene person "Toshimitsu Motegi"
            """)

    @Argument(help: "The name.")
    var name: String

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            GetTenures.self, GetTenures.Parameters(person: name, zoneOfReader: session.zoneOfReader))
        try session.print(answer.raw, as: TenuresPage(columns: session.terminal.columns).lines(answer.reply.tenures))
    }
}
