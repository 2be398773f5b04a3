internal import Glibc
public import ZonedTime

/// The system's clock, which also notices when somebody sets it and when time zone data is replaced.
///
/// One thread of its own sleeps in poll(2) without a time limit; as long as nothing happens, no system call is made.
public final class RealtimeClock: AlarmClock {
    public let events: AsyncStream<ClockEvent>
    /// Directories that are not watched, and why, a sentence each; changes in them go unnoticed.
    public let watchProblems: [String]

    private let watch: ClockWatch

    /// Starts the clock's thread.
    ///
    /// `zoneinfo` is the directory whose changes are announced, `etc` the one with `localtime` and `timezone` in it;
    /// `nil` watches none. A change is announced when the directories have been quiet for `pause`: an update
    /// replaces hundreds of files.
    public init(
        zoneinfo: String?, etc: String? = "/etc", pause: Duration = .seconds(1)
    ) throws(RealtimeClockError) {
        let directories = [
            zoneinfo.map { WatchedDirectory(path: $0, names: nil) },
            etc.map { WatchedDirectory(path: $0, names: ["localtime", "timezone"]) },
        ]
        watch = try ClockWatch(directories.compactMap { $0 }, pause: pause)
        events = watch.queue.stream()
        watchProblems = watch.watchDirectories()
        try watch.start()
    }

    deinit {
        watch.stop()
    }

    public func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(secondsSinceEpoch: Int64(time.tv_sec))
    }

    public func arm(at deadline: Instant?) {
        watch.arm(at: deadline)
    }

    public func stop() {
        watch.stop()
    }
}

/// A system call that the clock cannot do without, and why it failed.
public struct RealtimeClockError: Error, Hashable, Sendable, CustomStringConvertible {
    public let call: String
    /// errno(3).
    public let errno: Int32

    public var description: String { "\(call): \(String(cString: strerror(errno)))" }
}
