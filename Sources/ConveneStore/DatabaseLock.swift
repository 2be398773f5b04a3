import Glibc

/// Keeps a second daemon off a database, and tells it who is there.
///
/// The lock is on a file beside the database: a lock on the database itself would fall when SQLite closes any
/// of its own descriptors (fcntl(2)). The kernel lets go of it however the process ends.
final class DatabaseLock: Sendable {
    private let descriptor: Int32

    init(forDatabaseAt path: String) throws(StoreError) {
        let lockPath = path + ".lock"
        let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .cannotOpen(path: path, reason: "\(lockPath): \(String(cString: strerror(errno)))")
        }
        var request = flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
        guard fcntl(descriptor, F_SETLK, &request) == 0 else {
            var holder = flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
            _ = fcntl(descriptor, F_GETLK, &holder)
            close(descriptor)
            throw .inUse(path: path, pid: holder.l_pid)
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
