import ArgumentParser
import ConveneAPI
import Varlink

struct SnoozeCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "snooze",
        abstract: "Put a reminder off: it is said once more, later.",
        discussion: """
            Of a series the date is meant of which something was said last. The reminders that are set come as well. \
            A move takes along what counts from the meeting; 'convene ack' ends the wait.

            convene snooze dg                            ten minutes
            convene snooze dg 1h
            convene snooze dg "until tomorrow 9am"
            convene snooze dg "5 min before"
            """)

    @Argument(help: "The meeting, or the CONVENE_NOTIFICATION_ID of an entry.")
    var reference: String

    @Argument(help: "Until when: 10m, 'until tomorrow 9am', '5 min before'.")
    var until: [String] = []

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Snooze.self,
            Snooze.Parameters(reference: reference, until: until.phrase, zoneOfReader: session.zoneOfReader),
            isWrite: true)
        try session.print(answer.reply.change, answer.raw, quietly)
    }
}

struct AckCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack",
        abstract: "Take note of what was said of a meeting, or was missed.",
        discussion: """
            What was taken note of is in 'convene next --missed' no more, and what was put off is not said again. \
            'convene undo' takes it back.

            convene ack dg
            convene ack "weekly call@27 sep"
            convene ack --missed
            """)

    @Argument(help: "The meeting, or the CONVENE_NOTIFICATION_ID of an entry.")
    var reference: String?

    @Flag(help: "All that was missed.")
    var missed = false

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if (reference == nil) != missed {
            throw ValidationError("Take note of what? convene ack MEETING, or convene ack --missed")
        }
    }

    func run(_ session: Session) throws {
        let answer = try session.ask(
            Ack.self, Ack.Parameters(reference: reference, zoneOfReader: session.zoneOfReader), isWrite: true)
        if quietly.quiet { return }
        let count = answer.reply.acknowledged
        try session.print(
            answer.raw,
            as: answer.reply.change.map { ChangePage(columns: session.terminal.columns).lines($0) }
                ?? [Line(count == 0 ? "There is nothing to take note of." : "Taken note of: \(count).")])
    }
}
