import Logging
import NIOCore
import Varlink

/// One client, and the call of its that is being answered.
///
/// What a connection may do is `Connection`'s to know; this moves the bytes and runs the handlers.
actor ServedConnection {
    private let channel: any Channel
    private let peer: Peer
    private let directory: ServiceDirectory
    private let executor: any TaskExecutor
    private let logger: Logger
    private var connection: Connection

    /// The call that is being answered, and its task.
    private var current: (call: Call, task: Task<Void, Never>)?
    /// Tells the replies to one call from those to another.
    private var callCount = 0
    private var isClientGone = false
    private var isFinishing = false

    init(
        channel: any Channel, peer: Peer, directory: ServiceDirectory, connection: Connection,
        executor: any TaskExecutor, logger: Logger
    ) {
        self.channel = channel
        self.peer = peer
        self.directory = directory
        self.connection = connection
        self.executor = executor
        self.logger = logger
    }

    /// Answers the client's calls, until it has no more, breaks the protocol, or is gone.
    func serve(_ received: NIOAsyncChannelInboundStream<ByteBuffer>) async {
        let executor = self.executor
        channel.closeFuture.whenComplete { _ in
            Task(executorPreference: executor) { await self.clientIsGone() }
        }
        do {
            for try await bytes in received {
                connection.receive(bytes.readableBytesView)
                while !isFinishing, let call = try connection.nextCall() {
                    try await perform(call)
                }
                if isFinishing { return }
            }
            if connection.isInsideCall {
                logger.notice("client left in the middle of a call", metadata: peer.metadata)
            }
        } catch let error as CallError {
            logger.notice("client speaks no Varlink", metadata: peer.metadata(["reason": "\(error.reason)"]))
            try? await write(Connection.farewell(error.reply))
        } catch {
            logger.debug("connection lost", metadata: peer.metadata(["error": "\(error)"]))
        }
    }

    /// Ends the connection as soon as the current call is answered; a streaming one is cancelled.
    func finish() {
        isFinishing = true
        if let current {
            if current.call.more { current.task.cancel() }
        } else {
            channel.close(promise: nil)
        }
    }

    /// Tells a client that there is no room for it.
    func refuse(_ error: ErrorReply) async throws {
        try await write(Connection.farewell(error))
    }

    private func clientIsGone() {
        isClientGone = true
        // Whoever wants no reply may leave at once; the call is carried out all the same.
        if let current, !current.call.oneway { current.task.cancel() }
    }
}

// MARK: - Calls

extension ServedConnection {
    /// Answers one call, in a task that ends early when the client does.
    private func perform(_ call: Call) async throws {
        callCount += 1
        let task = Task(executorPreference: executor) { await self.answer(call) }
        current = (call, task)
        defer { current = nil }
        if isClientGone && !call.oneway { task.cancel() }
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        // Cancelled, it may have left the call without its last reply: nothing can follow that.
        if connection.isAnswering { throw CancellationError() }
    }

    private func answer(_ call: Call) async {
        do {
            let interface = try directory.interface(for: call)
            do {
                let replies = RepliesToCall(connection: self, number: callCount)
                try await interface.respond(to: call, from: peer, with: replies)
                if connection.isAnswering { throw ReplyError.missing }
            } catch let error as ErrorReply {
                throw error
            } catch {
                if Task.isCancelled { return }
                logger.error("call failed", metadata: peer.metadata(["method": "\(call.method)", "error": "\(error)"]))
                throw interface.errorReply(for: error)
            }
        } catch {
            await answer(call, error)
        }
    }

    private func answer(_ call: Call, _ error: any Error) async {
        // After its last reply a handler may still fail; the caller has what it asked for.
        guard let error = error as? ErrorReply, connection.isAnswering else { return }
        do {
            guard let frame = try connection.reply(error) else { return }
            try await write(frame)
        } catch {
            logger.error("error not sent", metadata: peer.metadata(["method": "\(call.method)", "error": "\(error)"]))
        }
    }

    fileprivate func send(_ parameters: some Encodable & Sendable, continues: Bool, callNumber: Int) async throws {
        guard callNumber == callCount else { throw ReplyError.alreadyAnswered }
        guard let frame = try connection.reply(parameters, continues: continues) else { return }
        do {
            try await write(frame)
        } catch {
            throw CancellationError()
        }
    }

    /// Returns when the kernel has all of it, which it takes as fast as the client reads.
    private func write(_ frame: [UInt8]) async throws {
        let channel = self.channel
        try await withTaskCancellationHandler {
            try await channel.writeAndFlush(ByteBuffer(bytes: frame)).get()
        } onCancel: {
            // Half a frame cannot be taken back.
            channel.close(promise: nil)
        }
    }
}

/// The replies to one call; once it is answered, no more can be sent.
private struct RepliesToCall: ReplySink {
    let connection: ServedConnection
    let number: Int

    func send(_ parameters: some Encodable & Sendable, continues: Bool) async throws {
        try await connection.send(parameters, continues: continues, callNumber: number)
    }
}
