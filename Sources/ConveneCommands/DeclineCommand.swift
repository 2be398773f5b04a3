import ArgumentParser
import ConveneAPI

struct DeclineCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline",
        abstract: "Record that a side cannot: the date is off.",
        discussion: """
            convene decline dg --by Japan "DG travels that week"
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Option(help: ArgumentHelp("Who cannot: a party or its seat.", valueName: "party"))
    var by: String

    @Argument(help: "Why.")
    var reason: [String] = []

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Decline.self,
            Decline.Parameters(
                reference: meeting.reference, by: by, reason: reason.phrase, revision: guarded.revision,
                zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
