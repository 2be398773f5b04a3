internal import Synchronization
public import ZonedTime

/// A clock that stands still until it is told to move on.
public final class RehearsalClock: AlarmClock {
    private struct State {
        var now: Instant
        var deadline: Instant?
    }

    private let state: Mutex<State>
    private let queue = ClockEventQueue()
    public let events: AsyncStream<ClockEvent>

    public init(at start: Instant) {
        state = Mutex(State(now: start))
        events = queue.stream()
    }

    public func now() -> Instant {
        state.withLock { $0.now }
    }

    /// The deadline that is armed, so that who moves the clock can stop there on the way.
    public var deadline: Instant? {
        state.withLock { $0.deadline }
    }

    public func arm(at deadline: Instant?) {
        announce { $0.deadline = deadline }
    }

    /// Moves the clock on, and announces the deadline where it was reached or passed; never backwards.
    public func advance(to instant: Instant) throws(RehearsalClockError) {
        let present = announce { state in
            let present = state.now
            state.now = max(present, instant)
            return present
        }
        guard instant >= present else { throw .backwards(from: present, to: instant) }
    }

    public func stop() {
        queue.finish()
    }

    /// Changes the state, and announces the deadline if it has come thereby.
    private func announce<Result: Sendable>(_ change: (inout State) -> Result) -> Result {
        let (result, isDue) = state.withLock { state in
            let result = change(&state)
            guard let deadline = state.deadline, deadline <= state.now else { return (result, false) }
            state.deadline = nil
            return (result, true)
        }
        if isDue { queue.post(.deadline) }
        return result
    }
}

/// Why a rehearsal's clock does not move.
public enum RehearsalClockError: Error, Hashable, Sendable {
    /// Time was to go back.
    case backwards(from: Instant, to: Instant)
}
