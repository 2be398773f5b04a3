import ArgumentParser
import ConveneAPI

struct RehearseCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "Move a rehearsal's clock; everything due on the way is said.",
        discussion: """
            convened --rehearse 2019-09-11T00:00Z     prints the CONVENE_SOCKET to set
            convene rehearse --to "2019-09-20 10:45 Tokyo"
            """)

    @Option(help: ArgumentHelp("The time to move to.", valueName: "time"))
    var to: String

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let page = WatchPage(columns: session.terminal.columns, reader: Reader.id, year: session.year)
        var now = to
        try session.follow(Rehearse.self, Rehearse.Parameters(to: to, zoneOfReader: session.zoneOfReader)) { answer in
            now = answer.reply.now
            try session.print(answer.raw, as: answer.reply.notifications.flatMap { page.lines($0) })
            return true
        }
        if session.json { return }
        try session.print([Line("The clock stands at \(Reading(now)?.short(knowing: 0) ?? now).")])
    }
}
