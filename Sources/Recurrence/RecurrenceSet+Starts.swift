public import ZonedTime

extension RecurrenceSet {
    /// The occurrences of a set in order, each once; made by `starts(from:)` and `starts(before:)`.
    ///
    /// Nothing is listed or reserved in advance, and no occurrence costs an allocation.
    public struct Starts: Sequence, IteratorProtocol, Sendable {
        private let isForward: Bool
        /// The first rule, of most sets the only one, and its next instance; `none` where there are no more.
        private var cursor: RuleCursor?
        private var head: Int64
        /// The other rules with theirs.
        private var others: [(cursor: RuleCursor, head: Int64)] = []
        private var dates: SortedWalk
        private var exclusions: SortedWalk
        /// What every reading comes before: later than all, or backward earlier.
        private let none: Int64

        init(_ set: RecurrenceSet, from origin: Int64, _ direction: Direction) {
            isForward = direction == .forward
            none = isForward ? .max : .min
            dates = SortedWalk(set.dates, from: origin, direction)
            exclusions = SortedWalk(set.exclusions, from: origin, direction)
            head = none
            guard let first = set.rules.first else { return }
            var cursor = RuleCursor(first, from: origin, direction)
            head = cursor.next() ?? none
            self.cursor = cursor
            for rule in set.rules.dropFirst() {
                var cursor = RuleCursor(rule, from: origin, direction)
                let head = cursor.next() ?? none
                others.append((cursor, head))
            }
        }

        /// The next one; `nil` where there are no more.
        public mutating func next() -> CivilDateTime? {
            while true {
                let reading = popNearest()
                guard reading != none else { return nil }
                if !exclusions.passes(reading) { return CivilDateTime(unchecked: reading) }
            }
        }

        /// Takes the nearest reading from every source that has it.
        private mutating func popNearest() -> Int64 {
            var nearest = isForward ? Swift.min(head, dates.head) : Swift.max(head, dates.head)
            for other in others {
                nearest = isForward ? Swift.min(nearest, other.head) : Swift.max(nearest, other.head)
            }
            guard nearest != none else { return none }
            if head == nearest { head = cursor?.next() ?? none }
            if dates.head == nearest { dates.advance() }
            for index in others.indices where others[index].head == nearest {
                others[index].head = others[index].cursor.next() ?? none
            }
            return nearest
        }
    }
}

/// Walks a sorted list from a value on, up or down.
private struct SortedWalk: Sendable {
    private let list: [Int64]
    private let isForward: Bool
    private var position: Int
    /// The next of the list; where there is none, later than all, or backward earlier.
    private(set) var head: Int64

    /// - Parameter origin: forward the first value that may be given, backward the first that may not.
    init(_ list: [Int64], from origin: Int64, _ direction: Direction) {
        self.list = list
        isForward = direction == .forward
        position = list.position(atOrAfter: origin) - (isForward ? 0 : 1)
        head = isForward ? .max : .min
        if list.indices.contains(position) { head = list[position] }
    }

    mutating func advance() {
        position += isForward ? 1 : -1
        head = list.indices.contains(position) ? list[position] : isForward ? .max : .min
    }

    /// Goes past what comes before a value; whether the value itself is in the list.
    mutating func passes(_ value: Int64) -> Bool {
        while isForward ? head < value : head > value { advance() }
        return head == value
    }
}
