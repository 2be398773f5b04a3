import ArgumentParser
import ConveneAPI

struct ProposeCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "Offer a date; each side answers it with confirm or decline.",
        discussion: """
            convene propose dg fri
            convene propose dg#oct "22 oct 10:00" --for 90m
            convene propose dg "5 nov" --host Seoul
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Argument(help: "The date, with or without its hour.")
    var when: [String]

    @Option(name: .customLong("for"), help: ArgumentHelp("How long.", valueName: "duration"))
    var duration: String?

    @Option(help: ArgumentHelp("Who hosts it, where it is not whose turn it is.", valueName: "party"))
    var host: String?

    @Option(help: ArgumentHelp("Who offers it; else the side whose clock is here.", valueName: "party"))
    var by: String?

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Propose.self,
            Propose.Parameters(
                reference: meeting.reference, when: when.joined(separator: " "), duration: duration, host: host, by: by,
                revision: guarded.revision, zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
