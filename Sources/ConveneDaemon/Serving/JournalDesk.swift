import ConveneAPI
import ConveneCore
import ConveneStore
import Glibc
import LinuxTime
import ZonedTime

/// What people can ask about the way to the journal.
struct JournalDesk: Sendable {
    let store: MeetingStore
    let machine: SharedMachine
    let scheduler: ReminderScheduler
    let clock: any WallClock
    let feed: ChangeFeed
    let here: LocalZone
    let patience: JournalPatience
    let isRehearsal: Bool
    let newID: @Sendable () -> String
    /// Directories that are not watched, and the like; sentences.
    let warnings: [String]

    func status(_ desk: Desk) async throws -> GetStatus.Reply {
        let state = JournalState(machine, at: desk.now)
        let now = desk.now
        let (meetings, pending, next, delivered) = try await store.read { view in
            (
                try view.countMeetings(), try view.countOwed(by: now), try view.nextDue(after: now),
                try view.countNotifications()
            )
        }
        let path = store.path
        return GetStatus.Reply(
            version: ConveneVersion.current, pid: Int(getpid()),
            rehearsal: isRehearsal ? now.rfc3339(at: .utc) : nil, now: desk.reader.reading(at: now).iso8601,
            database: path, databaseId: store.context.databaseID, meetings: meetings, zoneData: desk.zones.version,
            machineZone: here.zone.identifier,
            pending: pending, pendingReason: pending > 0 ? reason(state) : nil,
            nextDueAt: next.map { $0.rfc3339(at: desk.reader.offset(at: $0)) },
            nextDueHere: next.map { desk.reader.reading(at: $0).iso8601 }, journalReadable: state.isReadable,
            journalProblem: state.problem, delivered: delivered, warnings: warnings)
    }

    /// How much is due that the journal keeps from being said, and why; `nil` where it keeps nothing.
    func unsaid(_ desk: Desk) async throws -> String? {
        guard let problem = machine({ $0.problem }) else { return nil }
        let now = desk.now
        let count = try await store.read { try $0.countOwed(by: now) }
        let why = problem.split(separator: ";").first ?? ""
        return count > 0 ? "Not said yet: \(count), for \(why)" : nil
    }

    /// How the way to the journal is.
    private struct JournalState {
        let isReadable: Bool
        /// What is wrong with the journal, a sentence.
        let problem: String?
        /// Whether the start is over.
        let hasStarted: Bool
        /// Whether late entries wait for their turn.
        let isPacing: Bool

        init(_ machine: SharedMachine, at now: Instant) {
            (isReadable, problem, hasStarted, isPacing) = machine {
                ($0.isReadable, $0.problem, $0.hasStarted, $0.isPacing(at: now))
            }
        }
    }

    private func reason(_ state: JournalState) -> String {
        if let problem = state.problem { return problem }
        if !state.hasStarted { return ReminderMachine.notYetRead }
        if state.isPacing {
            return "late, and said in portions: at most \(ReminderMachine.lateLimit) in \(ReminderMachine.lateWindow) s"
        }
        return ReminderMachine.notYetSeen
    }

    /// Sends one harmless entry the whole way, and waits until it was seen, but not for ever for a journal that takes
    /// nothing.
    func test() async throws -> TestNotification.Reply {
        let identity = NotificationIdentity.test(database: store.context.databaseID, id: newID())
        var steps: [String] = []
        let announcements = feed.announcements()
        try await store.oweTest(identity, at: clock.now())
        steps.append("recorded in \(store.path)")
        scheduler.nudge()
        let problem = try await waitUntilSeen(identity, announcements)
        guard try await store.isDelivered(identity) else {
            // Nobody waits for it any more.
            try await store.withdraw(identity)
            throw problem.map { JournalPatience.testError($0) } ?? StoreError.closed
        }
        let state = JournalState(machine, at: clock.now())
        steps.append("sent to the journal as \(identity)")
        steps.append(state.isReadable ? "seen in the journal" : "not looked up: \(state.problem ?? "no right to read")")
        return TestNotification.Reply(id: identity, seen: state.isReadable, steps: steps)
    }

    /// - Returns: what was waited for in vain; `nil` where it was seen, or the daemon ends.
    private func waitUntilSeen(_ identity: String, _ announcements: AsyncStream<Void>) async throws -> String? {
        try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask {
                if try await store.isDelivered(identity) { return nil }
                for await _ in announcements where try await store.isDelivered(identity) { break }
                return nil
            }
            group.addTask { await patience.runOut { scheduler.lookAtJournal() } }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
