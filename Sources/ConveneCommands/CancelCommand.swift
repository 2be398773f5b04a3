import ArgumentParser
import ConveneAPI

struct CancelCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Call a meeting off; it stays in the schedule as cancelled.",
        discussion: """
            convene cancel lunch "the minister leaves early"
            convene cancel "weekly call@27 sep"
            convene cancel "weekly call" --all
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Flag(help: "Of a series, what is still to come.")
    var all = false

    @Argument(help: "Why.")
    var why: String?

    @Option(help: ArgumentHelp("The same.", visibility: .hidden))
    var reason: String?

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Cancel.self,
            Cancel.Parameters(
                reference: meeting.reference, all: all.wish, reason: why ?? reason, revision: guarded.revision,
                zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
