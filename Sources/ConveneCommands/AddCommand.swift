import ArgumentParser
import ConveneAPI

struct AddCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Plan a meeting.",
        usage: "convene add <summary> [<when> ...] [<options>]",
        // One screen: each line fits 80 columns, and what few need is shown by --help-hidden.
        discussion: """
            convene add Lunch "fri 12:30" --for 90m --in Tokyo
            convene add "Weekly call" "10:00 Geneva" --repeat "every friday"
            convene add Visit "some day 24-30 sep"      a window: give it a date with 'fix'
            convene add "DG talks" --rounds monthly --host Tokyo,Seoul \\
                --between "Kim Jung-han (ROK DG), Shigeki Takizaki (Japan DG since sep)"
              Every month owes a round: 'propose', 'confirm' or 'fix' gives it a date.
            convene add Lunch --after dg --for 90m             moves with the talks
            convene add "FM meeting" --sidelines unga --if dg  to be decided after them
            All options: convene add --help-hidden
            """)

    @Argument(help: ArgumentHelp("What it is called.", visibility: .hidden))
    var summary: String?

    @Argument(help: ArgumentHelp("When: a date, a time, a span of days, or 'some day …'.", visibility: .hidden))
    var when: [String] = []

    @Option(name: .customLong("for"), help: ArgumentHelp("How long: 90m, 1h30, 2 days.", valueName: "duration"))
    var duration: String?

    @Option(
        name: .customLong("in"), help: ArgumentHelp("The city: place and time zone.", valueName: "city"))
    var city: String?

    @Option(help: ArgumentHelp("The room or address.", valueName: "text", visibility: .hidden))
    var place: String?

    @Option(help: ArgumentHelp("The time zone that was agreed on.", visibility: .hidden))
    var zone: String?

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp("'every 2 weeks', or an RRULE.", valueName: "phrase"))
    var rule: String?

    @Option(help: "proposed, possible or confirmed.")
    var status: String?

    @Option(help: ArgumentHelp("A note.", valueName: "text", visibility: .hidden))
    var note: String?

    @Option(
        help: ArgumentHelp(
            "15m, 1d, '1h after end', none; several times.", valueName: "alarm"))
    var remind: [String] = []

    @Option(
        help: ArgumentHelp(
            "weekly, monthly, quarterly, half-yearly, yearly, …", valueName: "period"))
    var rounds: String?

    @Option(help: ArgumentHelp("Who hosts the rounds, in turn.", valueName: "a,b"))
    var host: [String] = []

    @Option(help: ArgumentHelp("The number of the first round.", valueName: "n", visibility: .hidden))
    var number: Int?

    @Option(
        name: [.customLong("between"), .customLong("with")],
        help: ArgumentHelp("Who meets: 'ROK FM, Vienna'.", valueName: "who"))
    var between: String?

    @Option(help: ArgumentHelp("It begins when this one ends.", valueName: "meeting"))
    var after: String?

    @Option(help: ArgumentHelp("It is a part of this one.", valueName: "meeting"))
    var partOf: String?

    @Option(help: ArgumentHelp("It is on the sidelines of this one.", valueName: "meeting"))
    var sidelines: String?

    @Option(
        name: .customLong("if"),
        help: ArgumentHelp("Possible until this one is settled.", valueName: "meeting"))
    var condition: String?

    @Flag(
        help: ArgumentHelp(
            "Plan what standard input holds, in one transaction: one JSON object a line, as "
                + #"{"summary":"Lunch","when":"fri 12:30","duration":"90m"}."#, visibility: .hidden))
    var batch = false

    @Option(help: ArgumentHelp("With --batch: a transaction for every so many.", valueName: "n", visibility: .hidden))
    var chunk: Int?

    @OptionGroup(visibility: .hidden) var quietly: QuietOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func validate() throws {
        if batch {
            guard summary == nil else { throw ValidationError("--batch reads meetings from standard input only.") }
        } else {
            guard summary != nil else { throw ValidationError("What is it called? convene add SUMMARY [WHEN]") }
            guard chunk == nil else { throw ValidationError("--chunk goes with --batch.") }
        }
        if let chunk, chunk < 1 { throw ValidationError("--chunk takes a number from 1 on.") }
    }

    func run(_ session: Session) throws {
        guard let summary else {
            return try AddBatch(session: session, chunk: chunk, quiet: quietly.quiet).run()
        }
        let meeting = NewMeeting(
            summary: summary, when: when.phrase, duration: duration, city: city, zone: zone, place: place,
            repeat: rule, status: status, note: note, alarms: remind.isEmpty ? nil : remind,
            rounds: rounds, hosts: host.isEmpty ? nil : host, number: number, between: between,
            after: after, partOf: partOf, sidelines: sidelines, dependsOn: condition)
        let answer = try session.ask(
            Add.self, Add.Parameters(meeting: meeting, zoneOfReader: session.zoneOfReader), isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}
