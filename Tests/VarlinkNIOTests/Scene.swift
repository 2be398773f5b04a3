import Dispatch
import Glibc
import Logging
import Testing
import Varlink
import VarlinkNIO

/// Runs a server at a socket of its own while `body` plays its clients, then shuts it down.
///
/// Clients block, so they have a thread of their own: the server's tasks share a small pool.
func withServer(
    _ configure: (inout VarlinkServer.Configuration) -> Void = { _ in },
    socket: ((_ path: String) throws -> ListeningSocket)? = nil,
    _ body: @escaping @Sendable (_ path: String, _ workshop: Workshop, _ server: VarlinkServer) throws -> Void
) async throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/socket"
    let workshop = try Workshop()
    var configuration = VarlinkServer.Configuration()
    configure(&configuration)
    let server = try VarlinkServer(offering: [workshop], configuration)
    let listening = try socket?(path) ?? ListeningSocket(path: path)

    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await server.run(on: [listening]) }
        do {
            try await onOwnThread { try body(path, workshop, server) }
        } catch {
            tasks.cancelAll()
            throw error
        }
        server.shutDown()
        try await tasks.waitForAll()
    }
    #expect(access(path, F_OK) != 0, "the server leaves no socket behind")
    withExtendedLifetime(directory) {}
}

extension VarlinkServer {
    /// A server that logs nothing.
    convenience init(offering interfaces: [any ServiceInterface], _ configuration: Configuration = .init()) throws {
        let information = ServiceInformation(vendor: "V", product: "P", version: "1", url: "U")
        self.init(
            directory: try ServiceDirectory(information: information, interfaces: interfaces),
            configuration: configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

/// Runs what blocks without holding up the pool of threads that Swift's tasks share.
func onOwnThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "client").async {
            continuation.resume(with: Result { try body() })
        }
    }
}

/// A directory that goes away with its last holder.
final class TemporaryDirectory {
    let path: String

    init() throws {
        var template = Array("/tmp/varlink-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemFailure(errno: errno) }
        path = String(cString: made)
    }

    deinit {
        unlink(path + "/socket")
        rmdir(path)
    }
}

struct SystemFailure: Error {
    var errno: CInt
}

/// A client that sends exactly the bytes it is told to, and waits two minutes at most for an answer.
final class RawClient {
    private let descriptor: CInt
    private var decoder = FrameDecoder(limit: 64 << 20)

    init(path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard withSocketAddress(path, { connect(descriptor, $0, $1) }) == 0 else { throw SystemFailure(errno: errno) }
    }

    deinit { close() }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { rest in
                Glibc.send(descriptor, rest.baseAddress, rest.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw SystemFailure(errno: errno) }
            sent += count
        }
    }

    func call(_ method: String, _ parameters: JSONValue = [:], more: Bool = false, oneway: Bool = false) throws {
        let name = "\(Workshop.name).\(method)"
        try send(Call.frame(method: name, parameters: parameters, more: more, oneway: oneway) + [0])
    }

    /// The next reply; `nil` when the server has hung up.
    func receive() throws -> Reply? {
        while true {
            if let frame = try decoder.next() { return try Reply(frame: frame) }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            // A server that hangs up on bytes it has not read resets the connection.
            if count == 0 || count < 0 && errno == ECONNRESET { return nil }
            guard count > 0 else { throw SystemFailure(errno: errno) }
            decoder.append(buffer[..<count])
        }
    }

    func stopSending() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Hangs up.
    func close() { shutdown(descriptor, CInt(SHUT_RDWR)) }
}

func withSocketAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}

extension DispatchSemaphore {
    /// Whether it is signalled within two minutes.
    func isSignalled() -> Bool { wait(timeout: .now() + 120) == .success }
}
