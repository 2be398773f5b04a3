import NIOCore
import NIOPosix

/// A call of the daemon and its reply, beside a server of NIO's that sends back what it gets.
func measureRoundTrips(_ programs: Programs) async throws {
    let directory = try makeTemporaryDirectory()
    defer { remove(directory) }
    let daemon = try Daemon(programs, in: directory)
    defer { daemon.stop() }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let echo = try await ServerBootstrap(group: group)
        .childChannelInitializer { $0.pipeline.addHandler(EchoHandler()) }
        .bind(unixDomainSocketPath: "\(directory)/echo").get()
    let call = #"{"method":"org.varlink.service.GetInfo","parameters":{}}"#
    var floor: [Double] = []
    var ours: [Double] = []
    let toEcho = try Connection(path: "\(directory)/echo")
    let toDaemon = try Connection(path: daemon.socketPath)
    for _ in 0..<5_000 {
        floor.append(try Clock.measure { try toEcho.call([call]) })
        ours.append(try Clock.measure { try toDaemon.call([call]) })
    }
    try await echo.close()
    try await group.shutdownGracefully()
    Table.row("NIO echo", figures(floor))
    Table.row("GetInfo", "\(figures(ours)): \((ours.median / floor.median).digits(1)) times the echo")
}

private func figures(_ times: [Double]) -> String {
    "\((times.median * 1e6).digits(1)) µs (p99 \((times.quantile(0.99) * 1e6).digits(0)) µs)"
}

private final class EchoHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.write(data, promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
    }
}
