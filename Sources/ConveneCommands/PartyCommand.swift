import ArgumentParser
import ConveneAPI

struct PartyCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "party",
        abstract: "Show countries and organisations, or give one its seat.",
        discussion: """
            convene party
            convene party Japan                  its seat, and who holds its offices
            convene party "Secretariat" Vienna
            """)

    @Argument(help: "The name.")
    var name: String?

    @Argument(help: "The city of its seat.")
    var city: String?

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        guard let name, let city else {
            let answer = try session.ask(
                GetParties.self, GetParties.Parameters(name: name, zoneOfReader: session.zoneOfReader))
            return try session.print(
                answer.raw, as: PartiesPage(columns: session.terminal.columns).lines(answer.reply))
        }
        let answer = try session.ask(
            SetParty.self, SetParty.Parameters(name: name, city: city, zoneOfReader: session.zoneOfReader),
            isWrite: true)
        if quietly.quiet { return }
        try session.print(answer.raw, as: [Line("\(answer.reply.name)  seat \(answer.reply.city)")])
    }
}
