import ArgumentParser
import ConveneAPI

struct SkipCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "skip",
        abstract: "Let a period go without its round.",
        discussion: """
            convene skip dg#nov "elections"
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Argument(help: "Why.")
    var reason: [String] = []

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Skip.self,
            Skip.Parameters(
                reference: meeting.reference, reason: reason.phrase, revision: guarded.revision,
                zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
