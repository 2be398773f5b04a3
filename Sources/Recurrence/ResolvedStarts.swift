public import ZonedTime

/// A start and the moment at which it comes to stand in its zone.
public struct ResolvedStart: Hashable, Sendable {
    /// As agreed, even where the clocks skip that time: it names the occurrence.
    public let nominal: CivilDateTime
    public let instant: Instant
    /// Says whether the clocks show the nominal time once, twice or not at all.
    public let resolution: OffsetResolution

    public init(nominal: CivilDateTime, in zone: TimeZone) {
        self.nominal = nominal
        resolution = zone.resolve(nominal)
        instant = Instant(nominal, at: resolution.calendarOffset)
    }
}

extension RecurrenceSet {
    /// The starts as instants, from `instant` on, in order and each instant once, lazily.
    ///
    /// Around a skipped hour the order of the instants is not that of the wall clock: 02:30 comes to stand
    /// at 03:30, after 03:00. Where two times stand for one instant, the earlier nominal one is kept.
    public func resolvedStarts(from instant: Instant, in zone: TimeZone) -> ResolvedStarts {
        ResolvedStarts(self, from: instant, in: zone)
    }
}

/// Starts in the order of their instants, found one at a time.
public struct ResolvedStarts: Sequence, IteratorProtocol, Sendable {
    private var starts: RecurrenceSet.Starts
    private let zone: TimeZone
    private let first: Instant
    /// Starts in a gap, held back until nothing earlier can come; in order.
    private var held: [ResolvedStart] = []
    private var heldIndex = 0
    /// Nothing still to come stands before this.
    private var horizon = Instant.distantPast
    /// The latest start that was taken, where it waits for those that were held back.
    private var waiting: ResolvedStart?
    private var lastInstant = Instant.distantPast

    init(_ set: RecurrenceSet, from instant: Instant, in zone: TimeZone) {
        self.zone = zone
        first = instant
        // A skipped time is earlier on the wall clock than what its instant shows: by the length of the gap.
        let earlier = instant.advanced(bySeconds: -2 * 86_400)
        let before = zone.offset(at: earlier)
        let at = zone.offset(at: instant)
        starts = set.starts(from: instant.reading(at: Swift.min(before, at)))
    }

    public mutating func next() -> ResolvedStart? {
        while let found = nextInOrder() {
            guard found.instant >= first, found.instant > lastInstant else { continue }
            lastInstant = found.instant
            return found
        }
        return nil
    }

    /// The next by instant; equal instants one after the other, the earlier nominal time first.
    private mutating func nextInOrder() -> ResolvedStart? {
        while true {
            if let waiting {
                if let earlier = takeHeld(upTo: waiting.instant) { return earlier }
                self.waiting = nil
                return waiting
            }
            if let earlier = takeHeld(upTo: horizon) { return earlier }
            guard let nominal = starts.next() else { return takeHeld(upTo: .distantFuture) }
            let found = ResolvedStart(nominal: nominal, in: zone)
            if case .gap(_, let after) = found.resolution {
                held.append(found)
                horizon = Instant(nominal, at: after)
            } else {
                waiting = found
            }
        }
    }

    private mutating func takeHeld(upTo instant: Instant) -> ResolvedStart? {
        guard heldIndex < held.count, held[heldIndex].instant <= instant else { return nil }
        defer {
            heldIndex += 1
            if heldIndex == held.count {
                held.removeAll()
                heldIndex = 0
            }
        }
        return held[heldIndex]
    }
}
