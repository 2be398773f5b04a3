import ConveneTestSupport
import Glibc
import Testing
import Varlink
import VarlinkClient
import VarlinkNIO

@Suite("A socket to listen at", .ownThread, .timeLimit(.minutes(5)))
struct ListeningSocketTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/socket" }

    init() throws { directory = try TemporaryDirectory() }

    private func mode(_ path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    /// Binds a socket like a server that is then killed, or that passes it on.
    private func bindSocket(listening: Bool) -> CInt {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        #expect(withSocketAddress(path) { bind(descriptor, $0, $1) } == 0)
        if listening { #expect(listen(descriptor, 5) == 0) }
        return descriptor
    }

    @Test("The file has the mode asked for, and goes with the socket")
    func fileMode() throws {
        for wanted: mode_t in [0o600, 0o660, 0o666] {
            let socket = try ListeningSocket(path: path, mode: wanted)
            #expect(mode(path) == wanted)
            socket.close()
            #expect(mode(path) == nil)
        }
    }

    @Test("What a killed server left behind is replaced")
    func stale() throws {
        close(bindSocket(listening: true))
        #expect(mode(path) != nil)
        try ListeningSocket(path: path).close()
        #expect(mode(path) == nil)
    }

    @Test("A socket at which somebody listens is left alone, a full one too")
    func inUse() throws {
        let other = try ListeningSocket(path: path)
        #expect(throws: ListeningSocketError.inUse(path)) { try ListeningSocket(path: path) }
        other.close()
        let full = bindSocket(listening: false)
        #expect(listen(full, 0) == 0)
        let waiting = try RawClient(path: path)
        #expect(throws: ListeningSocketError.inUse(path)) { try ListeningSocket(path: path) }
        close(full)
        withExtendedLifetime(waiting) {}
    }

    @Test("A socket that somebody else put in its place stays")
    func replaced() throws {
        let first = try ListeningSocket(path: path)
        unlink(path)
        let second = try ListeningSocket(path: path)
        first.close()
        #expect(mode(path) != nil)
        second.close()
    }

    @Test("What is no socket is left alone")
    func inTheWay() throws {
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        #expect(throws: ListeningSocketError.notASocket(path)) { try ListeningSocket(path: path) }
        #expect(mode(path) != nil)
    }

    @Test("A path is bound or the reason named")
    func paths() throws {
        let long = directory.path + "/" + String(repeating: "x", count: 103 - directory.path.utf8.count)
        #expect(throws: ListeningSocketError.pathTooLong(long)) { try ListeningSocket(path: long) }
        try ListeningSocket(path: String(long.dropLast())).close()

        let missing = directory.path + "/no"
        #expect(throws: ListeningSocketError.noSuchDirectory(missing)) {
            try ListeningSocket(path: missing + "/socket")
        }
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        #expect(throws: ListeningSocketError.noSuchDirectory(path)) { try ListeningSocket(path: path + "/socket") }
    }

    @Test(
        "A directory in which one may not write is an error", .enabled(if: geteuid() != 0, "root may write anywhere"))
    func notPermitted() throws {
        chmod(directory.path, 0o500)
        #expect(throws: ListeningSocketError.notPermitted(path)) { try ListeningSocket(path: path) }
    }

    @Test("Directories on the way are made on request")
    func directories() throws {
        let inner = directory.path + "/a/b"
        try ListeningSocket(path: inner + "/socket", directoryMode: 0o700).close()
        #expect(mode(inner) == 0o700)
        #expect(mode(directory.path + "/a") == 0o700)
        rmdir(inner)
        rmdir(directory.path + "/a")
    }

    @Test("A socket that was passed on is served, and its file left to whoever made it")
    func activated() async throws {
        let descriptor = bindSocket(listening: true)
        let server = try VarlinkServer(offering: [])
        let socket = try ListeningSocket(descriptor: descriptor)
        let path = path
        async let running: Void = server.run(on: [socket])
        try await onOwnThread {
            let info = try UnixSocketClient(path: path).call(VarlinkService.GetInfo.self)
            #expect(info.vendor == "V")
            server.shutDown()
        }
        try await running
        #expect(mode(path) != nil)
    }

    @Test("A descriptor that is no listening Unix socket is not taken")
    func wrongDescriptor() {
        let idle = bindSocket(listening: false)
        let internet = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        #expect(listen(internet, 1) == 0)
        let file = open("/dev/null", O_RDONLY)
        for descriptor in [idle, internet, file, -1] {
            #expect(throws: ListeningSocketError.notListening(descriptor: descriptor)) {
                try ListeningSocket(descriptor: descriptor)
            }
            if descriptor >= 0 { close(descriptor) }
        }
    }
}
