import ArgumentParser
import ConveneAPI
import PlainText
import Varlink

struct RemindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remind",
        abstract: "When to be reminded: of a meeting, of new ones, of the day.",
        discussion: """
            convene remind add fm "wed 18:00"
            convene remind add fm 5m --late drop
            convene remind list fm
            convene remind remove fm "15 min before"
            convene remind default 1d 30m
            convene remind digest "weekdays 08:00"
            convene remind test
            """,
        subcommands: [
            RemindAdd.self, RemindList.self, RemindRemove.self, RemindDefault.self, RemindDigest.self,
            RemindPause.self, RemindNight.self, RemindTest.self,
        ])
}

struct RemindAdd: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a reminder: 15m, 1d, '1h after end', 'wed 18:00', '5m, drop when late'.")

    @Argument(help: "A number, a UID, or enough of the summary; of a series all dates are meant.")
    var reference: String

    @Argument(help: "When to remind.")
    var alarm: [String]

    @Option(
        help: ArgumentHelp(
            "When it cannot be said in time: keep it until it is told (late, or as missed), or drop it.",
            valueName: "keep|drop"),
        transform: { text in
            guard let late = WhenLate(rawValue: text) else { throw ValidationError("--late is keep or drop.") }
            return late
        })
    var late: WhenLate?

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            AddAlarm.self,
            AddAlarm.Parameters(
                reference: reference, alarm: alarm.joined(separator: " "), whenLate: late,
                zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}

struct RemindList: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what reminds of a meeting, and when it will.")

    @OptionGroup var meeting: ReferenceArgument
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Show.self, Show.Parameters(reference: meeting.reference, zoneOfReader: session.zoneOfReader))
        if session.json {
            // A line a reminder; alarms that have none to come are part of `convene show --json`.
            if case .array(let reminders) = answer.raw["reminders"] {
                try Output.standard.write(reminders.map(\.jsonLine).joined())
            }
        } else {
            try session.print(RemindersPage(columns: session.terminal.columns).lines(answer.reply))
        }
    }
}

struct RemindRemove: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take a reminder away, by its words or what was typed to add it.")

    @Argument(help: "A number, a UID, or enough of the summary; of a series all dates are meant.")
    var reference: String

    @Argument(help: "Which: '15 min before', 15m.")
    var alarm: [String]

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            RemoveAlarm.self,
            RemoveAlarm.Parameters(
                reference: reference, alarm: alarm.joined(separator: " "),
                zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}

struct RemindTest: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send one harmless entry to the journal, and see it there.")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(TestNotification.self, TestNotification.Parameters())
        let reply = answer.reply
        let verdict = reply.seen ? "The journal holds it." : "It was sent; whether it arrived could not be seen."
        let lines = (reply.steps + [verdict]).flatMap { Line($0).wrapped(to: session.terminal.columns) }
        try session.print(answer.raw, as: lines)
    }
}
