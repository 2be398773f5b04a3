import ArgumentParser
import ConveneAPI

/// What `convene` says when it is asked for nothing in particular.
struct OverviewCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "overview", abstract: "The first look in the morning (as 'convene' alone).")

    // Lands here what is no verb, since this is what convene does without one.
    @Argument(help: .hidden)
    var words: [String] = []

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard let word = words.first else { return }
        // `UnknownVerb` says it better wherever the word stands in the place of a verb.
        throw ValidationError("'\(word)' is no verb of convene; all of them: convene help")
    }

    func run(_ session: Session) throws {
        try OverviewCommand.show(session)
    }

    static func show(_ session: Session) throws {
        let answer = try session.ask(Overview.self, Overview.Parameters(zoneOfReader: session.zoneOfReader))
        try session.print(
            answer.raw,
            as: OverviewPage(columns: session.terminal.columns, reader: Reader.id).lines(answer.reply))
    }
}
