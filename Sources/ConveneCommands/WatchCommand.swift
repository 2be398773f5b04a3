import ArgumentParser
import ConveneAPI
import Glibc
import PlainText
import Varlink

struct WatchCommand: ScheduleCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow changes and notifications as they come.",
        discussion: """
            convene watch
            convene watch --json --after CURSOR
            convene watch --exec notify-send Meetings     the command finds each as JSON on its standard input, \
            and in its environment CONVENE_CURSOR, CONVENE_KIND, CONVENE_MESSAGE, CONVENE_NUMBER, and the identity: \
            CONVENE_NOTIFICATION_ID beside the fields of the journal's entry, or CONVENE_RECORD of a change

            Where the daemon goes away, it is waited for; then all that was missed comes first. A command is run at \
            least once for each: again only where this program was ended between the two.
            """)

    @Option(help: ArgumentHelp("Go on behind this cursor; else from now on.", valueName: "cursor"))
    var after: String?

    @Option(
        parsing: .remaining,
        help: ArgumentHelp("Run a command for each; everything behind it belongs to the command.", valueName: "cmd"))
    var exec: [String] = []

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) throws {
        var session = session
        var cursor = after
        var wait = Wait()
        while true {
            let reason: String
            do {
                return try follow(session, &cursor, &wait)
            } catch {
                guard let passing = WatchCommand.passing(error) else { throw error }
                reason = passing
            }
            guard let cursor else { throw CommandError.ended(reason, hint: nil) }
            if wait.isNew {
                try Output.error.write("convene: \(reason); waiting for it (at cursor \(cursor.harmless))\n")
            }
            session = try reconnected(&wait)
        }
    }

    /// What is wrong, where it will pass: a daemon that is away, or about to be.
    private static func passing(_ error: any Error) -> String? {
        switch error as? CommandError {
        case .connectionLost?: return "the daemon hung up"
        case .refused(let reply, _)?:
            guard case .storageFailed(let reason, _)? = ScheduleError(reply) else { return nil }
            return reason.harmless
        default: return nil
        }
    }

    /// For how long a daemon that went away is left alone before the next attempt.
    private struct Wait {
        private(set) var isNew = true
        private var milliseconds: Int32 = 20

        mutating func pass() {
            poll(nil, 0, milliseconds)
            milliseconds = min(milliseconds * 2, 2_000)
            isNew = false
        }
    }

    private func follow(_ session: Session, _ cursor: inout String?, _ wait: inout Wait) throws {
        let page = WatchPage(columns: session.terminal.columns, reader: Reader.id, year: session.year)
        let parameters = Watch.Parameters(after: cursor, zoneOfReader: session.zoneOfReader)
        try session.follow(Watch.self, parameters) { answer in
            if exec.isEmpty {
                try session.print(answer.raw, as: page.lines(answer.reply))
            } else if answer.reply.change != nil || answer.reply.notification != nil {
                try run(answer, behind: cursor)
            }
            cursor = answer.reply.cursor
            wait = Wait()
            return true
        }
    }

    /// Tries again and again, with growing pauses of two seconds at most.
    private func reconnected(_ wait: inout Wait) throws -> Session {
        while true {
            wait.pass()
            do {
                return try Session(global.values)
            } catch {
                guard case .noDaemon = error else { throw error }
            }
        }
    }

    /// Runs the command for one event. One that fails is told of, and the next event still comes.
    private func run(_ answer: Session.Answer<Watch.Reply>, behind cursor: String?) throws {
        let event = answer.reply
        let command = HookCommand(
            arguments: exec, variables: WatchCommand.variables(event), input: answer.raw.jsonLine)
        let program = exec[0].harmless
        switch command.run() {
        case .done: return
        case .failed(let reason):
            try Output.error.write("convene: \(program): \(reason) (at cursor \(event.cursor.harmless))\n")
        case .notStarted(let reason):
            // The event would be lost; so it is left to be gone on with.
            throw CommandError.failed(
                "\(program) cannot be run: \(reason)",
                hint: cursor.map { "To go on where this stopped: convene watch --after \($0.harmless) --exec …" })
        }
    }

    static func variables(_ event: Watch.Reply) -> [String: String] {
        var variables: [String: String] = [:]
        if let notification = event.notification {
            // Never others than ours, whatever answers at the socket.
            variables = (notification.fields ?? [:]).filter { $0.key.hasPrefix("CONVENE_") }
            variables["CONVENE_KIND"] = notification.kind
            variables["CONVENE_MESSAGE"] = notification.message
            variables["CONVENE_NUMBER"] = notification.number.map(String.init)
            variables["CONVENE_NOTIFICATION_ID"] = notification.id
        } else if let change = event.change {
            variables["CONVENE_KIND"] = "change"
            variables["CONVENE_MESSAGE"] = "\(change.summary): \(change.what)"
            variables["CONVENE_NUMBER"] = "\(change.number)"
            variables["CONVENE_SUMMARY"] = change.summary
            variables["CONVENE_VERB"] = change.verb
            variables["CONVENE_BY"] = change.byName
            variables["CONVENE_RECORD"] = change.id
        }
        variables["CONVENE_CURSOR"] = event.cursor
        return variables
    }
}
