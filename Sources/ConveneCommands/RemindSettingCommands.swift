import ArgumentParser
import ConveneAPI
import Varlink

struct RemindDefault: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "default",
        abstract: "Say what new meetings are reminded of, or show it.",
        discussion: """
            Meetings that are there keep their reminders. A day before for whole days, and for a day whose hour is \
            open, means nine o'clock there.

            convene remind default                       what holds now
            convene remind default 1d 30m                of a meeting at an hour
            convene remind default --days 2d             of whole days
            convene remind default "5m, drop when late" 1d
            convene remind default none
            convene remind default standard              as at first: 1d and 15m; 1d
            """)

    @Argument(help: "When to remind of a meeting at an hour: 15m, 1d, '1h after end', none, standard.")
    var alarms: [String] = []

    @Option(help: ArgumentHelp("When to remind of whole days. May be given several times.", valueName: "alarm"))
    var days: [String] = []

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        let isAsked = alarms.isEmpty && days.isEmpty
        try SettingsDialogue(session: session, quiet: quietly.quiet).run(
            isAsked
                ? nil
                : ChangeSettings.Parameters(
                    alarms: alarms.isEmpty ? nil : alarms, dayAlarms: days.isEmpty ? nil : days,
                    zoneOfReader: session.zoneOfReader))
    }
}

struct RemindDigest: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "Let the day's sheet come: what today brings, as one entry of the journal.",
        discussion: """
            The day and its hours are those of the clock here, unless a city is named.

            convene remind digest "weekdays 08:00"
            convene remind digest "every monday 7:30 Tokyo"
            convene remind digest                        when it comes
            convene remind digest off
            """)

    @Argument(help: "When: 'weekdays 08:00', 'daily 7:30', off.")
    var when: [String] = []

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        try SettingsDialogue(session: session, quiet: quietly.quiet).run(
            when.phrase.map { ChangeSettings.Parameters(digest: $0, zoneOfReader: session.zoneOfReader) })
    }
}

struct RemindPause: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Say how long a change waits before it is told: a slip and its undo stay at the desk.",
        discussion: """
            convene remind pause 5m
            convene remind pause none
            """)

    @Argument(help: "How long: 2m (as at first), at most 1h; none.")
    var length: [String] = []

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        try SettingsDialogue(session: session, quiet: quietly.quiet).run(
            length.phrase.map { ChangeSettings.Parameters(changePause: $0, zoneOfReader: session.zoneOfReader) })
    }
}

struct RemindNight: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "night",
        abstract: "Say between which hours reminders, and meetings at their place, are pointed out as at night.",
        discussion: """
            convene remind night 23:00-06:30
            convene remind night off
            """)

    @Argument(help: "From when to when: 22:00-07:00 (as at first), off.")
    var hours: [String] = []

    @OptionGroup var quietly: QuietOption
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        try SettingsDialogue(session: session, quiet: quietly.quiet).run(
            hours.phrase.map { ChangeSettings.Parameters(night: $0, zoneOfReader: session.zoneOfReader) })
    }
}

/// Changes the settings, or asks for them, and shows what holds.
private struct SettingsDialogue {
    let session: Session
    let quiet: Bool

    func run(_ change: ChangeSettings.Parameters?) throws {
        let raw: JSONValue
        let settings: Settings
        if let change {
            let answer = try session.ask(ChangeSettings.self, change, isWrite: true)
            if quiet { return }
            (raw, settings) = (answer.raw, answer.reply.settings)
        } else {
            let answer = try session.ask(
                GetSettings.self, GetSettings.Parameters(zoneOfReader: session.zoneOfReader))
            (raw, settings) = (answer.raw, answer.reply.settings)
        }
        try session.print(
            raw["settings"] ?? raw,
            as: SettingsPage(columns: session.terminal.columns, year: session.year).lines(settings))
    }
}
