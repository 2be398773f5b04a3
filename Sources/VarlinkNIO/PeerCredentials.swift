import Glibc
import Logging
import NIOCore
import Varlink

/// `struct ucred` of unix(7), which Swift's Glibc does not show.
private struct PeerCredentials {
    var pid: Int32 = 0
    var uid: UInt32 = 0
    var gid: UInt32 = 0
}

/// A socket that cannot say who is at its other end.
struct NoPeerCredentials: Error {}

extension Channel {
    /// The process at the other end of a Unix socket.
    func peer() -> EventLoopFuture<Peer> {
        guard let socket = self as? any SocketOptionProvider else {
            return eventLoop.makeFailedFuture(NoPeerCredentials())
        }
        let name = NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        let credentials: EventLoopFuture<PeerCredentials> = socket.unsafeGetSocketOption(level: .socket, name: name)
        return credentials.map { Peer(pid: $0.pid, uid: $0.uid, gid: $0.gid) }
    }
}

extension Peer {
    /// Who it is, for the log.
    var metadata: Logger.Metadata { ["pid": "\(pid)", "uid": "\(uid)"] }

    func metadata(_ more: Logger.Metadata) -> Logger.Metadata {
        metadata.merging(more) { $1 }
    }
}
