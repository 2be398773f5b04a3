import ConveneAPI
import ConveneStore
import LinuxTime
import ZonedTime

/// Moves a rehearsal's clock, from one deadline to the next, so that everything due on the way is said in its turn.
struct Rehearsal: Sendable {
    let clock: RehearsalClock
    let scheduler: ReminderScheduler
    let store: MeetingStore
    let patience: JournalPatience

    /// Advances to `target`; `send` is given what was said at each stop, and whether the clock goes on.
    func advance(
        to target: Instant, _ facts: WireFacts,
        send: (Rehearse.Reply, _ continues: Bool) async throws -> Void
    ) async throws {
        guard target >= clock.now() else {
            let reading = facts.reader.reading(at: clock.now()).iso8601
            throw ScheduleError.notPossible(
                number: 0, summary: "the rehearsal", reason: "it is \(reading) already, and its clock never goes back",
                hint: "start another: convened --rehearse TIME")
        }
        var position = try await store.read { try $0.lastPositions().notification }
        var next = try await settled(facts)
        while let deadline = next, deadline <= target {
            try clock.advance(to: deadline)
            next = try await settled(facts)
            let reply = try await reply(&position, facts)
            if !reply.notifications.isEmpty { try await send(reply, true) }
        }
        try clock.advance(to: target)
        _ = try await settled(facts)
        try await send(try await reply(&position, facts), false)
    }

    /// Waits until nothing is owed, but not for ever for a journal that takes nothing.
    private func settled(_ facts: WireFacts) async throws -> Instant? {
        // Ends with this scope.
        async let _ = endInVain(facts)
        return try await scheduler.settled()
    }

    private func endInVain(_ facts: WireFacts) async {
        guard let problem = await patience.runOut({ scheduler.lookAtJournal() }) else { return }
        let reading = facts.reader.reading(at: clock.now()).iso8601
        scheduler.endWaiting(JournalPatience.error(problem, clock: reading))
    }

    private func reply(_ position: inout Int, _ facts: WireFacts) async throws -> Rehearse.Reply {
        let behind = position
        let said = try await store.read { try $0.notifications(after: behind, limit: 1_000) }
        position = said.last?.position ?? position
        return Rehearse.Reply(
            now: facts.reader.reading(at: clock.now()).iso8601, notifications: said.map(facts.notification))
    }
}
