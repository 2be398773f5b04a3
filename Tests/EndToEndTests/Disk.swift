import ConveneTestSupport
import Glibc

/// A small disk of a daemon's own, which a test can fill.
///
/// It is a tmpfs that only the daemon sees. Where the machine lets nobody mount one, strace lets the daemon's writes
/// fail as on a full disk instead.
final class SmallDisk {
    let mountPoint = TemporaryDirectory()
    private var strace: Strace?

    /// The command that runs a daemon with the disk mounted; empty where nothing can be mounted.
    let wrapper: [String]

    init() async throws {
        let rights = geteuid() == 0 ? [] : ["--map-root-user"]
        let mount = "mount -t tmpfs -o size=2m tmpfs \(mountPoint.path)"
        let unshare = ["unshare", "--mount"] + rights + ["sh", "-c", "\(mount) && exec \"$@\"", "sh"]
        let trial = try ChildProcess(unshare[0], unshare.dropFirst() + ["true"])
        wrapper = try await trial.end() == .exited(0) ? unshare : []
    }

    var databasePath: String { "\(mountPoint.path)/convene.db" }

    /// Leaves no room on it.
    func fill(_ daemon: RunningDaemon) async throws {
        guard !wrapper.isEmpty else {
            strace = try await Strace.attached(
                to: daemon, ["-e", "trace=pwrite64", "-e", "inject=pwrite64:error=ENOSPC"])
            return
        }
        let file = open(ballast(daemon), O_WRONLY | O_CREAT, 0o600)
        let bytes = [UInt8](repeating: 0, count: 65_536)
        while write(file, bytes, bytes.count) == bytes.count {}
        close(file)
    }

    /// Makes room again.
    func clear(_ daemon: RunningDaemon) async throws {
        unlink(ballast(daemon))
        try await strace?.detach()
        strace = nil
    }

    /// As seen from outside of the daemon's mounts.
    private func ballast(_ daemon: RunningDaemon) -> String {
        "/proc/\(daemon.pid)/root\(mountPoint.path)/ballast"
    }
}

/// A command that lets root feel the rights of files, as other users do.
var withRightsOfFiles: [String] {
    geteuid() == 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : []
}
