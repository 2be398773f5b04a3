import Glibc

/// Why there is no socket to listen at.
public enum ListeningSocketError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A Unix socket's path may have 103 bytes.
    case pathTooLong(String)
    /// Somebody listens there.
    case inUse(String)
    /// Something else than a socket lies there; it is left alone.
    case notASocket(String)
    /// The directory is missing.
    case noSuchDirectory(String)
    case notPermitted(String)
    /// A descriptor that is no listening Unix socket.
    case notListening(descriptor: Int32)
    /// Anything else that the kernel refused.
    case system(String, errno: Int32)

    init(errno: CInt, path: String, call: String) {
        switch errno {
        case ENOENT, ENOTDIR: self = .noSuchDirectory(path)
        case EACCES, EPERM, EROFS: self = .notPermitted(path)
        default: self = .system("\(call) \(path)", errno: errno)
        }
    }

    public var description: String {
        switch self {
        case .pathTooLong(let path): "\(path): too long for a socket, whose path may have 103 bytes"
        case .inUse(let path): "\(path): in use, another server listens there"
        case .notASocket(let path): "\(path): is in the way, and no socket"
        case .noSuchDirectory(let path): "\(path): no such directory"
        case .notPermitted(let path): "\(path): not permitted to make a socket there"
        case .notListening(let descriptor): "descriptor \(descriptor) is no listening Unix socket"
        case .system(let call, let errno): "\(call): \(String(cString: strerror(errno)))"
        }
    }
}
