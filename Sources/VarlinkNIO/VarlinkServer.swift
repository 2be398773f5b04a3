public import Logging
import NIOCore
import NIOPosix
import Synchronization
public import Varlink

/// Serves Varlink interfaces on Unix sockets.
///
/// One thread does all reading and writing, and makes no system call while nobody calls. Each connection has
/// one task, which answers its calls in their order; a client that is slow to read holds up only itself.
public final class VarlinkServer: Sendable {
    /// The bounds within which the server serves.
    public struct Configuration: Sendable {
        /// The longest call in bytes.
        public var callLimit = FrameDecoder.usualLimit
        /// The longest reply in bytes.
        public var replyLimit = FrameDecoder.usualLimit
        /// The most clients at once.
        public var connectionLimit = 256
        /// What a client is told that is one too many. Varlink has no error for it; better name one of your own.
        public var refusal = ErrorReply(name: "\(VarlinkService.name).TooManyConnections")

        public init() {}
    }

    private struct State {
        var listeners: [any Channel] = []
        var connections: [ObjectIdentifier: ServedConnection] = [:]
        var isShuttingDown = false
    }

    private typealias Client = (channel: NIOAsyncChannel<ByteBuffer, Never>, peer: Peer)

    private let directory: ServiceDirectory
    private let configuration: Configuration
    private let executor: any TaskExecutor
    private let logger: Logger
    private let state = Mutex(State())

    /// - Parameter executor: Where the connections' tasks run, and with them the interfaces' handlers.
    public init(
        directory: ServiceDirectory, configuration: Configuration = Configuration(),
        executor: any TaskExecutor = ThreadPoolExecutor.shared, logger: Logger
    ) {
        self.directory = directory
        self.configuration = configuration
        self.executor = executor
        self.logger = logger
    }

    /// Serves until the task is cancelled, or `shutDown` was called and the last call is answered.
    ///
    /// The sockets are the server's from here on: it closes them, and removes what it bound in the file system.
    /// A server runs once. Throws `IOError` if a socket cannot be used.
    public func run(on sockets: [ListeningSocket]) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { sockets.forEach { $0.removeFile() } }
        do {
            try await withTaskExecutorPreference(executor) {
                try await withThrowingDiscardingTaskGroup { tasks in
                    for socket in sockets {
                        let listener = try await listen(on: socket, in: group)
                        tasks.addTask { try await self.serve(listener) }
                    }
                }
            }
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    /// Takes no more clients, lets the calls that run finish, and ends the others' connections.
    ///
    /// A call that streams is cancelled: it would never finish. Then `run` returns.
    public func shutDown() {
        let state = self.state.withLock { state in
            state.isShuttingDown = true
            return state
        }
        for listener in state.listeners { listener.close(promise: nil) }
        for connection in state.connections.values { connection.finish() }
    }

    private func listen(
        on socket: ListeningSocket, in group: MultiThreadedEventLoopGroup
    ) async throws -> NIOAsyncChannel<Client, Never> {
        let listener = try await ServerBootstrap(group: group)
            // So that a client may shut its sending side down, and still read the replies.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(socket.descriptor) { channel in
                // Asked here, since a client may have said all it wanted, and be gone, a moment later.
                channel.peer().flatMapThrowing { peer in
                    // A few chunks of at most 64 KiB each wait here; then the client has to.
                    let waiting = NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark(
                        lowWatermark: 1, highWatermark: 4)
                    return Client(
                        try NIOAsyncChannel(
                            wrappingChannelSynchronously: channel,
                            configuration: .init(backPressureStrategy: waiting)),
                        peer)
                }
            }
        let isTooLate = state.withLock { state in
            state.listeners.append(listener.channel)
            return state.isShuttingDown
        }
        if isTooLate { listener.channel.close(promise: nil) }
        return listener
    }

    private func serve(_ listener: NIOAsyncChannel<Client, Never>) async throws {
        try await withThrowingDiscardingTaskGroup { tasks in
            try await listener.executeThenClose { accepted in
                for try await client in accepted {
                    tasks.addTask { await self.serve(client) }
                }
            }
        }
    }

    private func serve(_ client: Client) async {
        let peer = client.peer
        do {
            try await client.channel.executeThenClose { received in
                let connection = ServedConnection(
                    channel: client.channel.channel, peer: peer, directory: directory,
                    connection: Connection(callLimit: configuration.callLimit, replyLimit: configuration.replyLimit),
                    executor: executor, logger: logger)
                switch admit(connection) {
                case .welcome:
                    await connection.serve(received)
                    dismiss(connection)
                case .full:
                    logger.warning("client refused: too many connections", metadata: peer.metadata)
                    try await connection.refuse(configuration.refusal)
                case .tooLate:
                    logger.debug("client refused: shutting down", metadata: peer.metadata)
                }
            }
        } catch {
            // Nobody is left to tell: the client went away while being greeted or seen off.
            logger.debug("connection lost", metadata: ["error": "\(error)"])
        }
    }

    private enum Admission { case welcome, full, tooLate }

    private func admit(_ connection: ServedConnection) -> Admission {
        state.withLock { state in
            if state.isShuttingDown { return .tooLate }
            if state.connections.count >= configuration.connectionLimit { return .full }
            state.connections[ObjectIdentifier(connection)] = connection
            return .welcome
        }
    }

    private func dismiss(_ connection: ServedConnection) {
        state.withLock { state in _ = state.connections.removeValue(forKey: ObjectIdentifier(connection)) }
    }
}
