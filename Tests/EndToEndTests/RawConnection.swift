import Glibc

/// A connection on which a test sends bytes of any kind.
final class RawConnection {
    private let descriptor: Int32

    struct Failure: Error {
        let call: String
        let errno: Int32
    }

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        // Nobody answers for so long.
        var bound = timeval(tv_sec: 20, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &bound, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let result = withUnsafeBytes(of: address) { bytes in
            connect(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
        }
        guard result == 0 else { throw Failure(call: "connect", errno: errno) }
    }

    deinit { close(descriptor) }

    /// Sends as much as the other side takes; returns whether it took everything.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Says that nothing more will be sent.
    func finish() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// The next message, without its NUL; `nil` where the other side has hung up.
    func receive() throws -> String? {
        var message: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            switch recv(descriptor, &byte, 1, 0) {
            case 1 where byte == 0: return String(decoding: message, as: UTF8.self)
            case 1: message.append(byte)
            case 0: return nil
            default:
                if errno == ECONNRESET { return nil }
                throw Failure(call: "recv", errno: errno)
            }
        }
    }
}
