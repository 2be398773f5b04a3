import ArgumentParser
import ConveneAPI

struct OfficeCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "office",
        abstract: "Say who holds an office, or show who did.",
        discussion: """
            convene office "Japan FM" "Toshimitsu Motegi" --since "11 sep"
            convene office "Japan FM"
            convene office
            """)

    @Argument(help: "The party and the title: 'Japan FM'.")
    var office: String?

    @Argument(help: "Who holds it.")
    var person: String?

    @Option(help: ArgumentHelp("From this day, month or year on.", valueName: "date"))
    var since: String?

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if since != nil, person == nil {
            throw ValidationError("--since goes with a person: convene office OFFICE PERSON")
        }
    }

    func run(_ session: Session) throws {
        let page = TenuresPage(columns: session.terminal.columns)
        guard let office, let person else {
            let answer = try session.ask(
                GetTenures.self, GetTenures.Parameters(office: office, zoneOfReader: session.zoneOfReader))
            return try session.print(answer.raw, as: page.lines(answer.reply.tenures))
        }
        let answer = try session.ask(
            SetHolder.self,
            SetHolder.Parameters(office: office, person: person, since: since, zoneOfReader: session.zoneOfReader),
            isWrite: true)
        if quietly.quiet { return }
        try session.print(answer.raw, as: page.lines([answer.reply.tenure], coming: answer.reply.coming))
    }
}
