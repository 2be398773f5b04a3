public import ZonedTime

/// The starts of a series on its wall clock: start + rules + added dates − excluded dates (RFC 5545 §3.8.5).
///
/// Each start comes once, in order, whichever rule or date gives it. They are found by arithmetic: no
/// question costs more because the series began long ago. Times are nominal: one that the zone's clocks
/// skip is among them as agreed; `resolvedStarts(from:in:)` says at which instants they come to stand.
public struct RecurrenceSet: Sendable {
    /// The first start as agreed; it belongs to the set unless it is excluded.
    public let start: CivilDateTime
    /// Whether a rule or an added date gives the start, which would otherwise stand outside the pattern.
    public let givesStart: Bool
    let rules: [RuleExpansion]
    /// Starts from elsewhere than the rules, in seconds on the wall clock; sorted.
    let dates: [Int]
    /// In seconds on the wall clock; sorted.
    let exclusions: [Int]

    /// - Parameters:
    ///   - dates: RDATE.
    ///   - exclusions: EXDATE; they win over rules, dates and the start.
    ///   - isWholeDays: the start is a date. What a rule says of times of day is ignored then, and a rule
    ///     that counts hours, minutes or seconds gives nothing.
    ///   - zone: says what a UNTIL in UTC is on the wall clock; without one that shows UTC.
    ///   - includesStart: whether the start belongs to the set even where no rule gives it. Where it does so,
    ///     COUNT counts it: it "always counts as the first occurrence" (RFC 5545 §3.3.10).
    public init(
        start: CivilDateTime, rules: [RecurrenceRule], dates: [CivilDateTime] = [], exclusions: [CivilDateTime] = [],
        isWholeDays: Bool = false, zone: TimeZone? = nil, includesStart: Bool = true
    ) {
        self.start = start
        let seconds = Int(start.secondsSinceEpoch)
        var expansions: [RuleExpansion] = []
        expansions.reserveCapacity(rules.count)
        var isGiven = false
        for rule in rules {
            let expansion = RuleExpansion(rule, start: start, isWholeDays: isWholeDays, zone: zone)
            isGiven = isGiven || expansion.contains(seconds)
            expansions.append(expansion)
        }
        if includesStart, !isGiven {
            for index in rules.indices {
                guard case .count = rules[index].end else { continue }
                expansions[index] = RuleExpansion(
                    rules[index], start: start, countedBefore: 1, isWholeDays: isWholeDays, zone: zone)
            }
        }
        self.rules = expansions
        var others = dates.isEmpty ? [] : dates.map { Int($0.secondsSinceEpoch) }
        givesStart = isGiven || others.contains(seconds)
        if includesStart, !isGiven { others.append(seconds) }
        self.dates = others.sortedUniquely()
        self.exclusions = exclusions.isEmpty ? [] : exclusions.map { Int($0.secondsSinceEpoch) }.sortedUniquely()
    }
}

extension RecurrenceSet {
    /// The starts from `time` on, in order, lazily.
    public func starts(from time: CivilDateTime = .min) -> Starts {
        Starts(self, from: Int(time.secondsSinceEpoch))
    }

    /// The starts before `time`, the latest first, lazily.
    public func starts(before time: CivilDateTime) -> ReverseStarts {
        ReverseStarts(self, upTo: Int(time.secondsSinceEpoch) - 1)
    }

    public func next(onOrAfter time: CivilDateTime) -> CivilDateTime? {
        var starts = starts(from: time)
        return starts.next()
    }

    public func next(after time: CivilDateTime) -> CivilDateTime? {
        var starts = Starts(self, from: Int(time.secondsSinceEpoch) + 1)
        return starts.next()
    }

    public func previous(before time: CivilDateTime) -> CivilDateTime? {
        var starts = starts(before: time)
        return starts.next()
    }

    public func contains(_ time: CivilDateTime) -> Bool {
        next(onOrAfter: time) == time
    }

    /// Whether a start falls on that date.
    public func occurs(on date: CivilDate) -> Bool {
        next(onOrAfter: CivilDateTime(date, .midnight))?.date == date
    }

    /// How many starts there are before `time`.
    ///
    /// Arithmetic for one rule, with any number of dates and exclusions; several rules have to be walked
    /// through from the start, since they may coincide.
    public func count(before time: CivilDateTime) -> Int {
        let time = Int(time.secondsSinceEpoch)
        guard rules.count <= 1 else {
            var count = 0
            var starts = Starts(self, from: .min)
            while let next = starts.next(), next.secondsSinceEpoch < time { count += 1 }
            return count
        }
        let rule = rules.first
        var count = rule?.count(before: time) ?? 0
        for date in dates where date < time && rule?.contains(date) != true { count += 1 }
        for exclusion in exclusions where exclusion < time && (dates.has(exclusion) || rule?.contains(exclusion) == true)
        { count -= 1 }
        return count
    }

    /// Whether the set goes on for ever. (Dates end with the year 9999 all the same.)
    public var isEndless: Bool {
        rules.contains { $0.isEndless }
    }

    /// The last start, or `nil` where the set is endless or empty.
    public var last: CivilDateTime? {
        guard !isEndless else { return nil }
        var starts = ReverseStarts(self, upTo: .max)
        return starts.next()
    }
}

extension RuleExpansion {
    func contains(_ time: Int) -> Bool {
        var cursor = RuleCursor(self, from: time)
        return cursor.next() == time
    }
}

extension [Int] {
    /// Whether a sorted array has the number.
    fileprivate func has(_ number: Int) -> Bool {
        let index = firstIndex(notBefore: number)
        return index < count && self[index] == number
    }

    /// Where the first number of a sorted array is that is `number` or greater.
    func firstIndex(notBefore number: Int) -> Int {
        var lower = 0
        var upper = count
        while lower < upper {
            let middle = (lower + upper) / 2
            if self[middle] < number { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }
}
