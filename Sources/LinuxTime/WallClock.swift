public import ZonedTime

/// A clock that tells what time it is.
public protocol WallClock: Sendable {
    /// The present moment, rounded down to the second.
    func now() -> Instant
}

/// A clock that can also be told to say when a moment has come.
///
/// One deadline is armed at a time. Events tell to look at clock and schedule again; one can be late by what its
/// reader takes, or come once too often, but none is lost.
public protocol AlarmClock: WallClock {
    /// Announces `.deadline` when that moment has come, at once where it is past; `nil` announces none.
    ///
    /// It takes the place of the deadline before. May be called from any thread.
    func arm(at deadline: Instant?)

    /// What happens to the clock, for one reader. Events of one kind that nobody has taken yet are one.
    var events: AsyncStream<ClockEvent> { get }

    /// Ends the events; the clock goes on telling the time.
    func stop()
}

/// Something that makes it worth looking at the time again.
public enum ClockEvent: Hashable, Sendable {
    /// The armed deadline has come. It is armed no longer.
    case deadline
    /// Somebody set the clock, forwards or backwards. The armed deadline stands.
    case clockChanged
    /// Time zone data, or the choice of the local zone, was replaced.
    case zoneDataChanged
}
