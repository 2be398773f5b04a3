public import ZonedTime

/// An occurrence's nominal start, and what the clocks of a zone make of it.
public struct ResolvedStart: Hashable, Sendable {
    /// What the rule says; it may be a reading that the clocks skip.
    public let nominal: CivilDateTime
    /// The instant that RFC 5545 §3.3.5 gives it.
    public let instant: Instant
    /// Whether a clock change skips or repeats the reading.
    public let resolution: OffsetResolution

    init(_ nominal: CivilDateTime, _ resolution: OffsetResolution) {
        self.nominal = nominal
        self.resolution = resolution
        instant = Instant(nominal, at: resolution.calendarOffset)
    }
}

extension RecurrenceSet {
    /// The occurrences from that reading on as instants of a zone.
    ///
    /// Where the clocks jump ahead, instants may come in another order than readings, and two readings may be one
    /// instant: the sequence is ordered by instant, and of two equal ones gives the one with the earlier reading.
    public func resolvedStarts(from reading: CivilDateTime, in zone: TimeZone) -> ResolvedStarts {
        ResolvedStarts(starts(from: reading), zone)
    }

    /// Occurrences in the order of their instants; made by `resolvedStarts(from:in:)`.
    public struct ResolvedStarts: Sequence, IteratorProtocol, Sendable {
        private var starts: Starts
        private let zone: TimeZone
        /// The readings around the last one that have its offset.
        private var range = LocalRange.empty
        /// Ascending by instant; more than one only where the clocks jump.
        private var pending: [ResolvedStart] = []
        /// What is still to be read comes later than this.
        private var settled = Instant.distantPast

        init(_ starts: Starts, _ zone: TimeZone) {
            self.starts = starts
            self.zone = zone
        }

        /// The next one; `nil` where there are no more.
        public mutating func next() -> ResolvedStart? {
            if pending.isEmpty {
                guard let nominal = starts.next() else { return nil }
                let start = ResolvedStart(nominal, zone.resolve(nominal, remembering: &range))
                // Only a skipped reading can come out later than one that follows it.
                guard case .gap = start.resolution else { return start }
                pending.append(start)
            }
            return nextInGap()
        }

        private mutating func nextInGap() -> ResolvedStart? {
            while pending.first.map({ $0.instant > settled }) ?? true {
                guard let nominal = starts.next() else { break }
                let start = ResolvedStart(nominal, zone.resolve(nominal, remembering: &range))
                insert(start)
                if case .gap = start.resolution { continue }
                settled = start.instant
            }
            return pending.isEmpty ? nil : pending.removeFirst()
        }

        private mutating func insert(_ start: ResolvedStart) {
            let position = pending.firstIndex { $0.instant >= start.instant } ?? pending.endIndex
            if position < pending.endIndex, pending[position].instant == start.instant { return }
            pending.insert(start, at: position)
        }
    }
}
