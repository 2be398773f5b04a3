internal import CSystemd
internal import Glibc

/// Tells the service manager how the service is doing (sd_notify(3)).
///
/// Without a service manager that listens (`NOTIFY_SOCKET` unset) nothing is said, and that is no error. Nor is it
/// one where the manager cannot be reached: it keeps its own time limits, and the service goes on.
public struct ServiceNotifier: Sendable {
    public init() {}

    /// Start-up, or a reload, is finished.
    public func ready(status: String? = nil) {
        notify(["READY=1"], status)
    }

    /// The configuration is being read again; `ready()` ends it.
    public func reloading(status: String? = nil) {
        notify(["RELOADING=1", "MONOTONIC_USEC=\(ServiceNotifier.monotonicMicroseconds())"], status)
    }

    /// The service is shutting down.
    public func stopping(status: String? = nil) {
        notify(["STOPPING=1"], status)
    }

    /// A sentence for people, as `systemctl status` shows it; line feeds become spaces.
    public func status(_ text: String) {
        notify([], text)
    }

    /// The service is alive; to be said well within `watchdogInterval`.
    public func watchdog() {
        notify(["WATCHDOG=1"], nil)
    }

    /// The time after which the manager takes a silent service for dead, or `nil` where it does not watch this
    /// process (`WATCHDOG_USEC`, `WATCHDOG_PID`). Half of it is the usual pace for `watchdog()`.
    public static func watchdogInterval() -> Duration? {
        var microseconds: UInt64 = 0
        guard sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
        return .microseconds(Int64(clamping: microseconds))
    }

    private func notify(_ assignments: [String], _ status: String?) {
        var lines = assignments
        if let status {
            // One assignment a line: a line feed in the text would begin another.
            lines.append("STATUS=" + String(status.map { $0.isNewline ? " " : $0 }))
        }
        _ = sd_notify(0, lines.joined(separator: "\n"))
    }

    /// The moment that a reload is counted from, on the clock that the manager expects.
    private static func monotonicMicroseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000
    }
}
