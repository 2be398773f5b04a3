import ArgumentParser
import ConveneAPI

struct CheckCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Prove that what is derived agrees with what was written.",
        discussion: """
            Compares lists and reminders to come with what each meeting says, and lets SQLite check the file. \
            Exit status 0 where all is well, else 1. It may run at any time, and holds up nobody.
            """)

    @Flag(help: "Write anew what is derived and wrong; what people wrote stays as it is.")
    var rebuild = false

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(Check.self, Check.Parameters(rebuild: rebuild.wish), isWrite: rebuild)
        let page = CheckPage(columns: session.terminal.columns, hasRebuilt: rebuild)
        try session.print(answer.raw, as: page.lines(answer.reply))
        if let problem = page.problem(answer.reply) { throw problem }
    }
}
