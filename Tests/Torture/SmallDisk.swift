import ConveneTestSupport
import Glibc

/// A disk of a few megabytes that can be filled: a tmpfs. The program runs in mounts of its own, so it may mount.
final class SmallDisk {
    let mountPoint = TemporaryDirectory()

    init() throws {
        guard mount("tmpfs", mountPoint.path, "tmpfs", 0, "size=24m,mode=0700") == 0 else {
            throw Failure("no tmpfs can be mounted: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        umount2(mountPoint.path, Int32(MNT_DETACH))
    }

    /// Leaves no room on it.
    func fill() {
        let file = open(ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        let bytes = [UInt8](repeating: 0, count: 65_536)
        while write(file, bytes, bytes.count) > 0 {}
        close(file)
    }

    func clear() { unlink(ballast) }

    private var ballast: String { "\(mountPoint.path)/ballast" }
}
