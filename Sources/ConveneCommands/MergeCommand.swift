import ArgumentParser
import ConveneAPI

struct MergeCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Make one round of two.",
        discussion: """
            convene merge dg nov
            convene merge dg#oct nov "one trip less"
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Argument(help: "As which round it is held.")
    var other: String

    @Argument(help: "Why.")
    var reason: [String] = []

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Merge.self,
            Merge.Parameters(
                reference: meeting.reference, other: other, reason: reason.phrase, revision: guarded.revision,
                zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
