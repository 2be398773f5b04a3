import ZonedTime

/// What is due next, composed a moment before it is: then nothing but the sending is left to do.
///
/// Nobody holds it before it is due. Whatever happens meanwhile has it forgotten, and it is looked up as ever.
struct Preparation: Sendable {
    private enum State: Sendable {
        case none
        case asked(Instant)
        case ready(Instant, ReminderMachine.Found)
    }

    /// Seconds before something is due in which it is made ready.
    private static let lead: Int64 = 1

    private var state = State.none

    /// When to wake up for what is due then: a moment before it, or where that is past, when it is due.
    static func wakeUp(for due: Instant, at now: Instant) -> Instant {
        let early = due.advanced(bySeconds: -lead)
        return now < early ? early : due
    }

    /// Asks for what is due then, once, where it is that moment before.
    mutating func asks(for due: Instant, at now: Instant) -> Bool {
        guard case .none = state, now < due, Preparation.wakeUp(for: due, at: now) == due else { return false }
        state = .asked(due)
        return true
    }

    /// What was asked for, unless something happened since.
    mutating func take(_ found: ReminderMachine.Found, for due: Instant) {
        guard case .asked(due) = state else { return }
        state = .ready(due, found)
    }

    /// What was made ready, once, where it is due in this second: in another one it would be said in other words.
    mutating func found(at now: Instant) -> ReminderMachine.Found? {
        guard case .ready(let due, let found) = state, due <= now else { return nil }
        state = .none
        return due == now ? found : nil
    }

    mutating func forget() { state = .none }
}
