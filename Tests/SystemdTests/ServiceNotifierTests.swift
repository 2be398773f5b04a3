import ConveneTestSupport
import Glibc
import Testing

@testable import Systemd

/// The environment belongs to a whole process, so each test has a process of its own.
@Suite("Notifying the service manager", .ownThread)
struct ServiceNotifierTests {
    @Test("Each state is one message in the manager's words")
    func states() async {
        await #expect(processExitsWith: .success) {
            let manager = try #require(ServiceManagerSocket())
            setenv("NOTIFY_SOCKET", manager.path, 1)
            let notifier = ServiceNotifier()

            notifier.ready(status: "2 meetings\ntoday")
            #expect(manager.message() == "READY=1\nSTATUS=2 meetings today")
            notifier.status("Next: 10:45")
            #expect(manager.message() == "STATUS=Next: 10:45")
            notifier.watchdog()
            #expect(manager.message() == "WATCHDOG=1")
            notifier.stopping()
            #expect(manager.message() == "STOPPING=1")
        }
    }

    @Test("A reload says since when, on the monotonic clock")
    func reloading() async {
        await #expect(processExitsWith: .success) {
            let manager = try #require(ServiceManagerSocket())
            setenv("NOTIFY_SOCKET", manager.path, 1)
            var now = timespec()
            clock_gettime(CLOCK_MONOTONIC, &now)
            ServiceNotifier().reloading()

            let lines = manager.message().split(separator: "\n")
            #expect(lines.first == "RELOADING=1")
            let time = try #require(lines.last?.split(separator: "=").last.flatMap { Int($0) })
            #expect((0...60_000_000).contains(time - (now.tv_sec * 1_000_000 + now.tv_nsec / 1_000)))
        }
    }

    @Test("Without a manager, or with one that is gone, nothing happens")
    func noManager() async {
        await #expect(processExitsWith: .success) {
            unsetenv("NOTIFY_SOCKET")
            ServiceNotifier().ready()
            setenv("NOTIFY_SOCKET", "/nonexistent/notify", 1)
            ServiceNotifier().ready()
        }
    }

    @Test("The watchdog's interval counts only for the process that it names")
    func watchdogInterval() async {
        await #expect(processExitsWith: .success) {
            unsetenv("WATCHDOG_USEC")
            unsetenv("WATCHDOG_PID")
            #expect(ServiceNotifier.watchdogInterval() == nil)
            setenv("WATCHDOG_USEC", "30000000", 1)
            #expect(ServiceNotifier.watchdogInterval() == .seconds(30))
            setenv("WATCHDOG_PID", "\(getpid())", 1)
            #expect(ServiceNotifier.watchdogInterval() == .seconds(30))
            setenv("WATCHDOG_PID", "1", 1)
            #expect(ServiceNotifier.watchdogInterval() == nil)
            setenv("WATCHDOG_PID", "\(getpid())", 1)
            setenv("WATCHDOG_USEC", "nonsense", 1)
            #expect(ServiceNotifier.watchdogInterval() == nil)
        }
    }
}

/// A socket in the place of the service manager's.
struct ServiceManagerSocket {
    let path: String
    private let directory = TemporaryDirectory()
    private let descriptor: Descriptor

    init?() {
        path = "\(directory.path)/notify"
        guard let descriptor = Descriptor(socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)),
            UnixAddress(path)?.withSocketAddress({ bind(descriptor.number, $0, $1) }) == 0
        else { return nil }
        self.descriptor = descriptor
    }

    /// The next message; empty where none was sent.
    func message() -> String {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor.number, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }
}
