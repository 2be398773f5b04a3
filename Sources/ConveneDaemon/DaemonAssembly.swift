import ConveneAPI
import ConveneCore
import ConveneStore
import FoundationEssentials
import Glibc
import LinuxTime
import Logging
import ServiceLifecycle
import Systemd
import UnixSignals
import Varlink
import VarlinkNIO
import ZonedTime

/// Puts the daemon's parts together, in the order in which they are needed, and runs them.
struct DaemonAssembly {
    private let options: DaemonOptions
    private let passed: PassedSockets
    private let logger: Logger
    private let notifier = ServiceNotifier()

    init(_ options: DaemonOptions, _ passed: PassedSockets, _ logger: Logger) {
        self.options = options
        self.passed = passed
        self.logger = logger
    }

    /// A random UUID, lower case.
    @Sendable static func newID() -> String {
        UUID().uuidString.lowercased()
    }

    func run() async throws {
        let paths = try DaemonPaths(
            options, hasPassedSocket: !passed.sockets.isEmpty, environment: { environmentVariable($0) })
        let zones = try zoneinfo()
        let here = LocalZone { DaemonAssembly.machineZone(in: zones) }
        let rehearsed = try options.rehearse.map { try rehearsalStart($0, zones, here.zone) }

        let place = try databasePlace(paths)
        defer { place.remove() }
        let store = try MeetingStore(path: place.path, zones: zones, newID: DaemonAssembly.newID)
        let sockets = try listen(paths)

        let (clock, rehearsalClock, warnings) = try makeClock(at: rehearsed, zones)
        let feed = ChangeFeed()
        let parts = try await ReminderParts(
            store: store, clock: clock,
            zoneData: .init(
                reload: {
                    zones.reload()
                    here.reload()
                }, fingerprint: { zones.fingerprint }),
            .init(
                here: here.zone, boot: BootID.current()?.text ?? "unknown", uid: Int(getuid()),
                isRehearsal: rehearsed != nil,
                uptime: { monotonicMicroseconds() / 1_000 }), logger: logger)
        let courier = makeCourier(paths, parts, clock)
        let scheduler = ReminderScheduler(
            parts.scheduler, machine: parts.machine, clock: clock, courier: courier, feed: feed)
        let book = MeetingBook(
            store: store, zones: zones, cities: Cities(zones: zones), clock: clock, newID: DaemonAssembly.newID
        ) {
            scheduler.nudge()
            feed.announce()
        }
        let patience = JournalPatience(seconds: JournalPatience.ticks)
        let journal = JournalDesk(
            store: store, machine: parts.machine, scheduler: scheduler, clock: clock, feed: feed, here: here,
            patience: patience, isRehearsal: rehearsed != nil, newID: DaemonAssembly.newID, warnings: warnings)
        let rehearsal = rehearsalClock.map {
            Rehearsal(clock: $0, scheduler: scheduler, store: store, patience: patience)
        }
        let service = try ScheduleService(
            book: book, journal: journal, watch: ChangeWatch(store: store, feed: feed),
            checks: CheckDesk(store: store, clock: clock) { zones.fingerprint }, rehearsal: rehearsal)

        let server = VarlinkServer(
            directory: try ServiceDirectory(information: DaemonAssembly.information, interfaces: [service]),
            configuration: serverConfiguration, logger: logger)
        announce(paths, rehearsed)
        try await serve(server, sockets, scheduler, store, feed)
        try store.close()
    }

    private static let information = ServiceInformation(
        vendor: "convene", product: "convened", version: ConveneVersion.current,
        url: "https://github.com/convene/convene")

    private var serverConfiguration: VarlinkServer.Configuration {
        var configuration = VarlinkServer.Configuration()
        configuration.refusal = ScheduleError.tooMuch(what: "connections", limit: configuration.connectionLimit).reply
        return configuration
    }

    // MARK: Parts

    private func zoneinfo() throws -> ZoneinfoDirectory {
        let zones = ZoneinfoDirectory(path: ZoneinfoDirectory.systemPath())
        guard zones.timeZone("UTC") != nil else { throw DaemonProblem.zones(path: zones.path) }
        return zones
    }

    /// The zone in which the journal is read.
    private static func machineZone(in zones: ZoneinfoDirectory) -> ZonedTime.TimeZone {
        let name = LocalZoneName.current(zoneinfo: zones.path).name ?? "UTC"
        return zones.timeZone(name) ?? .utc
    }

    private func rehearsalStart(
        _ text: String, _ zones: ZoneinfoDirectory, _ here: ZonedTime.TimeZone
    ) throws -> Instant {
        let now = Instant(secondsSinceEpoch: Int64(time(nil)))
        do {
            return try InstantPhrase.parse(
                text, in: PhraseContext(now: now, readerZone: here, zones: zones, cities: Cities(zones: zones)))
        } catch {
            throw DaemonProblem.rehearsalTime(text: text, reason: error.reason)
        }
    }

    /// The database, or for a rehearsal one that goes away with it.
    private func databasePlace(_ paths: DaemonPaths) throws -> DatabasePlace {
        if let database = paths.database {
            makeDirectories(above: database)
            return DatabasePlace(path: database, temporaryDirectory: nil)
        }
        let place = try DatabasePlace.temporary()
        if let source = options.database {
            let id = DaemonAssembly.newID().filter { $0 != "-" }
            try MeetingStore.copy(source, to: place.path, newID: id)
        }
        return place
    }

    private func listen(_ paths: DaemonPaths) throws -> [ListeningSocket] {
        do {
            if let path = paths.socket {
                let mode: mode_t = environmentVariable("STATE_DIRECTORY") == nil ? 0o600 : 0o660
                return [try ListeningSocket(path: path, mode: mode, directoryMode: 0o700)]
            }
            return try passed.sockets.map { try ListeningSocket(descriptor: $0.descriptor) }
        } catch let error as ListeningSocketError {
            throw DaemonProblem.socket("\(error)")
        }
    }

    private func makeClock(
        at rehearsed: Instant?, _ zones: ZoneinfoDirectory
    ) throws -> (any AlarmClock, RehearsalClock?, warnings: [String]) {
        if let rehearsed {
            let clock = RehearsalClock(at: rehearsed)
            return (clock, clock, [])
        }
        do {
            let clock = try RealtimeClock(zoneinfo: zones.path)
            for problem in clock.watchProblems { logger.warning("\(problem)") }
            return (clock, nil, clock.watchProblems)
        } catch {
            throw DaemonProblem.clock("\(error)")
        }
    }

    private func makeCourier(
        _ paths: DaemonPaths, _ parts: ReminderParts, _ clock: any AlarmClock
    ) -> JournalCourier {
        JournalCourier(
            parts.courier, parts.machine,
            door: SystemJournal(
                writer: JournalWriter(socketPath: paths.journalSocket), directory: paths.journalDirectory),
            clock: { clock.now() }, newID: DaemonAssembly.newID, logger: logger)
    }

    // MARK: Running

    private func announce(_ paths: DaemonPaths, _ rehearsed: Instant?) {
        guard rehearsed != nil else { return }
        print("CONVENE_SOCKET=\(paths.socket ?? passed.sockets.first?.name ?? "")")
        fflush(nil)
    }

    private func serve(
        _ server: VarlinkServer, _ sockets: [ListeningSocket], _ scheduler: ReminderScheduler, _ store: MeetingStore,
        _ feed: ChangeFeed
    ) async throws {
        // Shut down in the reverse order: first nobody is served any more, then nothing is said any more.
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(service: StoreService(store: store)),
                    .init(service: SchedulerService(scheduler: scheduler)),
                    .init(service: WatchdogService(notifier: notifier)),
                    .init(service: ReloadService(notifier: notifier, scheduler: scheduler)),
                    .init(
                        service: ServerService(
                            server: server, sockets: sockets, feed: feed, scheduler: scheduler, notifier: notifier)),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quietLogger))
        try await group.run()
        notifier.stopping()
    }

    /// The service group tells of every start and stop; people have no use for that.
    private var quietLogger: Logger {
        var logger = logger
        logger.logLevel = .error
        return logger
    }
}
