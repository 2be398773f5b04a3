import Glibc

/// A connected Unix socket, closed when nobody holds it any more.
final class UnixSocket {
    private let descriptor: CInt

    init(connectingTo path: String) throws(ClientError) {
        guard let address = UnixAddress(path: path) else {
            throw ClientError(connectingTo: path, errno: ENAMETOOLONG)
        }
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system(call: "socket", errno: errno) }
        while !address.connect(descriptor) {
            let reason = errno
            if reason == EINTR { continue }
            close(descriptor)
            throw ClientError(connectingTo: path, errno: reason)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Sends all of it. Throws `closedByServer` where the other side has hung up.
    func send(_ bytes: [UInt8]) throws(ClientError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
                return Glibc.send(descriptor, rest.baseAddress, rest.count, Self.flags)
            }
            if count >= 0 {
                sent += count
            } else if errno == EPIPE || errno == ECONNRESET {
                throw .closedByServer
            } else if errno != EINTR {
                throw .system(call: "send", errno: errno)
            }
        }
    }

    /// Waits for the next bytes, at least one. Throws `closedByServer` where none will come.
    func receive() throws(ClientError) -> [UInt8] {
        while true {
            var reason: CInt = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                let received = recv(descriptor, buffer.baseAddress, buffer.count, 0)
                if received < 0 { reason = errno }
                count = max(received, 0)
            }
            if !bytes.isEmpty { return bytes }
            if reason == 0 || reason == ECONNRESET { throw .closedByServer }
            if reason != EINTR { throw .system(call: "recv", errno: reason) }
        }
    }

    /// A service that has hung up is an error to report, not a signal that ends the program.
    private static let flags = CInt(MSG_NOSIGNAL)
}
