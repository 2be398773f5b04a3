/// Daylight saving time that begins and ends once a year, on days of a pattern.
///
/// All by arithmetic on the one or two years in question: nothing is listed, nothing is allocated.
struct YearlyRule: Hashable, Sendable {
    /// The instant at which daylight saving time begins or ends.
    struct Change {
        let instant: Int64
        let beginsDaylight: Bool
    }

    let standard: LocalTimeType
    let daylight: LocalTimeType
    /// On the standard clock.
    let start: YearlyMoment
    /// On the daylight clock.
    let end: YearlyMoment

    /// The changes around an instant: `begin` at or before it, `end` after it.
    ///
    /// An instant outside the years 1 to 9999 is taken for the nearest inside, so the arithmetic cannot overflow.
    func span(at instant: Int64) -> (begin: Change, end: Change) {
        let instant = min(max(instant, YearlyRule.earliest), YearlyRule.latest)
        // The year may be one off: changes can lie beyond New Year, and UTC is not local time.
        let year = YearlyMoment.Year(containing: Int((instant - YearlyRule.earliest) / 86_400) + YearlyRule.earliestDay)
        let (first, second) = changes(in: year)
        if instant < first.instant {
            let before = changes(in: year.advanced(by: -1))
            return instant < before.second.instant ? (before.first, before.second) : (before.second, first)
        }
        if instant < second.instant { return (first, second) }
        let next = changes(in: year.advanced(by: 1))
        if instant < next.first.instant { return (second, next.first) }
        return instant < next.second.instant
            ? (next.first, next.second) : (next.second, changes(in: year.advanced(by: 2)).first)
    }

    /// The two changes of a year, in order; south of the equator daylight saving time ends before it begins.
    private func changes(in year: YearlyMoment.Year) -> (first: Change, second: Change) {
        let start = Change(instant: startInstant(in: year), beginsDaylight: true)
        let end = Change(instant: endInstant(in: year), beginsDaylight: false)
        return start.instant < end.instant ? (start, end) : (end, start)
    }

    private func startInstant(in year: YearlyMoment.Year) -> Int64 {
        start.reading(in: year) - Int64(standard.offset.secondsEastOfUTC)
    }

    private func endInstant(in year: YearlyMoment.Year) -> Int64 {
        end.reading(in: year) - Int64(daylight.offset.secondsEastOfUTC)
    }

    func type(from change: Change) -> LocalTimeType {
        change.beginsDaylight ? daylight : standard
    }

    func offset(from change: Change) -> Offset {
        change.beginsDaylight ? daylight.offset : standard.offset
    }

    /// Whether each year's daylight saving time lasts until the next year's begins.
    ///
    /// So RFC 9636 §3.3.1 writes a zone that is on "daylight saving time" all the time.
    var isAlwaysDaylight: Bool {
        YearlyRule.everyKindOfYear.allSatisfy { number in
            let year = YearlyMoment.Year(number: number)
            return endInstant(in: year) >= startInstant(in: year.advanced(by: 1))
        }
    }

    /// Whether beginning and end follow each other in turn, with time between them, from each year to the next.
    ///
    /// No zone is without; dates that only a damaged file has can meet, or overtake each other, and then `span(at:)`
    /// has no answer.
    var alternates: Bool {
        YearlyRule.everyKindOfYear.allSatisfy { number in
            let year = YearlyMoment.Year(number: number)
            let (first, second) = changes(in: year)
            let next = changes(in: year.advanced(by: 1)).first
            return first.instant < second.instant && second.instant < next.instant
                && second.beginsDaylight != next.beginsDaylight
        }
    }

    /// In 28 years of the Gregorian calendar each kind of year, and each pair of them that can follow one another,
    /// comes at least once: leap or not, beginning on each day of the week.
    private static let everyKindOfYear = 2000..<2028

    /// Whether an instant lies in the years 1 to 9999; a change outside them is none that anybody can ask about.
    static func covers(_ instant: Int64) -> Bool { (earliest...latest).contains(instant) }

    // Two days more than the years 1 to 9999, because UTC is up to 26 hours off local time.
    private static let earliestDay = CivilDate.min.daysSinceEpoch - 2
    private static let earliest = Int64(earliestDay) * 86_400
    private static let latest = Int64(CivilDate.max.daysSinceEpoch + 2) * 86_400
}
