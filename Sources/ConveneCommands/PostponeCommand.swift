import ArgumentParser
import ConveneAPI

struct PostponeCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "postpone",
        abstract: "Put off: a round into another period, a meeting off its date.",
        discussion: """
            convene postpone dg nov "no day suited both"
            convene postpone fm
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Argument(help: "Into which period; of rounds else the next.")
    var into: String?

    @Argument(help: "Why.")
    var reason: [String] = []

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Postpone.self,
            Postpone.Parameters(
                reference: meeting.reference, into: into, reason: reason.phrase, revision: guarded.revision,
                zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
