import ArgumentParser
import ConveneAPI

struct MoveCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Give a meeting another time.",
        discussion: """
            convene move fm 16:15
            convene move "weekly call@27 sep" "thu 15:00" --for 2h
            convene move "weekly call" "thu 10:00" --all --from "1 oct"
            convene move unga "1–7 oct" --with-parts
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Argument(help: "The new time or date.")
    var when: [String]

    @Option(name: .customLong("for"), help: ArgumentHelp("How long.", valueName: "duration"))
    var duration: String?

    @Flag(help: "Of a series, every date from the next on.")
    var all = false

    @Option(help: ArgumentHelp("With --all, from this date on.", valueName: "date"))
    var from: String?

    @Flag(help: "What is part of it, or on its sidelines, moves with it.")
    var withParts = false

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Move.self,
            Move.Parameters(
                reference: meeting.reference, when: when.joined(separator: " "), duration: duration, all: all.wish,
                from: from, withParts: withParts.wish, revision: guarded.revision, zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
