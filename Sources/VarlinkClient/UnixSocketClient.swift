public import Varlink

/// Calls a service at a Unix socket, one call after the other, and waits for each reply.
///
/// It blocks the thread, and it is made for programs that start, ask and end: it brings in no
/// event loop and no Foundation. It raises no SIGPIPE.
public final class UnixSocketClient {
    private let frameLimit: Int
    private var decoder: FrameDecoder
    private var socket: UnixSocket?

    /// Connects to the service at `path`.
    ///
    /// - Parameter frameLimit: The longest call and the longest reply, in bytes.
    public init(path: String, frameLimit: Int = FrameDecoder.usualLimit) throws(ClientError) {
        self.frameLimit = frameLimit
        decoder = FrameDecoder(limit: frameLimit)
        socket = try UnixSocket(connectingTo: path)
    }

    /// Calls a method and returns its reply.
    ///
    /// Throws `ErrorReply` where the service refuses, `ClientError` where it cannot be talked to.
    public func call<Method: VarlinkMethod>(
        _ method: Method.Type, _ parameters: Method.Parameters
    ) throws -> Method.Reply {
        try decode(method, try call(Method.name, parameters: parameters))
    }

    /// Calls a method that takes no parameters.
    public func call<Method: VarlinkMethod>(
        _ method: Method.Type
    ) throws -> Method.Reply where Method.Parameters == Empty {
        try call(method, Empty())
    }

    /// Calls a method by its name; parameters and reply are objects of any shape.
    public func call(_ method: String, parameters: some Encodable = Empty()) throws -> JSONValue {
        _ = try send(Call.frame(method: method, parameters: parameters))
        let reply = try receive()
        if reply.continues {
            socket = nil
            throw ClientError.badReply(reason: "several replies to a call that wants one")
        }
        return try reply.get()
    }

    /// Calls a method without waiting: there is no reply, not even for an error.
    public func callOneway<Method: VarlinkMethod>(_ method: Method.Type, _ parameters: Method.Parameters) throws {
        let frame = try Call.frame(method: Method.name, parameters: parameters, oneway: true)
        guard try send(frame) else {
            socket = nil
            throw ClientError.closedByServer
        }
    }

    /// Calls a method that answers with several replies.
    ///
    /// - Parameter onReply: Takes each reply; false, or an error, breaks the stream off and ends the connection.
    public func stream<Method: VarlinkMethod>(
        _ method: Method.Type, _ parameters: Method.Parameters, onReply: (Method.Reply) throws -> Bool
    ) throws {
        try stream(Method.name, parameters: parameters) { try onReply(decode(method, $0)) }
    }

    /// Calls a method by its name that answers with several replies.
    public func stream(
        _ method: String, parameters: some Encodable = Empty(), onReply: (JSONValue) throws -> Bool
    ) throws {
        _ = try send(Call.frame(method: method, parameters: parameters, more: true))
        var isComplete = false
        // A service learns that nobody listens any more from the connection's end.
        defer { if !isComplete { socket = nil } }
        var goesOn = true
        while goesOn && !isComplete {
            let reply = try receive()
            isComplete = !reply.continues
            goesOn = try onReply(reply.get())
        }
    }

    /// Sends a call that wants several replies, and does not wait: they are taken one by one with `nextReply()`.
    ///
    /// Further calls may be sent meanwhile; each one's replies follow those of the call before. As long as the
    /// replies are not taken, sending more than the sockets between can hold blocks for ever.
    public func begin<Method: VarlinkMethod>(_ method: Method.Type, _ parameters: Method.Parameters) throws {
        _ = try send(Call.frame(method: Method.name, parameters: parameters, more: true))
    }

    /// The next reply to what `begin` sent, and whether others to the same call follow.
    ///
    /// Throws `ErrorReply` where the service refuses that call; replies to calls behind it can still be taken.
    public func nextReply<Method: VarlinkMethod>(
        to method: Method.Type
    ) throws -> (reply: Method.Reply, continues: Bool) {
        let reply = try receive()
        return (try decode(method, try reply.get()), reply.continues)
    }

    private func decode<Method: VarlinkMethod>(_ method: Method.Type, _ parameters: JSONValue) throws -> Method.Reply {
        do {
            return try parameters.decode(as: Method.Reply.self)
        } catch {
            throw ClientError.badReply(reason: "\(Method.name): \(error)")
        }
    }
}

// MARK: - Frames

extension UnixSocketClient {
    /// False if the service has hung up. It may have said why before: its last words can still be received.
    private func send(_ frame: [UInt8]) throws(ClientError) -> Bool {
        guard let socket else { throw .closed }
        if frame.count > frameLimit { throw .frameTooLarge(limit: frameLimit) }
        do {
            try socket.send(frame + [0])
            return true
        } catch .closedByServer {
            return false
        } catch {
            self.socket = nil
            throw error
        }
    }

    private func receive() throws(ClientError) -> Reply {
        do {
            return try receiveReply()
        } catch {
            socket = nil
            throw error
        }
    }

    private func receiveReply() throws(ClientError) -> Reply {
        guard let socket else { throw .closed }
        while true {
            let frame: [UInt8]?
            do {
                frame = try decoder.next()
            } catch {
                throw .frameTooLarge(limit: error.limit)
            }
            if let frame {
                do {
                    return try Reply(frame: frame)
                } catch {
                    throw .badReply(reason: error.reason)
                }
            }
            decoder.append(try socket.receive())
        }
    }
}
