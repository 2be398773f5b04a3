import Recurrence
public import ZonedTime

extension Segment {
    /// At most so many dates may be taken out of a series, or added to it.
    public static let exclusionLimit = 1_000

    /// Lets it recur as a phrase says: its rule, without the exceptions and with the additions.
    public mutating func recur(as series: RecurrencePhrase, in zone: TimeZone) throws(MeetingProblem) {
        rule = series.rule
        dates = series.additions.map { CivilDateTime($0.date, $0.time ?? timing.start.time) }
        exclusions = []
        let set = recurrenceSet(in: zone)
        var found: Set<CivilDateTime> = []
        for days in series.exceptions {
            for start in set.starts(from: CivilDateTime(days.lowerBound, .midnight)) {
                guard start.date <= days.upperBound else { break }
                found.insert(start)
                if found.count > Segment.exclusionLimit { throw .tooManyExceptions(limit: Segment.exclusionLimit) }
            }
        }
        exclusions = found.sorted()
    }

    /// How it recurs, in words that can be typed; `nil` where it does not.
    public var sentence: String? {
        guard let rule else { return nil }
        var parts = [rule.sentence(startingOn: timing.start)]
        if !exclusions.isEmpty { parts.append("except \(spansLeftOut.joined(separator: ", "))") }
        for date in dates {
            let hour = date.time == timing.start.time ? "" : "at \(date.time.words) "
            parts.append("and \(hour)on \(date.date.words)")
        }
        return parts.joined(separator: ", ")
    }

    /// The days that are left out; three or more that follow each other in the series as one span.
    private var spansLeftOut: [String] {
        var whole = self
        whole.exclusions = []
        let set = whole.recurrenceSet(in: .utc)
        var spans: [[CivilDateTime]] = []
        for start in exclusions.sorted() {
            if let last = spans.last?.last, set.next(after: last) == start {
                spans[spans.count - 1].append(start)
            } else {
                spans.append([start])
            }
        }
        var named: Set<CivilDate> = []
        return spans.flatMap { span -> [String] in
            let days = span.map(\.date).filter { named.insert($0).inserted }
            guard days.count > 2, let first = days.first, let last = days.last else { return days.map(\.words) }
            return ["\(first.words) – \(last.words)"]
        }
    }

    /// What is worth telling about months that lack the day of the series, and what can be typed about it.
    public func shortMonths(acceptedBy series: RecurrencePhrase) -> String? {
        guard let rule, !series.saysSkip else { return nil }
        let missed = rule.missedDays(startingOn: timing.start)
        guard !missed.isEmpty else { return nil }
        return missed.map(\.words).joined(separator: " ")
            + " Add 'or the last day of the month', 'or the next day', or 'or skip' if that is meant."
    }

    /// The months up to a date in which nothing takes place because they lack the day, the first few.
    public func skippedMonths(until last: CivilDate, limit: Int) -> [CivilDate] {
        guard var rule, !rule.missedDays(startingOn: timing.start).isEmpty else { return [] }
        let first = CivilDateTime(timing.start.date, .midnight)
        rule.end = .never
        let days = RecurrenceSet(start: first, rules: [rule], dates: [], exclusions: [], isWholeDays: true, zone: nil)
        // What the rule gives in addition if it moves its days is what it skips otherwise.
        rule.skip = .backward
        let moved = RecurrenceSet(start: first, rules: [rule], dates: [], exclusions: [], isWholeDays: true, zone: nil)
        var skipped: [CivilDate] = []
        for day in moved.starts(from: first) {
            guard day.date <= last, skipped.count < limit else { break }
            if !days.contains(day) { skipped.append(day.date) }
        }
        return skipped
    }
}

extension RecurrenceRule.MissedDay {
    /// `There is no 31st in February, April, June, September and November: skipped.`
    fileprivate var words: String {
        let number = "\(abs(day))\(abs(day) == 31 ? "st" : "th")"
        let name = day < 0 ? "\(number) to last day" : number
        let names = months.map { CalendarWords.monthNames[$0 - 1] }
        guard let last = names.last else { return "February has a \(name) in leap years only: skipped in others." }
        let list = names.count > 1 ? "\(names.dropLast().joined(separator: ", ")) and \(last)" : last
        return "There is no \(name) in \(list)\(onlyInLeapYears ? ", nor in most Februaries" : ""): skipped."
    }
}
