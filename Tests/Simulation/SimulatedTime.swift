import LinuxTime
import Synchronization
import ZonedTime

/// The time of a simulated world: one that never steps, and the wall clock that people can set.
final class SimulatedTime: Sendable {
    private struct State {
        var microseconds: Int64 = 0
        var wallOffset: Int64
    }

    private let state: Mutex<State>

    init(startingAt start: Instant) { state = Mutex(State(wallOffset: start.secondsSinceEpoch)) }

    /// Microseconds since the world began.
    var microseconds: Int64 { state.withLock { $0.microseconds } }

    var now: Instant {
        state.withLock { Instant(secondsSinceEpoch: $0.wallOffset + $0.microseconds / 1_000_000) }
    }

    func advance(to microseconds: Int64) {
        state.withLock { $0.microseconds = max($0.microseconds, microseconds) }
    }

    func advance(by microseconds: Int64) { state.withLock { $0.microseconds += microseconds } }

    /// Sets the wall clock forwards, or with a negative number back.
    func step(bySeconds seconds: Int64) { state.withLock { $0.wallOffset += seconds } }

    /// When the wall clock will show that instant, unless it is set before.
    func microseconds(at instant: Instant) -> Int64 {
        state.withLock { (instant.secondsSinceEpoch - $0.wallOffset) * 1_000_000 }
    }
}

/// The clock of one daemon in it.
final class SimulatedClock: AlarmClock {
    private let time: SimulatedTime
    private let armed = Mutex<Instant?>(nil)
    let events: AsyncStream<ClockEvent>

    init(_ time: SimulatedTime) {
        self.time = time
        events = AsyncStream { $0.finish() }
    }

    func now() -> Instant { time.now }
    func arm(at deadline: Instant?) { armed.withLock { $0 = deadline } }
    func stop() {}

    var deadline: Instant? { armed.withLock { $0 } }

    /// Takes the deadline away where it has come.
    func takeDeadline() -> Bool {
        let now = time.now
        return armed.withLock { deadline in
            guard let due = deadline, due <= now else { return false }
            deadline = nil
            return true
        }
    }
}
