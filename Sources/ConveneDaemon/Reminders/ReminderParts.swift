import ConveneCore
package import ConveneStore
package import LinuxTime
package import Logging
package import ZonedTime

/// The machine and what its two loops need, as one store finds them at its start.
package struct ReminderParts: Sendable {
    package let machine: SharedMachine
    package let scheduler: SchedulerRound
    package let courier: CourierRound.Configuration

    /// Where and when the daemon runs.
    package struct Circumstances: Sendable {
        /// The zone of the machine: where the journal is read.
        package var here: @Sendable () -> TimeZone
        /// The boot of the machine.
        package var boot: String
        /// The uid of this process.
        package var uid: Int
        package var isRehearsal: Bool
        /// Milliseconds since the machine was started, of a clock that never steps.
        package var uptime: @Sendable () -> Int64

        package init(
            here: @autoclosure @escaping @Sendable () -> TimeZone, boot: String, uid: Int, isRehearsal: Bool,
            uptime: @escaping @Sendable () -> Int64
        ) {
            self.here = here
            self.boot = boot
            self.uid = uid
            self.isRehearsal = isRehearsal
            self.uptime = uptime
        }
    }

    /// - Parameter lateLimit: at most so many late entries are said in `ReminderMachine.lateWindow` seconds.
    package init(
        store: MeetingStore, clock: any AlarmClock, zoneData: SchedulerRound.ZoneData, _ circumstances: Circumstances,
        lateLimit: Int = ReminderMachine.lateLimit, logger: Logger
    ) async throws {
        let origin = EntryOrigin(databaseID: store.context.databaseID, isRehearsal: circumstances.isRehearsal)
        machine = SharedMachine(
            ReminderMachine(
                lookingUp: try await store.lastRecorded(notIn: circumstances.boot), lateLimit: lateLimit,
                at: circumstances.uptime()))
        scheduler = SchedulerRound(
            machine: machine, clock: clock, store: store,
            composer: EntryComposer(origin: origin, zones: store.context.zones, here: circumstances.here),
            zones: zoneData, bootID: circumstances.boot, uptime: { circumstances.uptime() / 1_000 }, logger: logger)
        courier = CourierRound.Configuration(
            origin: origin, ownUIDs: try await store.ownUIDs(including: circumstances.uid),
            cursor: try await store.journalCursor())
    }
}
