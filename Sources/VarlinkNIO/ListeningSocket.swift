public import Glibc
import NIOCore

/// A Unix socket at which clients may knock.
///
/// Made by binding one in the file system, or from a descriptor that a service manager passed on. It is
/// open until a server has run on it, or `close` was called.
public struct ListeningSocket: Sendable {
    /// The socket's descriptor: non-blocking, closed on exec.
    let descriptor: CInt
    private let file: File?

    /// What was bound in the file system; the path may lead to somebody else's by now.
    private struct File {
        let path: String
        let device: dev_t
        let inode: ino_t
    }

    /// Takes over a listening socket, as passed on by socket activation (`LISTEN_FDS`).
    ///
    /// Throws `notListening` if the descriptor is something else.
    public init(descriptor: CInt) throws(ListeningSocketError) {
        guard Self.option(SO_ACCEPTCONN, of: descriptor) == 1, Self.option(SO_DOMAIN, of: descriptor) == AF_UNIX else {
            throw .notListening(descriptor: descriptor)
        }
        guard fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0,
            fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
        else { throw .system("fcntl", errno: errno) }
        self.descriptor = descriptor
        file = nil
    }

    /// Binds a socket at `path`.
    ///
    /// What a server left behind that is no more is replaced; a socket at which somebody listens is not.
    /// - Parameters:
    ///   - path: At most 103 bytes, which is portable, and as much as NIO takes.
    ///   - mode: Who may connect: whoever may write the file.
    ///   - directoryMode: The mode of directories that are made on the way; with `nil` none is made.
    public init(
        path: String, mode: mode_t = 0o600, directoryMode: mode_t? = nil
    ) throws(ListeningSocketError) {
        guard let address = try? SocketAddress(unixDomainSocketPath: path) else { throw .pathTooLong(path) }
        let directory = Self.directory(of: path)
        if let directoryMode { try Self.makeDirectory(directory, mode: directoryMode) }

        // Two servers that start at once would each take the other's fresh socket for a left-over one.
        let lock = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw .init(errno: errno, path: directory, call: "open") }
        defer { Glibc.close(lock) }
        guard flock(lock, LOCK_EX) == 0 else { throw .system("flock", errno: errno) }

        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | Self.flags, 0)
        guard descriptor >= 0 else { throw .system("socket", errno: errno) }
        do {
            file = try Self.bind(descriptor, to: address, path: path, mode: mode)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    /// Closes a socket on which no server runs.
    public func close() {
        Glibc.close(descriptor)
        removeFile()
    }

    /// Removes what was bound, unless it is somebody else's by now.
    func removeFile() {
        guard let file, let found = Self.status(of: file.path) else { return }
        if found.st_dev == file.device, found.st_ino == file.inode { unlink(file.path) }
    }
}

// MARK: - Binding

extension ListeningSocket {
    private static let flags = CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue)

    private static func bind(
        _ descriptor: CInt, to address: SocketAddress, path: String, mode: mode_t
    ) throws(ListeningSocketError) -> File {
        // The new file takes its mode from the socket, so nobody can slip in before it is changed.
        guard fchmod(descriptor, mode) == 0 else { throw .system("fchmod", errno: errno) }
        if !bind(descriptor, to: address) {
            guard errno == EADDRINUSE else { throw .init(errno: errno, path: path, call: "bind") }
            try removeLeftover(at: path, address)
            guard bind(descriptor, to: address) else { throw .init(errno: errno, path: path, call: "bind") }
        }
        // The umask has been taken off by now.
        guard chmod(path, mode) == 0 else { throw .init(errno: errno, path: path, call: "chmod") }
        guard let status = status(of: path) else { throw .init(errno: errno, path: path, call: "lstat") }
        guard listen(descriptor, SOMAXCONN) == 0 else { throw .system("listen", errno: errno) }
        return File(path: path, device: status.st_dev, inode: status.st_ino)
    }

    private static func bind(_ descriptor: CInt, to address: SocketAddress) -> Bool {
        address.withSockAddr { Glibc.bind(descriptor, $0, socklen_t($1)) } == 0
    }

    private static func connect(_ descriptor: CInt, to address: SocketAddress) -> Bool {
        address.withSockAddr { Glibc.connect(descriptor, $0, socklen_t($1)) } == 0
    }

    /// Removes a socket at which nobody listens any more.
    private static func removeLeftover(at path: String, _ address: SocketAddress) throws(ListeningSocketError) {
        guard let status = status(of: path) else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }

        let probe = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | flags, 0)
        guard probe >= 0 else { throw .system("socket", errno: errno) }
        defer { Glibc.close(probe) }
        // A full queue (EAGAIN) is somebody's too.
        if connect(probe, to: address) || errno == EAGAIN { throw .inUse(path) }
        guard errno == ECONNREFUSED || errno == ENOENT else { throw .init(errno: errno, path: path, call: "connect") }
        guard unlink(path) == 0 || errno == ENOENT else { throw .init(errno: errno, path: path, call: "unlink") }
    }

    private static func makeDirectory(_ path: String, mode: mode_t) throws(ListeningSocketError) {
        if mkdir(path, mode) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, path.contains("/") else { throw .init(errno: errno, path: path, call: "mkdir") }
        try makeDirectory(directory(of: path), mode: mode)
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw .init(errno: errno, path: path, call: "mkdir") }
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    private static func option(_ name: CInt, of descriptor: CInt) -> CInt? {
        var value: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
    }
}
