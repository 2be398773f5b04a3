import ArgumentParser
import ConveneAPI

struct PreviewCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "What a rule, a phrase or a date means, without planning anything.",
        discussion: """
            convene preview "every 3rd friday 15:00 Geneva"
            convene preview "FREQ=MONTHLY;BYMONTHDAY=31" -n 12 --start 2027-01-31
            convene preview --batch < questions.jsonl    one JSON object a line: \
            {"id":1,"dtstart":"2027-01-31T10:00:00","tzid":"Asia/Seoul","rrule":"FREQ=MONTHLY"}
            """)

    @Argument(help: "A phrase, an RRULE, or a date.")
    var text: [String] = []

    @Option(name: .customShort("n"), help: ArgumentHelp("So many dates; else 5.", valueName: "n"))
    var count: Int?

    @Option(help: ArgumentHelp("Where it begins; else now.", valueName: "time"))
    var start: String?

    @Flag(help: "Answer the questions on standard input, in their order.")
    var batch = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if batch {
            guard text.isEmpty, count == nil, start == nil else {
                throw ValidationError("--batch reads its questions from standard input only.")
            }
        } else if text.isEmpty {
            throw ValidationError(#"What is to be previewed? For instance: convene preview "every 2 weeks""#)
        }
        if let count, count < 1 { throw ValidationError("-n takes a number from 1 on.") }
    }

    func run(_ session: Session) throws {
        if batch { return try PreviewBatch(session: session).run() }
        let answer = try session.ask(
            Preview.self,
            Preview.Parameters(
                text: text.joined(separator: " "), start: start, count: count, zoneOfReader: session.zoneOfReader))
        try session.print(answer.raw, as: PreviewPage(columns: session.terminal.columns).lines(answer.reply))
    }
}
