internal import CLinuxTime
internal import Glibc
internal import Synchronization
internal import ZonedTime

/// The timers and watches of a `RealtimeClock`, and the thread that waits on them.
///
/// The thread keeps this alive, not the clock, so that a clock that is let go can stop it. The descriptors are closed
/// when both have let go: none is ever used under a number that meanwhile belongs to something else.
final class ClockWatch: Sendable {
    let queue = ClockEventQueue()

    private let timer: Descriptor
    private let quiet: Descriptor
    private let stopSignal: Descriptor
    private let directoryWatch: DirectoryWatch
    private let pause: timespec
    private let deadline = Mutex<Instant?>(nil)

    init(_ directories: [WatchedDirectory], pause: Duration) throws(RealtimeClockError) {
        timer = try Descriptor("timerfd_create", clinuxtime_wall_timer())
        quiet = try Descriptor("timerfd_create", clinuxtime_pause_timer())
        stopSignal = try Descriptor("eventfd", clinuxtime_event_counter())
        directoryWatch = try DirectoryWatch(directories)
        self.pause = timespec(pause)
        arm(at: nil)
    }

    /// Begins to watch the directories; a sentence for each that cannot be watched.
    func watchDirectories() -> [String] {
        directoryWatch.begin()
    }

    func arm(at instant: Instant?) {
        deadline.withLock { deadline in
            deadline = instant
            set(instant)
        }
    }

    func stop() {
        queue.finish()
        clinuxtime_signal(stopSignal.number)
    }

    /// Even without a deadline the timer is armed, for the end of time: an armed timer tells when the clock is set.
    private func set(_ instant: Instant?) {
        // At zero a timer would be disarmed, and before it refused; so what is long past is just past.
        let seconds = instant.map { max($0.secondsSinceEpoch, 0) } ?? .max
        clinuxtime_arm_wall_timer(timer.number, seconds, seconds == 0 ? 1 : 0)
    }

    // MARK: The thread

    func start() throws(RealtimeClockError) {
        // Signals are for the program's other threads; this one has nothing to do with them.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        let watch = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<ClockWatch>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, watch.toOpaque())
        guard result == 0 else {
            watch.release()
            throw RealtimeClockError(call: "pthread_create", errno: result)
        }
        pthread_detach(thread)
    }

    private func run() {
        var requests = [timer, directoryWatch.descriptor, quiet, stopSignal].map {
            pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0)
        }
        while requests[3].revents == 0 {
            guard poll(&requests, nfds_t(requests.count), -1) >= 0 || errno == EINTR else { break }
            if requests[0].revents != 0 { readTimer() }
            if requests[1].revents != 0 { readDirectoryChanges() }
            if requests[2].revents != 0 { announceZoneData() }
        }
        queue.finish()
    }

    /// The deadline has come, or somebody set the clock, which ends the wait for it (ECANCELED).
    private func readTimer() {
        let event: ClockEvent? = deadline.withLock { deadline in
            if timer.readCount() != nil {
                deadline = nil
                return .deadline
            }
            // EAGAIN: another deadline was armed since poll returned.
            guard errno == ECANCELED else { return nil }
            set(deadline)
            return .clockChanged
        }
        if let event { queue.post(event) }
    }

    private func readDirectoryChanges() {
        guard directoryWatch.readChanges() else { return }
        clinuxtime_arm_pause_timer(quiet.number, Int64(pause.tv_sec), Int32(pause.tv_nsec))
    }

    private func announceZoneData() {
        guard quiet.readCount() != nil else { return }
        // A directory that was itself replaced is watched under its old name again.
        _ = directoryWatch.begin()
        queue.post(.zoneDataChanged)
    }
}

extension timespec {
    /// At least a nanosecond, since zero would disarm a timer.
    fileprivate init(_ duration: Duration) {
        let span = max(duration, .nanoseconds(1)).components
        self.init(tv_sec: Int(clamping: span.seconds), tv_nsec: Int(span.attoseconds / 1_000_000_000))
    }
}
