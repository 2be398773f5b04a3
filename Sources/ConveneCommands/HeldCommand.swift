import ArgumentParser
import ConveneAPI

struct HeldCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "held",
        abstract: "Mark a meeting as held; of a series the latest date that has begun.",
        discussion: """
            convene held dg "Views exchanged; contacts go on."
            convene held "weekly call@20 sep"
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Argument(help: "What came of it.")
    var note: [String] = []

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Held.self,
            Held.Parameters(
                reference: meeting.reference, note: note.phrase, revision: guarded.revision,
                zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
