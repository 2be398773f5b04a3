import ConveneStore
import Dispatch
import Logging
import ServiceLifecycle
import Systemd
import UnixSignals
import VarlinkNIO

/// Serves the socket.
struct ServerService: Service {
    let server: VarlinkServer
    let sockets: [ListeningSocket]
    let feed: ChangeFeed
    let scheduler: ReminderScheduler
    let notifier: ServiceNotifier

    func run() async throws {
        try await withGracefulShutdownHandler {
            notifier.ready()
            try await server.run(on: sockets)
        } onGracefulShutdown: {
            // A call that waits for something to be said would keep the server, and so the daemon, from ending.
            feed.end()
            scheduler.release()
            server.shutDown()
        }
    }
}

/// Says what is due.
struct SchedulerService: Service {
    let scheduler: ReminderScheduler

    func run() async throws {
        await withGracefulShutdownHandler {
            await scheduler.run()
        } onGracefulShutdown: {
            scheduler.stop()
        }
    }
}

/// Ends the daemon when the store says that nothing in memory can be trusted any more.
struct StoreService: Service {
    let store: MeetingStore

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            for await failure in store.failures { throw failure }
            // Nothing more can fail; wait for the end.
            for await _ in AsyncStream<Never>.makeStream().stream {}
        }
    }
}

/// Tells the service manager that the daemon is alive, where it wants to know (`WATCHDOG_USEC`).
struct WatchdogService: Service {
    let notifier: ServiceNotifier

    func run() async throws {
        let (pings, ping) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        // A timer of its own on a serial queue: `Task.sleep` would wake libdispatch's pool, which then looks after
        // itself every second.
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "convened.watchdog"))
        if let interval = ServiceNotifier.watchdogInterval() {
            // Twice as often as it is looked for (sd_watchdog_enabled(3)).
            let pause = DispatchTimeInterval.microseconds(Int(interval / .microseconds(2)))
            timer.schedule(deadline: .now(), repeating: pause)
            timer.setEventHandler { ping.yield() }
        }
        timer.activate()
        defer { timer.cancel() }
        await cancelWhenGracefulShutdown {
            // The ping comes from where the daemon's tasks run: if these stand still, so does it.
            for await _ in pings { notifier.watchdog() }
        }
    }
}

/// Reads zone data anew on SIGHUP.
struct ReloadService: Service {
    let notifier: ServiceNotifier
    let scheduler: ReminderScheduler

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown {
            for await _ in signals {
                notifier.reloading()
                scheduler.reloadZoneData()
                notifier.ready()
            }
        }
    }
}
