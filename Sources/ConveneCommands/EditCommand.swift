import ArgumentParser
import ConveneAPI

struct EditCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change what a meeting is; another time is 'move'.",
        discussion: """
            convene edit lunch --place "Restaurant Kiku" --for 2h
            convene edit "weekly call" --repeat "every 2 weeks" --from "1 oct"
            convene edit dg --rounds quarterly --host Seoul,Tokyo
            convene edit 3 --note ""                 takes the note away
            """)

    @OptionGroup var meeting: ReferenceArgument

    @Option(help: ArgumentHelp("What it is called.", valueName: "text"))
    var summary: String?

    @Option(help: ArgumentHelp("The room or address; '' takes it away.", valueName: "text"))
    var place: String?

    @Option(help: ArgumentHelp("The note; '' takes it away.", valueName: "text"))
    var note: String?

    @Option(name: .customLong("for"), help: ArgumentHelp("How long.", valueName: "duration"))
    var duration: String?

    @Option(help: "proposed, possible, confirmed, postponed, cancelled or held.")
    var status: String?

    @Option(help: "The time zone or city whose clock holds.")
    var zone: String?

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp("How it repeats; 'never' makes it a single meeting.", valueName: "phrase"))
    var rule: String?

    @Option(
        name: .customLong("if"),
        help: ArgumentHelp("It is to be decided once this one is settled; 'none' for none.", valueName: "meeting"))
    var condition: String?

    @Option(help: ArgumentHelp("Of rounds, how often they are held: 'quarterly'.", valueName: "phrase"))
    var rounds: String?

    @Option(help: ArgumentHelp("Of rounds, who takes turns from now on: 'Seoul,Tokyo'.", valueName: "parties"))
    var host: [String] = []

    @Option(help: ArgumentHelp("Who meets: 'Kang Kyung-wha (ROK FM), Japan FM'; '' for nobody.", valueName: "names"))
    var between: String?

    @Option(
        help: ArgumentHelp(
            "When to remind, instead of what was. May be given several times; none for none.", valueName: "alarm"))
    var remind: [String] = []

    @Option(help: ArgumentHelp("Of a series, from this date on; else from the next.", valueName: "date"))
    var from: String?

    @OptionGroup var guarded: RevisionOption
    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        let texts = [summary, place, note, duration, status, zone, rule, condition, rounds, between]
        if texts.allSatisfy({ $0 == nil }) && remind.isEmpty && host.isEmpty {
            throw ValidationError("What is to change? For instance: convene edit \(meeting.reference) --place …")
        }
    }

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Edit.self,
            Edit.Parameters(
                reference: meeting.reference, summary: summary, place: place, note: note, duration: duration,
                status: status, zone: zone, repeat: rule, dependsOn: condition, rounds: rounds,
                hosts: host.isEmpty ? nil : host, between: between, alarms: remind.isEmpty ? nil : remind,
                from: from,
                revision: guarded.revision, zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
