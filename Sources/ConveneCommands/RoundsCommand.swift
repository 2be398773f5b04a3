import ArgumentParser
import ConveneAPI

struct RoundsCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "rounds",
        abstract: "The track record of talks in rounds: planned, held, skipped, by whom hosted.",
        discussion: """
            convene rounds dg
            convene rounds dg -n 60
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Option(name: .customShort("n"), help: ArgumentHelp("At most so many; else 24.", valueName: "n"))
    var count: Int?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let count, count < 1 { throw ValidationError("-n takes a number from 1 on.") }
    }

    func run(_ session: Session) throws {
        try RoundsCommand.show(meeting.reference, count: count, session)
    }

    static func show(_ reference: String, count: Int?, _ session: Session) throws {
        let answer = try session.ask(
            GetRounds.self,
            GetRounds.Parameters(reference: reference, limit: count, zoneOfReader: session.zoneOfReader))
        try session.print(answer.raw, as: RoundsPage(columns: session.terminal.columns).lines(answer.reply))
    }
}
