import ConveneAPI
import Glibc
import LinuxTime
import Varlink
import VarlinkClient
import ZonedTime

/// What a verb works with: the daemon that answers, the reader's zone, and the place where output goes.
struct Session {
    private let client: UnixSocketClient
    private let socket: SocketPath
    let terminal: Terminal
    let json: Bool
    let zoneOfReader: String?

    /// Finds the daemon and connects to it.
    init(_ options: GlobalValues) throws(CommandError) {
        socket = SocketPath.find(option: options.socket, environment: { environmentVariable($0) }) {
            access($0, F_OK) == 0
        }
        terminal = Terminal.at(STDOUT_FILENO, color: options.color) { environmentVariable($0) }
        json = options.json
        zoneOfReader = try options.readerZone()
        do {
            client = try UnixSocketClient(path: socket.path)
        } catch {
            throw .noDaemon(socket, reason: Session.reason(error))
        }
    }

    // MARK: - Asking

    /// An answer as it came, and as this program knows it. The first may hold more, from a later daemon.
    struct Answer<Reply> {
        let raw: JSONValue
        let reply: Reply
    }

    func ask<Method: VarlinkMethod>(
        _ method: Method.Type, _ parameters: Method.Parameters, isWrite: Bool = false
    ) throws(CommandError) -> Answer<Method.Reply> {
        do {
            let raw = try client.call(Method.name, parameters: parameters)
            return try Session.answer(method, raw)
        } catch {
            throw commandError(error, Method.name, isWrite: isWrite)
        }
    }

    /// Asks for a stream, and takes each answer until there are no more or it was enough (`false`).
    func follow<Method: VarlinkMethod>(
        _ method: Method.Type, _ parameters: Method.Parameters, each: (Answer<Method.Reply>) throws -> Bool
    ) throws(CommandError) {
        do {
            try client.stream(Method.name, parameters: parameters) { try each(Session.answer(method, $0)) }
        } catch {
            throw commandError(error, Method.name, isWrite: false)
        }
    }

    /// Asks for a stream without waiting for it; its parts are taken with `nextReply(to:)`.
    func begin<Method: VarlinkMethod>(
        _ method: Method.Type, _ parameters: Method.Parameters
    ) throws(CommandError) {
        do {
            try client.begin(method, parameters)
        } catch {
            throw commandError(error, Method.name, isWrite: false)
        }
    }

    /// The next part of what `begin` asked for, in the order of asking.
    func nextReply<Method: VarlinkMethod>(
        to method: Method.Type
    ) throws(CommandError) -> (reply: Method.Reply, continues: Bool) {
        do {
            return try client.nextReply(to: method)
        } catch {
            throw commandError(error, Method.name, isWrite: false)
        }
    }

    private static func answer<Method: VarlinkMethod>(
        _ method: Method.Type, _ raw: JSONValue
    ) throws(CommandError) -> Answer<Method.Reply> {
        do {
            return Answer(raw: raw, reply: try raw.decode(as: Method.Reply.self))
        } catch {
            throw .notAnAnswer(method: Method.name, reason: "\(error)")
        }
    }

    private func commandError(_ error: any Error, _ method: String, isWrite: Bool) -> CommandError {
        switch error {
        case let error as CommandError:
            return error
        case let error as ErrorReply:
            return .refused(error, isWrite: isWrite)
        case ClientError.frameTooLarge(let limit):
            return .failed("a message would be longer than \(limit / 1_048_576) MiB; nothing was sent", hint: nil)
        case ClientError.badReply(let reason):
            return .notAnAnswer(method: method, reason: reason)
        case let error as ClientError:
            return .connectionLost(reason: Session.reason(error), isWrite: isWrite)
        default:
            return .failed("\(error)", hint: nil)
        }
    }

    private static func reason(_ error: ClientError) -> String {
        switch error {
        case .noSuchSocket: "there is no socket"
        case .refused: "nobody listens there"
        case .notPermitted: "you are not permitted to connect"
        case .system(_, let errno): String(cString: strerror(errno))
        case .closedByServer, .closed: "the connection ended"
        case .badReply(let reason): reason
        case .frameTooLarge: "an answer is too long"
        }
    }

    // MARK: - Answering

    func print(_ lines: [Line]) throws(CommandError) {
        try Output.standard.write(lines.text(coloured: terminal.coloured))
    }

    func print(_ value: JSONValue) throws(CommandError) {
        try Output.standard.write(value.jsonLine)
    }

    /// Prints a page, or in JSON what it is made of.
    func print(_ value: @autoclosure () -> JSONValue, as lines: @autoclosure () -> [Line]) throws(CommandError) {
        if json { try print(value()) } else { try print(lines()) }
    }

    /// Prints what a write did.
    func print(_ change: Change, _ raw: JSONValue, _ option: QuietOption) throws(CommandError) {
        if option.quiet { return }
        try print(raw["change"] ?? raw, as: ChangePage(columns: terminal.columns).lines(change))
    }

    /// The year that goes without saying. A rehearsal lives in a year of its own, which is named then.
    var year: Int {
        Session.clockTime.reading(at: .utc).date.year
    }

    static var clockTime: Instant {
        Instant(secondsSinceEpoch: Int64(time(nil)))
    }
}
