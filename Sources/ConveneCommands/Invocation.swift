import ArgumentParser
import Glibc
import LinuxTime

/// One run of the program: the arguments read, the verb run, and what went wrong told.
struct Invocation {
    /// What the parser reads.
    let arguments: [String]
    /// What `watch --exec` runs, kept from the parser: its options are none of ours.
    let command: [String]

    init(_ arguments: [String]) {
        if let watch = arguments.firstIndex(of: "watch"),
            let exec = arguments[watch...].firstIndex(of: "--exec")
        {
            self.arguments = Array(arguments[..<exec])
            command = Array(arguments[(exec + 1)...])
        } else {
            self.arguments = arguments
            command = []
        }
    }

    func run() -> ExitStatus {
        if let page = PlainPage(arguments) { return run(page) }
        do {
            let verb = try parse()
            return run(verb)
        } catch {
            if let unknown = UnknownVerb(in: arguments) { return report(unknown.error, json: false) }
            return reportParsing(error)
        }
    }

    private func run(_ page: PlainPage) -> ExitStatus {
        do {
            try page.show()
            return .done
        } catch let error as CommandError {
            return report(error, json: page.options.json)
        } catch {
            return reportParsing(error)
        }
    }

    private func run(_ verb: any ParsableCommand) -> ExitStatus {
        do {
            var verb = verb
            try verb.run()
            return .done
        } catch let error as CommandError {
            return report(error, json: (verb as? any ScheduleCommand)?.global.json ?? false)
        } catch {
            return reportParsing(error)
        }
    }

    /// The verb that the arguments ask for. Throws what ArgumentParser finds wrong with them.
    func parse() throws -> any ParsableCommand {
        let verb = try parsedByItself ?? ConveneCommand.parseAsRoot(arguments)
        guard var watch = verb as? WatchCommand else { return verb }
        watch.exec = command
        return watch
    }

    /// The verb, where it stands first and its arguments can be read without the whole tree of verbs.
    ///
    /// That tree is most of the time between a key and its answer. Where anything is wrong, it is asked: only it
    /// knows how the program is used.
    private var parsedByItself: (any ParsableCommand)? {
        let options = arguments.prefix(while: { $0.hasPrefix("--") || verb(named: $0) == nil })
        guard options.count < arguments.count, isMadeOfGlobalOptions(options) else { return nil }
        guard let verb = verb(named: arguments[options.count]), verb.configuration.subcommands.isEmpty
        else { return nil }
        // What stands before a verb may as well stand behind it.
        return try? verb.parse(Array(options) + arguments.dropFirst(options.count + 1))
    }

    private func verb(named name: String) -> (any ParsableCommand.Type)? {
        ConveneCommand.configuration.subcommands.first { $0._commandName == name }
    }

    /// Whether these are options that every verb has, with their values, and nothing else.
    private func isMadeOfGlobalOptions(_ words: ArraySlice<String>) -> Bool {
        var rest = words
        while let option = rest.popFirst() {
            switch option {
            case "--json": continue
            case "--socket", "--zone-of-reader", "--color": guard rest.popFirst() != nil else { return false }
            default: return false
            }
        }
        return true
    }

    /// People read why on standard error; a program that asked for JSON finds the protocol's error on standard output.
    private func report(_ error: CommandError, json: Bool) -> ExitStatus {
        if json, let reply = error.reply { try? Output.standard.write(reply.jsonLine) }
        let terminal = Terminal.at(STDERR_FILENO, color: .auto) { environmentVariable($0) }
        let page = ErrorPage(columns: terminal.columns).lines(error)
        // If standard error cannot be written to, there is nobody left to tell.
        try? Output.error.write(page.text(coloured: terminal.coloured))
        return error.exitStatus
    }

    /// Help and version are asked for; anything else is a command line that cannot be read.
    private func reportParsing(_ error: any Error) -> ExitStatus {
        let isAsked = ConveneCommand.exitCode(for: error).isSuccess
        let text = ConveneCommand.fullMessage(for: error)
        try? (isAsked ? Output.standard : Output.error).write(text + "\n")
        return isAsked ? .done : .usage
    }
}
