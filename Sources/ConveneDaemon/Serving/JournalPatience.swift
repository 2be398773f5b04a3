import ConveneAPI
import Dispatch

/// How long a rehearsal or a test waits for a journal that takes nothing, or does not show what it took.
struct JournalPatience: Sendable {
    /// How the way to the journal looks.
    struct Look: Sendable {
        /// How many notifications were recorded so far.
        var countRecorded: Int
        /// What is waited for, a sentence; `nil` where the journal is not what keeps the schedule.
        var waitsFor: String?
    }

    /// It is over after so many looks in a row, a second apart, between which nothing was recorded.
    static let looks = 10

    /// Tells of every second, until nobody reads any more.
    let seconds: @Sendable () -> AsyncStream<Void>

    /// Seconds as they pass.
    @Sendable static func ticks() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        tick(continuation)
        return stream
    }

    // A queue of its own, as the watchdog's: `Task.sleep` would wake libdispatch's pool.
    private static let queue = DispatchQueue(label: "convened.patience")

    private static func tick(_ continuation: AsyncStream<Void>.Continuation) {
        queue.asyncAfter(deadline: .now() + 1) {
            if case .terminated = continuation.yield() { return }
            tick(continuation)
        }
    }

    /// Returns what was waited for in vain; `nil` where nobody waits any more.
    func runOut(_ look: () -> Look) async -> String? {
        var last = look()
        var idle = 0
        for await _ in seconds() {
            let next = look()
            idle = next.waitsFor != nil && next.countRecorded == last.countRecorded ? idle + 1 : 0
            last = next
            if idle == JournalPatience.looks { return next.waitsFor }
        }
        return nil
    }

    /// What to tell who waited in vain.
    static func error(_ problem: String, clock reading: String) -> ScheduleError {
        .notPossible(
            number: 0, summary: "the rehearsal",
            reason: "nothing could be recorded for \(looks) s: \(problem); its clock stands at \(reading)",
            hint: "Once journald runs, the same again goes on from there. Another journal for a new rehearsal: "
                + "CONVENE_JOURNAL_SOCKET and CONVENE_JOURNAL_DIRECTORY.")
    }

    /// What to tell who tested the reminders in vain.
    static func testError(_ problem: String) -> ScheduleError {
        .notPossible(
            number: 0, summary: "the test",
            reason: "its entry was not seen in the journal for \(looks) s: \(problem)",
            hint: "See: systemctl status systemd-journald, and convene status. What is due waits, and is said once "
                + "journald runs; then test again: convene remind test")
    }
}
