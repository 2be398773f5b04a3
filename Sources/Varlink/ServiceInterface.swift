/// One interface of a service, and what answers its calls.
///
/// A streaming method sends replies with `continues: true` and a last one without. It need not look at
/// `call.more`: without it, the first such reply throws `ErrorReply.expectedMore`, which is the answer.
public protocol ServiceInterface: Sendable {
    /// What the service says of the interface, and its name.
    var description: InterfaceDescription { get }

    /// Answers one call with exactly one final reply, or throws.
    ///
    /// Calls of one connection come one after the other, those of several at once. The task is cancelled
    /// when the client is gone; what is thrown then reaches nobody. An `ErrorReply` is the call's answer,
    /// any other error becomes one by `errorReply(for:)`.
    func respond(to call: Call, from peer: Peer, with replies: any ReplySink) async throws

    /// What the caller is told of an error that is no `ErrorReply`.
    ///
    /// As a rule `ReplyTooLarge(limit: int)` for a reply longer than a frame may be, and `InternalError()`
    /// for everything else, both of this interface; its description should declare them.
    func errorReply(for error: any Error) -> ErrorReply
}

extension ServiceInterface {
    public func errorReply(for error: any Error) -> ErrorReply {
        if case ReplyError.tooLarge(let limit) = error {
            return ErrorReply(name: "\(description.name).ReplyTooLarge", parameters: ["limit": .integer(Int64(limit))])
        }
        return ErrorReply(name: "\(description.name).InternalError")
    }
}

/// Takes the replies to one call.
public protocol ReplySink: Sendable {
    /// Sends a reply; `continues` says that it is not the last one. One at a time.
    ///
    /// Suspends while the client is slow to read. Throws `CancellationError` when the client is gone,
    /// and what `Connection.reply` throws for a reply that cannot be sent; then an error still can.
    func send(_ parameters: some Encodable & Sendable, continues: Bool) async throws
}

extension ReplySink {
    /// Sends the only, or the last, reply.
    public func send(_ parameters: some Encodable & Sendable) async throws {
        try await send(parameters, continues: false)
    }
}
