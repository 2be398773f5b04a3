import ArgumentParser
import LinuxTime

/// What every verb takes, before or after it.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The daemon's socket; else CONVENE_SOCKET, the user's, the system's.", valueName: "path"))
    var socket: String?

    @Flag(help: "Answer in JSON Lines, with the protocol's field names.")
    var json = false

    @Option(help: ArgumentHelp("The time zone 'here'; else TZ, then /etc/localtime.", valueName: "zone"))
    var zoneOfReader: String?

    @Option(help: ArgumentHelp("Colours: auto, always or never.", valueName: "when"))
    var color = ColorChoice.auto

    var values: GlobalValues {
        GlobalValues(socket: socket, json: json, zoneOfReader: zoneOfReader, color: color)
    }
}

/// What the options say that every verb has.
struct GlobalValues {
    var socket: String?
    var json = false
    var zoneOfReader: String?
    var color = ColorChoice.auto

    /// The zone in which a time without a zone is meant.
    ///
    /// A `TZ` that is a rule and no name (`CET-1CEST`) cannot be told to the daemon; silently taking another zone
    /// would plan meetings at wrong hours.
    func readerZone() throws(CommandError) -> String {
        if let zoneOfReader { return zoneOfReader }
        switch LocalZoneName.current() {
        case .name(let name):
            return name
        case .unusable(let tz):
            throw .usage(
                "TZ is '\(tz)', which names no time zone", hint: "Say which is meant: --zone-of-reader Europe/Berlin")
        }
    }
}

/// When output has colours.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    /// On a terminal, unless `NO_COLOR` is set.
    case auto
    case always
    case never
}

/// What the verbs take that change something.
struct QuietOption: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Print nothing when it is done.")
    var quiet = false
}

/// A guard against changes that somebody else made meanwhile.
struct RevisionOption: ParsableArguments {
    @Option(help: ArgumentHelp("Refuse unless the meeting is at this revision.", valueName: "n"))
    var revision: Int?
}

/// What most verbs name first.
struct ReferenceArgument: ParsableArguments {
    @Argument(help: "A number, a UID, or enough of the summary; with @DATE for one date of a series.")
    var reference: String
}
