import ArgumentParser
import ConveneAPI

struct FixCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix",
        abstract: "Set a date that is agreed: of a window, an open hour or a proposal.",
        discussion: """
            convene fix fm "thu 15:30" --for 50m
            convene fix dg#oct "22 oct 10:00" --host Seoul
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Argument(help: "The date and time agreed.")
    var when: [String]

    @Option(name: .customLong("for"), help: ArgumentHelp("How long.", valueName: "duration"))
    var duration: String?

    @Flag(help: "A date outside the window is meant.")
    var outsideWindow = false

    @Option(help: ArgumentHelp("Who hosts the round, where it is not whose turn it is.", valueName: "party"))
    var host: String?

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Fix.self,
            Fix.Parameters(
                reference: meeting.reference, when: when.joined(separator: " "), duration: duration,
                outsideWindow: outsideWindow.wish, host: host, revision: guarded.revision,
                zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
