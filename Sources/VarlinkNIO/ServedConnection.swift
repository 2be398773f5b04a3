import Logging
import NIOCore
import Synchronization
import Varlink

/// One client, and the call of its that is being answered.
///
/// What a connection may do is `Connection`'s to know; this moves the bytes and runs the handlers. It is
/// no actor: a call should cost one change of threads on the way in, and one on the way out.
final class ServedConnection: Sendable {
    private struct State {
        var connection: Connection
        /// The task that answers the client's calls.
        var task: Task<Void, Never>?
        var currentCall: Call?
        /// Tells the replies to one call from those to another.
        var callCount = 0
        var isClientGone = false
        var isFinishing = false
        /// What the kernel has not taken yet, in bytes.
        var unsent = 0
        var lastWrite: EventLoopFuture<Void>?
    }

    private let channel: any Channel
    private let peer: Peer
    private let directory: ServiceDirectory
    private let executor: any TaskExecutor
    private let logger: Logger
    private let state: Mutex<State>

    init(
        channel: any Channel, peer: Peer, directory: ServiceDirectory, connection: Connection,
        executor: any TaskExecutor, logger: Logger
    ) {
        self.channel = channel
        self.peer = peer
        self.directory = directory
        self.executor = executor
        self.logger = logger
        state = Mutex(State(connection: connection))
    }

    /// Answers the client's calls, until it has no more, breaks the protocol, or is gone.
    func serve(_ received: NIOAsyncChannelInboundStream<ByteBuffer>) async {
        let task = Task(executorPreference: executor) { await self.answerCalls(received) }
        state.withLock { $0.task = task }
        channel.closeFuture.whenComplete { _ in self.clientIsGone() }
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Ends the connection as soon as the current call is answered; a streaming one is cancelled.
    func finish() {
        let streaming = state.withLock { state in
            state.isFinishing = true
            return state.currentCall?.more == true ? state.task : nil
        }
        streaming?.cancel()
        // As if the client had said its last word.
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    /// Tells a client that there is no room for it.
    func refuse(_ error: ErrorReply) async throws {
        try await write(Connection.farewell(error))
        try await flush()
    }

    private func clientIsGone() {
        let interrupted = state.withLock { state in
            state.isClientGone = true
            // Whoever wants no reply may leave at once; the call is carried out all the same.
            return state.currentCall?.oneway == false ? state.task : nil
        }
        interrupted?.cancel()
    }
}

// MARK: - Calls

extension ServedConnection {
    private func answerCalls(_ received: NIOAsyncChannelInboundStream<ByteBuffer>) async {
        do {
            for try await bytes in received {
                state.withLock { $0.connection.receive(bytes.readableBytesView) }
                while let (call, number) = try nextCall() {
                    await answer(call, with: RepliesToCall(connection: self, number: number))
                    try finishCall()
                }
            }
            if state.withLock({ $0.connection.isInsideCall }) {
                logger.notice("client left in the middle of a call", metadata: peer.metadata)
            }
            try await flush()
        } catch let error as CallError {
            logger.notice("client speaks no Varlink", metadata: peer.metadata(["reason": "\(error.reason)"]))
            try? await refuse(error.reply)
        } catch {
            logger.debug("connection lost", metadata: peer.metadata(["error": "\(error)"]))
        }
    }

    /// The next call to answer and its number; `nil` if more has to arrive first.
    private func nextCall() throws -> (Call, Int)? {
        try state.withLock { state in
            while !state.isFinishing, let call = try state.connection.nextCall() {
                if state.isClientGone && !call.oneway {
                    state.connection.abandonCall()
                } else {
                    state.currentCall = call
                    state.callCount += 1
                    return (call, state.callCount)
                }
            }
            return nil
        }
    }

    /// Cancelled, a call may lack its last reply: then nothing can follow it.
    private func finishCall() throws {
        try state.withLock { state in
            state.currentCall = nil
            if state.connection.isAnswering { throw CancellationError() }
        }
    }

    private func answer(_ call: Call, with replies: RepliesToCall) async {
        do {
            let interface = try directory.interface(for: call)
            do {
                try await interface.respond(to: call, from: peer, with: replies)
                if isAnswering { throw ReplyError.missing }
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
        guard let error = error as? ErrorReply, isAnswering else { return }
        do {
            let frame = try state.withLock { try $0.connection.reply(error) }
            if let frame { try await write(frame) }
        } catch {
            logger.error("error not sent", metadata: peer.metadata(["method": "\(call.method)", "error": "\(error)"]))
        }
    }

    private var isAnswering: Bool { state.withLock { $0.connection.isAnswering } }

    fileprivate func send(_ parameters: some Encodable & Sendable, continues: Bool, callNumber: Int) async throws {
        let frame = try state.withLock { state in
            guard callNumber == state.callCount else { throw ReplyError.alreadyAnswered }
            return try state.connection.reply(parameters, continues: continues)
        }
        guard let frame else { return }
        do {
            try await write(frame)
        } catch {
            throw CancellationError()
        }
    }
}

// MARK: - Writing

extension ServedConnection {
    /// As much may lie here without anybody waiting: a thread less to wake up for every small reply.
    private static let patience = 64 << 10

    /// Returns when the kernel has taken all but a little, which it does as fast as the client reads.
    private func write(_ frame: [UInt8]) async throws {
        let written = channel.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { _ in self.state.withLock { $0.unsent -= frame.count } }
        let unsent = state.withLock { state in
            state.unsent += frame.count
            state.lastWrite = written.futureResult
            return state.unsent
        }
        channel.writeAndFlush(ByteBuffer(bytes: frame), promise: written)
        if unsent > Self.patience { try await flush() }
    }

    /// Returns when the kernel has all that was written.
    private func flush() async throws {
        guard let lastWrite = state.withLock({ $0.lastWrite }) else { return }
        try await withTaskCancellationHandler {
            try await lastWrite.get()
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
