internal import CSystemd
internal import Glibc

/// The sockets that the service manager opened for this process (socket activation, sd_listen_fds(3)).
public struct PassedSockets: Sendable {
    /// A listening Unix stream socket; whoever takes the descriptor also closes it.
    public struct Socket: Hashable, Sendable {
        public let descriptor: Int32
        /// What `FileDescriptorName=` called it; the socket unit's name by default, `unknown` where nothing is said.
        public let name: String
    }

    public let sockets: [Socket]

    /// Takes the sockets over, in the order of their descriptors; none where none were passed to this process.
    ///
    /// The variables that told of them are removed from the environment, so that no child takes them for its own; so
    /// it is to be called once, before other threads look into the environment. Throws where something was passed
    /// that is not a listening Unix stream socket, and closes what was passed.
    public static func take() throws(PassedSocketsError) -> PassedSockets {
        var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = sd_listen_fds_with_names(1, &list)
        guard count >= 0 else { throw .unreadable(errno: -count) }
        defer { release(list) }
        let sockets = (0..<Int(count)).map { index in
            Socket(
                descriptor: SD_LISTEN_FDS_START + Int32(index),
                name: list?[index].map { String(cString: $0) } ?? "unknown")
        }
        for socket in sockets where sd_is_socket(socket.descriptor, AF_UNIX, Int32(SOCK_STREAM.rawValue), 1) <= 0 {
            for socket in sockets { close(socket.descriptor) }
            throw .notListeningUnixStream(name: socket.name)
        }
        return PassedSockets(sockets: sockets)
    }

    private static func release(_ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        guard let list else { return }
        var next = list
        while let name = next.pointee {
            free(name)
            next += 1
        }
        free(list)
    }
}

/// Why passed sockets cannot be used.
public enum PassedSocketsError: Error, Hashable, Sendable {
    /// The environment's account of them makes no sense (errno(3)).
    case unreadable(errno: Int32)
    /// One of them is something else, such as a datagram or an internet socket.
    case notListeningUnixStream(name: String)
}
