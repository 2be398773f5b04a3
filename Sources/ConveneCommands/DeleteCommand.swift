import ArgumentParser
import ConveneAPI

struct DeleteCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Take a meeting out of the schedule, as if it had never been planned.",
        discussion: """
            convene delete lunch
            convene delete "weekly call@27 sep"
            convene delete "weekly call" --all
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Flag(help: "Of a series, all of it.")
    var all = false

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Delete.self,
            Delete.Parameters(
                reference: meeting.reference, all: all.wish, revision: guarded.revision,
                zoneOfReader: session.zoneOfReader),
            isWrite: true)
        if quietly.quiet { return }
        let deleted = Line(
            "Deleted: \(answer.reply.number) \(answer.reply.summary)\(answer.reply.date.map { ", \($0)" } ?? ""). To have it back: convene undo"
        )
        try session.print(answer.raw, as: deleted.wrapped(to: session.terminal.columns))
    }
}
