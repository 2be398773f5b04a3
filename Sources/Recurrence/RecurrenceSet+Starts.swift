public import ZonedTime

extension RecurrenceSet {
    /// Starts in order, found one at a time.
    public struct Starts: Sequence, IteratorProtocol, Sendable {
        /// The one rule of a set without dates and exclusions.
        private var only: RuleCursor?
        private var merge: Merge?

        init(_ set: RecurrenceSet, from time: Int) {
            if set.rules.count == 1, set.dates.isEmpty, set.exclusions.isEmpty {
                only = RuleCursor(set.rules[0], from: time)
            } else {
                merge = Merge(set, from: time)
            }
        }

        public mutating func next() -> CivilDateTime? {
            guard let time = merge == nil ? only?.next() : merge?.next() else { return nil }
            return CivilDateTime(unchecked: Int64(time))
        }
    }

    /// Starts in reverse order, found one at a time.
    public struct ReverseStarts: Sequence, IteratorProtocol, Sendable {
        private var only: ReverseRuleCursor?
        private var merge: ReverseMerge?

        init(_ set: RecurrenceSet, upTo time: Int) {
            if set.rules.count == 1, set.dates.isEmpty, set.exclusions.isEmpty {
                only = ReverseRuleCursor(set.rules[0], upTo: time)
            } else {
                merge = ReverseMerge(set, upTo: time)
            }
        }

        public mutating func next() -> CivilDateTime? {
            guard let time = merge == nil ? only?.next() : merge?.next() else { return nil }
            return CivilDateTime(unchecked: Int64(time))
        }
    }
}

/// Rules and dates woven into one row, less the exclusions.
struct Merge {
    private var cursors: [RuleCursor]
    /// What each cursor gives next.
    private var heads: [Int?]
    private let dates: [Int]
    private var dateIndex: Int
    private let exclusions: [Int]
    private var exclusionIndex: Int

    init(_ set: RecurrenceSet, from time: Int) {
        cursors = set.rules.map { RuleCursor($0, from: time) }
        heads = []
        dates = set.dates
        dateIndex = dates.firstIndex(notBefore: time)
        exclusions = set.exclusions
        exclusionIndex = exclusions.firstIndex(notBefore: time)
        for index in cursors.indices { heads.append(cursors[index].next()) }
    }

    mutating func next() -> Int? {
        while let time = nextOfAll() {
            while exclusionIndex < exclusions.count, exclusions[exclusionIndex] < time { exclusionIndex += 1 }
            if exclusionIndex < exclusions.count, exclusions[exclusionIndex] == time { continue }
            return time
        }
        return nil
    }

    private mutating func nextOfAll() -> Int? {
        var least = dateIndex < dates.count ? dates[dateIndex] : Int.max
        for head in heads { if let head, head < least { least = head } }
        guard least < .max else { return nil }
        if dateIndex < dates.count, dates[dateIndex] == least { dateIndex += 1 }
        for index in heads.indices where heads[index] == least { heads[index] = cursors[index].next() }
        return least
    }
}

/// The same, backwards.
struct ReverseMerge {
    private var cursors: [ReverseRuleCursor]
    private var heads: [Int?]
    private let dates: [Int]
    /// One past the date that is next.
    private var dateEnd: Int
    private let exclusions: [Int]
    private var exclusionEnd: Int

    init(_ set: RecurrenceSet, upTo time: Int) {
        let limit = time == .max ? time : time + 1
        cursors = set.rules.map { ReverseRuleCursor($0, upTo: time) }
        heads = []
        dates = set.dates
        dateEnd = dates.firstIndex(notBefore: limit)
        exclusions = set.exclusions
        exclusionEnd = exclusions.firstIndex(notBefore: limit)
        for index in cursors.indices { heads.append(cursors[index].next()) }
    }

    mutating func next() -> Int? {
        while let time = nextOfAll() {
            while exclusionEnd > 0, exclusions[exclusionEnd - 1] > time { exclusionEnd -= 1 }
            if exclusionEnd > 0, exclusions[exclusionEnd - 1] == time { continue }
            return time
        }
        return nil
    }

    private mutating func nextOfAll() -> Int? {
        var greatest = dateEnd > 0 ? dates[dateEnd - 1] : Int.min
        for head in heads { if let head, head > greatest { greatest = head } }
        guard greatest > .min else { return nil }
        if dateEnd > 0, dates[dateEnd - 1] == greatest { dateEnd -= 1 }
        for index in heads.indices where heads[index] == greatest { heads[index] = cursors[index].next() }
        return greatest
    }
}
