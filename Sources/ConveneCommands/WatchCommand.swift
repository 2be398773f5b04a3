import ArgumentParser
import ConveneAPI
import Varlink

struct WatchCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow changes and notifications as they come.",
        discussion: """
            convene watch
            convene watch --json --after CURSOR
            convene watch --exec notify-send Meetings     the command finds each as JSON on its standard input, \
            and CONVENE_KIND, CONVENE_MESSAGE, CONVENE_NUMBER and CONVENE_CURSOR in its environment
            """)

    @Option(help: ArgumentHelp("Go on behind this cursor; else from now on.", valueName: "cursor"))
    var after: String?

    @Option(
        parsing: .remaining,
        help: ArgumentHelp("Run a command for each; everything behind it belongs to the command.", valueName: "cmd"))
    var exec: [String] = []

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let page = WatchPage(columns: session.terminal.columns, reader: Reader.id, year: session.year)
        var cursor = after
        do {
            let parameters = Watch.Parameters(after: after, zoneOfReader: session.zoneOfReader)
            try session.follow(Watch.self, parameters) { answer in
                if exec.isEmpty {
                    try session.print(answer.raw, as: page.lines(answer.reply))
                } else {
                    try run(answer)
                }
                cursor = answer.reply.cursor
                return true
            }
        } catch {
            guard case .connectionLost = error else { throw error }
            let advice = cursor.map { "To go on: convene watch --after \($0)" }
            throw CommandError.ended("the daemon hung up", hint: advice)
        }
    }

    /// Runs the command for one event. One that fails is told of, and the next event still comes.
    private func run(_ answer: Session.Answer<Watch.Reply>) throws {
        let event = answer.reply
        var variables = ["CONVENE_CURSOR": event.cursor]
        variables["CONVENE_KIND"] = event.notification?.kind ?? event.change.map { _ in "change" }
        variables["CONVENE_MESSAGE"] = event.notification?.message ?? event.change.map { "\($0.summary): \($0.what)" }
        variables["CONVENE_NUMBER"] = (event.notification?.number ?? event.change?.number).map(String.init)
        let command = HookCommand(arguments: exec, variables: variables, input: answer.raw.jsonLine)
        if let failure = command.run() {
            try Output.error.write("convene: \(exec[0].harmless): \(failure) (at cursor \(event.cursor.harmless))\n")
        }
    }
}
