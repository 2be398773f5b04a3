import Glibc

/// The address of a Unix socket in the file system, unix(7).
struct UnixAddress {
    private var address = sockaddr_un()

    /// `nil` if the path does not fit: it may have 107 bytes, and none of them 0.
    init?(path: String) {
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { field in
            // The rest stays zero, and so ends the path.
            guard path.utf8.count < field.count, !path.utf8.contains(0) else { return false }
            field.copyBytes(from: path.utf8)
            return true
        }
        if !fits { return nil }
    }

    /// False on failure; `errno` says why.
    func connect(_ descriptor: CInt) -> Bool {
        withUnsafeBytes(of: address) { bytes in
            Glibc.connect(
                descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count)) == 0
        }
    }
}
