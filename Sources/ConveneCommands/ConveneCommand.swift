public import ArgumentParser
import ConveneAPI

/// The program `convene`: talks to the daemon for the person at a terminal, or for a script.
public struct ConveneCommand: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "convene",
        abstract: "Meetings, and reminders of them in the journal.",
        usage: "convene [--socket <path>] [--json] [<verb> …]",
        discussion: """
            Without a verb: the page for the morning. A meeting is named by its number, or by enough of its summary; \
            a date of a series by @DATE behind it ("weekly call@27 sep"). A time typed without a zone is meant here.

            convene add Lunch "fri 12:30" --for 90m --in Tokyo
            convene list --until "31 oct"
            convene move lunch 13:00

            Exit status: 0 done, 1 the daemon refused, 2 the command line is wrong, 3 no daemon.
            """,
        version: ConveneVersion.current,
        subcommands: [
            AddCommand.self, ListCommand.self, NextCommand.self, ShowCommand.self, EditCommand.self,
            MoveCommand.self, ProposeCommand.self, FixCommand.self, ConfirmCommand.self, DeclineCommand.self,
            PostponeCommand.self, MergeCommand.self, SkipCommand.self, CancelCommand.self, HeldCommand.self,
            RoundsCommand.self, NoteCommand.self, OfficeCommand.self, PersonCommand.self, PartyCommand.self,
            ProgrammeCommand.self,
            DeleteCommand.self, RemindCommand.self, SnoozeCommand.self, AckCommand.self, WatchCommand.self,
            StatusCommand.self, CheckCommand.self, PreviewCommand.self, LogCommand.self, UndoCommand.self,
            RehearseCommand.self, OverviewCommand.self, CompletionCommand.self,
        ],
        defaultSubcommand: OverviewCommand.self)

    @OptionGroup var global: GlobalOptions

    public init() {}

    /// What precedes the parser's own messages; ArgumentParser's hook for it.
    public static var _errorPrefix: String { "convene: " }

    /// Runs the program with the arguments behind its name, and returns its exit status.
    public static func run(_ arguments: [String]) -> Int32 {
        Invocation(arguments).run().rawValue
    }
}
