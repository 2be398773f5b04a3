import Varlink

/// What the shell is told.
enum ExitStatus: Int32 {
    case done = 0
    /// The daemon refused, or could not.
    case refused = 1
    /// The command was not understood.
    case usage = 2
    /// There is no daemon to talk to.
    case noDaemon = 3
}

/// Why a command did not do its work. What people read of it is made in `ErrorPage`.
enum CommandError: Error, Hashable {
    /// The daemon said no; `isWrite` where a change was asked for.
    case refused(ErrorReply, isWrite: Bool)
    /// Nobody answers at the socket.
    case noDaemon(SocketPath, reason: String)
    /// The connection ended before the answer came.
    case connectionLost(reason: String, isWrite: Bool)
    /// A connection that was to last has ended.
    case ended(String, hint: String?)
    /// The daemon's answer makes no sense here.
    case notAnAnswer(method: String, reason: String)
    /// The command line or standard input makes no sense, found before the daemon was asked.
    case usage(String, hint: String?)
    /// Something failed on this side.
    case failed(String, hint: String?)

    var exitStatus: ExitStatus {
        switch self {
        case .refused, .notAnAnswer, .failed: .refused
        case .noDaemon, .connectionLost, .ended: .noDaemon
        case .usage: .usage
        }
    }

    /// The refusal as the protocol has it, for programs; `nil` where it was not the daemon that refused.
    var reply: JSONValue? {
        guard case .refused(let reply, _) = self else { return nil }
        return ["error": .string(reply.name), "parameters": reply.parameters]
    }
}
