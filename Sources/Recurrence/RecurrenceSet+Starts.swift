public import ZonedTime

extension RecurrenceSet {
    /// The occurrences of a set in order, each once; made by `starts(from:)` and `starts(before:)`.
    public struct Starts: Sequence, IteratorProtocol, Sendable {
        private var cursors: [RuleCursor]
        /// The next instance of each cursor.
        private var heads: [Int64?]
        private let dates: [Int64]
        /// Of the dates those from here on are to come; backward those before here.
        private var datePosition: Int
        private let exclusions: [Int64]
        private let direction: Direction

        init(_ set: RecurrenceSet, from origin: Int64, _ direction: Direction) {
            self.direction = direction
            cursors = set.rules.map { RuleCursor($0, from: origin, direction) }
            heads = []
            dates = set.dates
            datePosition = set.dates.position(atOrAfter: origin)
            exclusions = set.exclusions
            for index in cursors.indices { heads.append(cursors[index].next()) }
        }

        public mutating func next() -> CivilDateTime? {
            while let reading = popNearest() {
                if exclusions.isEmpty || !exclusions.holds(reading) { return CivilDateTime(unchecked: reading) }
            }
            return nil
        }

        /// Takes the nearest reading from every source that has it.
        private mutating func popNearest() -> Int64? {
            var nearest = date
            for head in heads {
                guard let head else { continue }
                guard let known = nearest else {
                    nearest = head
                    continue
                }
                let isNearer = direction == .forward ? head < known : head > known
                if isNearer { nearest = head }
            }
            guard let nearest else { return nil }
            if date == nearest { datePosition += direction.sign }
            for index in heads.indices where heads[index] == nearest { heads[index] = cursors[index].next() }
            return nearest
        }

        /// The next of the dates.
        private var date: Int64? {
            let position = direction == .forward ? datePosition : datePosition - 1
            return dates.indices.contains(position) ? dates[position] : nil
        }
    }
}
