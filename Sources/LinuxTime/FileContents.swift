internal import Glibc

/// Reads a regular file whole; `nil` where there is none, or it is larger than that many bytes.
func contents(ofFile path: String, limit: Int) -> [UInt8]? {
    // Non-blocking, lest a FIFO in the file's place keep us waiting.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
        return nil
    }
    // The size is a hint: a file may grow meanwhile, and some report none.
    var bytes = [UInt8](repeating: 0, count: min(max(Int(status.st_size), 4_096), limit) + 1)
    var count = 0
    while count < bytes.count {
        let read = bytes.withUnsafeMutableBytes { buffer in
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            return Glibc.read(descriptor, rest.baseAddress, rest.count)
        }
        guard read >= 0 || errno == EINTR else { return nil }
        if read == 0 { return Array(bytes[..<count]) }
        count += max(read, 0)
    }
    return nil
}
