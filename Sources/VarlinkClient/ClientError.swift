import Glibc

/// Why a service cannot be talked to. What the service itself refuses is an `ErrorReply`.
public enum ClientError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is nothing at the path.
    case noSuchSocket(path: String)
    /// There is a socket, but nobody listens at it.
    case refused(path: String)
    /// The user may not connect.
    case notPermitted(path: String)
    /// The service hung up before it answered.
    case closedByServer
    /// A stream was broken off, or something went wrong, and the connection ended with it.
    case closed
    /// A call or a reply is longer than a frame may be, in bytes.
    case frameTooLarge(limit: Int)
    /// The service answered something that makes no sense.
    case badReply(reason: String)
    /// Anything else that the kernel refused.
    case system(call: String, errno: Int32)

    init(connectingTo path: String, errno: CInt) {
        switch errno {
        case ENOENT, ENOTDIR: self = .noSuchSocket(path: path)
        case ECONNREFUSED: self = .refused(path: path)
        case EACCES, EPERM: self = .notPermitted(path: path)
        default: self = .system(call: "connect to \(path)", errno: errno)
        }
    }

    public var description: String {
        switch self {
        case .noSuchSocket(let path): "\(path): no such socket"
        case .refused(let path): "\(path): nobody listens there"
        case .notPermitted(let path): "\(path): not permitted to connect"
        case .closedByServer: "the service hung up before it answered"
        case .closed: "the connection is closed"
        case .frameTooLarge(let limit): "a message longer than \(limit) bytes"
        case .badReply(let reason): "the service's answer makes no sense: \(reason)"
        case .system(let call, let errno): "\(call): \(String(cString: strerror(errno)))"
        }
    }
}
