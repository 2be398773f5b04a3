import ArgumentParser
import ConveneAPI

struct StatusCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "How the daemon is: what it waits for, and whether it is heard.")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(GetStatus.self, GetStatus.Parameters(zoneOfReader: session.zoneOfReader))
        try session.print(
            answer.raw, as: StatusPage(columns: session.terminal.columns, year: session.year).lines(answer.reply))
    }
}
