import ArgumentParser
import ConveneAPI
import Varlink

struct LogCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Who changed what, the newest first.",
        discussion: """
            convene log
            convene log fm -n 5
            """)

    @Argument(help: "Of this meeting: a number, a UID, or enough of the summary.")
    var reference: String?

    @Option(name: .customShort("n"), help: ArgumentHelp("At most so many; else 20.", valueName: "n"))
    var count = 20

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if count < 1 { throw ValidationError("-n takes a number from 1 on.") }
    }

    func run(_ session: Session) throws {
        var records: [LogRecord] = []
        let parameters = GetLog.Parameters(
            reference: reference, limit: count, zoneOfReader: session.zoneOfReader)
        try session.follow(GetLog.self, parameters) { answer in
            if session.json {
                if case .array(let raw) = answer.raw["records"] {
                    try Output.standard.write(raw.map(\.jsonLine).joined())
                }
            } else {
                records += answer.reply.records
            }
            return true
        }
        if session.json { return }
        let page = LogPage(columns: session.terminal.columns, reader: Reader.id, year: session.year)
        try session.print(records.isEmpty ? ["Nothing has been changed yet."] : page.lines(records))
    }
}
