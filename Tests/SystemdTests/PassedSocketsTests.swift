import ConveneTestSupport
import Glibc
import Testing

@testable import Systemd

/// Descriptors from 3 on and the environment belong to a whole process, so each test has a process of its own.
@Suite("Sockets that the service manager passed", .ownThread)
struct PassedSocketsTests {
    @Test("A process that was passed nothing has none")
    func none() async {
        await #expect(processExitsWith: .success) {
            unsetenv("LISTEN_FDS")
            unsetenv("LISTEN_PID")
            let sockets = try PassedSockets.take().sockets
            #expect(sockets.isEmpty)
        }
    }

    @Test("Sockets passed to another process are not ours")
    func othersSockets() async {
        await #expect(processExitsWith: .success) {
            setenv("LISTEN_PID", "1", 1)
            setenv("LISTEN_FDS", "1", 1)
            let sockets = try PassedSockets.take().sockets
            #expect(sockets.isEmpty)
        }
    }

    @Test("Listening sockets come with their names, and only once")
    func listening() async {
        await #expect(processExitsWith: .success) {
            setenv("LISTEN_PID", "\(getpid())", 1)
            setenv("LISTEN_FDS", "2", 1)
            setenv("LISTEN_FDNAMES", "varlink:other", 1)
            placeListeningSocket(at: 3, name: "a")
            placeListeningSocket(at: 4, name: "b")
            let sockets = try? PassedSockets.take().sockets
            let expected = [
                PassedSockets.Socket(descriptor: 3, name: "varlink"),
                PassedSockets.Socket(descriptor: 4, name: "other"),
            ]
            // The exit status tells, because descriptor 3 or 4 may have been the way to tell otherwise.
            guard sockets == expected, getenv("LISTEN_FDS") == nil, fcntl(3, F_GETFD) & FD_CLOEXEC != 0,
                (try? PassedSockets.take().sockets)?.isEmpty == true
            else { exit(2) }
            exit(EXIT_SUCCESS)
        }
    }

    @Test("A socket without a name is called unknown")
    func unnamed() async {
        await #expect(processExitsWith: .success) {
            setenv("LISTEN_PID", "\(getpid())", 1)
            setenv("LISTEN_FDS", "1", 1)
            unsetenv("LISTEN_FDNAMES")
            placeListeningSocket(at: 3, name: "c")
            exit((try? PassedSockets.take().sockets.map(\.name)) == ["unknown"] ? EXIT_SUCCESS : 2)
        }
    }

    @Test("Something else than a listening Unix stream socket is refused and closed")
    func notListening() async {
        await #expect(processExitsWith: .success) {
            setenv("LISTEN_PID", "\(getpid())", 1)
            setenv("LISTEN_FDS", "1", 1)
            setenv("LISTEN_FDNAMES", "datagrams", 1)
            keepDescriptorsToThread()
            dup2(socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0), 3)
            do {
                _ = try PassedSockets.take()
                exit(2)
            } catch PassedSocketsError.notListeningUnixStream(name: "datagrams") where fcntl(3, F_GETFD) == -1 {
                exit(EXIT_SUCCESS)
            }
        }
    }

    @Test("A count that makes no sense is refused")
    func nonsense() async {
        await #expect(processExitsWith: .success) {
            setenv("LISTEN_PID", "\(getpid())", 1)
            setenv("LISTEN_FDS", "many", 1)
            #expect(throws: PassedSocketsError.self) { try PassedSockets.take() }
        }
    }
}

/// Puts a listening socket where the service manager would.
private func placeListeningSocket(at number: Int32, name: String) {
    keepDescriptorsToThread()
    let path = "/tmp/passed-\(getpid())-\(name).sock"
    let listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard UnixAddress(path)?.withSocketAddress({ bind(listening, $0, $1) }) == 0, listen(listening, 1) == 0,
        listening == number || dup2(listening, number) == number
    else { exit(9) }
    unlink(path)
}

/// Gives this thread descriptors of its own, unshare(2): 3 and 4 may be those by which other threads of the process wait for
/// each other, and these must neither lose them nor close ours.
private func keepDescriptorsToThread() {
    // The C library declares neither to Swift.
    typealias Unshare = @convention(c) (Int32) -> Int32
    let cloneFiles: Int32 = 0x400
    guard let symbol = dlsym(nil, "unshare"), unsafeBitCast(symbol, to: Unshare.self)(cloneFiles) == 0 else { exit(8) }
}
