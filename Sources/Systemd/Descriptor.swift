internal import Glibc

/// A file descriptor that is closed with its last reference.
final class Descriptor: Sendable {
    let number: Int32

    /// Takes over what a system call returned, or is `nil` for its -1.
    init?(_ result: Int32) {
        guard result >= 0 else { return nil }
        number = result
    }

    deinit {
        // errno belongs to the call whose failure let this go.
        let reason = errno
        close(number)
        errno = reason
    }
}

/// The address of a socket in the file system (unix(7)).
struct UnixAddress {
    private var storage = sockaddr_un()

    /// `nil` where the path is empty, holds a zero byte, or is longer than the kernel takes (107 bytes).
    init?(_ path: String) {
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, !bytes.contains(0), bytes.count < MemoryLayout.size(ofValue: storage.sun_path) else {
            return nil
        }
        storage.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &storage.sun_path) { $0.copyBytes(from: bytes) }
    }

    func withSocketAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
