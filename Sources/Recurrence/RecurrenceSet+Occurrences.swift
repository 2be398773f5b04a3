public import ZonedTime

extension RecurrenceSet {
    /// One dated happening of a set.
    public struct Occurrence: Hashable, Sendable {
        /// The start that rules or added dates give it: its name, however it was moved since (RECURRENCE-ID).
        public let recurrenceID: CivilDateTime
        /// When it starts: the recurrence id, or where an override moved it.
        public let start: CivilDateTime
        /// A length of its own, which an added period has; `nil` for the length of all others.
        public let duration: CalendarDuration?

        /// An occurrence at its place in the set.
        public init(recurrenceID: CivilDateTime, start: CivilDateTime, duration: CalendarDuration? = nil) {
            self.recurrenceID = recurrenceID
            self.start = start
            self.duration = duration
        }
    }

    /// The occurrences that start at that reading or later, ascending; computed as they are asked for.
    ///
    /// Of those that start at the same reading the one with the earlier recurrence id comes first.
    public func occurrences(from reading: CivilDateTime) -> Occurrences {
        Occurrences(self, from: reading.secondsSinceEpoch, .forward)
    }

    /// The occurrences that start strictly before that reading, descending; computed as they are asked for.
    public func occurrences(before reading: CivilDateTime) -> Occurrences {
        Occurrences(self, from: reading.secondsSinceEpoch, .backward)
    }

    /// The occurrence of that recurrence id, wherever it was moved; `nil` where the set has none.
    public func occurrence(_ recurrenceID: CivilDateTime) -> Occurrence? {
        contains(recurrenceID) ? occurrence(known: recurrenceID) : nil
    }

    fileprivate func occurrence(known recurrenceID: CivilDateTime) -> Occurrence {
        Occurrence(
            recurrenceID: recurrenceID, start: moves[recurrenceID] ?? recurrenceID, duration: periods[recurrenceID])
    }

    /// Occurrences in the order of their starts, moved ones among the others; made by `occurrences(from:)` and
    /// `occurrences(before:)`.
    public struct Occurrences: Sequence, IteratorProtocol, Sendable {
        private let set: RecurrenceSet
        private let isForward: Bool
        private var starts: Starts
        /// The next of those that stay where they are.
        private var staying: CivilDateTime?
        /// The moved ones that are to come, the nearest last.
        private var moved: [Occurrence]

        init(_ set: RecurrenceSet, from origin: Int64, _ direction: Direction) {
            self.set = set
            isForward = direction == .forward
            starts = Starts(set, from: origin, direction)
            moved = []
            for (recurrenceID, start) in set.moves where (start.secondsSinceEpoch >= origin) == isForward {
                moved.append(Occurrence(recurrenceID: recurrenceID, start: start, duration: set.periods[recurrenceID]))
            }
            let isForward = isForward
            moved.sort { Occurrences.precedes($1, $0) == isForward }
            staying = nextStaying()
        }

        /// The next one; `nil` where there are no more.
        public mutating func next() -> Occurrence? {
            while let nearest = moved.last {
                if let staying, precedes(staying, nearest) { break }
                moved.removeLast()
                // An override of what the set does not have moves nothing.
                if set.contains(nearest.recurrenceID) { return nearest }
            }
            guard let found = staying else { return nil }
            staying = nextStaying()
            return Occurrence(
                recurrenceID: found, start: found, duration: set.periods.isEmpty ? nil : set.periods[found])
        }

        private mutating func nextStaying() -> CivilDateTime? {
            while let next = starts.next() {
                if set.moves.isEmpty || set.moves[next] == nil { return next }
            }
            return nil
        }

        private func precedes(_ staying: CivilDateTime, _ moved: Occurrence) -> Bool {
            let occurrence = Occurrence(recurrenceID: staying, start: staying)
            return Occurrences.precedes(occurrence, moved) == isForward
        }

        /// No two have the same recurrence id.
        private static func precedes(_ first: Occurrence, _ second: Occurrence) -> Bool {
            (first.start, first.recurrenceID) < (second.start, second.recurrenceID)
        }
    }
}
