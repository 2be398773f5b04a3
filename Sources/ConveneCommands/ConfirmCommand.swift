import ArgumentParser
import ConveneAPI

struct ConfirmCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "Record a yes to a date, and set its hour; once all have said yes, it is agreed.",
        discussion: """
            convene confirm dg --at 11:00 --for 90m
            convene confirm dg --by Japan
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Option(help: ArgumentHelp("Who says yes: a party or its seat; else everyone.", valueName: "party"))
    var by: String?

    @Option(help: ArgumentHelp("The hour that was agreed.", valueName: "time"))
    var at: String?

    @Option(name: .customLong("for"), help: ArgumentHelp("How long.", valueName: "duration"))
    var duration: String?

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Confirm.self,
            Confirm.Parameters(
                reference: meeting.reference, by: by, at: at, duration: duration, revision: guarded.revision,
                zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
