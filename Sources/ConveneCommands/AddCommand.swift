import ArgumentParser
import ConveneAPI

struct AddCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Plan a meeting.",
        discussion: """
            convene add Lunch "fri 12:30" --for 90m --in Tokyo
            convene add "UNGA 74, general debate" "24-30 sep" --in "New York"
            convene add "FM meeting" "some day 24-30 sep" --status possible
            convene add "Weekly call" "10:00 Geneva" --repeat "every friday"
            convene add "DG talks" --rounds monthly --host Tokyo,Seoul \
                --between "Kim Jung-han (ROK DG), Shigeki Takizaki (Japan DG since sep)"
            convene add Lunch --after dg --for 90m
            convene add "FM meeting" --sidelines unga --if dg
            convene add --batch < meetings.jsonl    one JSON object a line: \
            {"summary":"Lunch","when":"fri 12:30","duration":"90m"}
            """)

    @Argument(help: "What it is called.")
    var summary: String?

    @Argument(help: "When: a date, a time, a span of days, or 'some day …'.")
    var when: [String] = []

    @Option(name: .customLong("for"), help: ArgumentHelp("How long: 90m, 1h30, 2 days.", valueName: "duration"))
    var duration: String?

    @Option(
        name: .customLong("in"), help: ArgumentHelp("The city, which gives place and time zone.", valueName: "city"))
    var city: String?

    @Option(help: ArgumentHelp("The room or address.", valueName: "text"))
    var place: String?

    @Option(help: "The time zone that was agreed on.")
    var zone: String?

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp("How it repeats: 'every 2 weeks', or an RRULE.", valueName: "phrase"))
    var rule: String?

    @Option(help: "proposed, possible or confirmed.")
    var status: String?

    @Option(help: ArgumentHelp("A note.", valueName: "text"))
    var note: String?

    @Option(
        help: ArgumentHelp(
            "When to remind: 15m, 1d, '1h after end', 'fri 9am', none. May be given several times.",
            valueName: "alarm"))
    var remind: [String] = []

    @Option(
        help: ArgumentHelp(
            "Once in every period, dates agreed one by one: weekly, monthly, quarterly, half-yearly, yearly.",
            valueName: "period"))
    var rounds: String?

    @Option(help: ArgumentHelp("Who hosts the rounds, in turn: parties or their seats.", valueName: "a,b"))
    var host: [String] = []

    @Option(help: ArgumentHelp("The number of the first round.", valueName: "n"))
    var number: Int?

    @Option(
        name: [.customLong("between"), .customLong("with")],
        help: ArgumentHelp("Who meets: 'Kim Jung-han (ROK DG), Japan FM, Vienna'.", valueName: "sides"))
    var between: String?

    @Option(help: ArgumentHelp("It begins when this one ends, and moves with it.", valueName: "meeting"))
    var after: String?

    @Option(help: ArgumentHelp("It is a part of this one.", valueName: "meeting"))
    var partOf: String?

    @Option(help: ArgumentHelp("It is on the sidelines of this one.", valueName: "meeting"))
    var sidelines: String?

    @Option(
        name: .customLong("if"),
        help: ArgumentHelp("It is possible, and to be decided once this one is settled.", valueName: "meeting"))
    var condition: String?

    @Flag(help: "Plan what standard input holds, in one transaction.")
    var batch = false

    @Option(help: ArgumentHelp("With --batch: a transaction for every so many.", valueName: "n"))
    var chunk: Int?

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

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
