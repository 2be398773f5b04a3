/// How a zone goes on after the last change that its file lists: the file's footer.
enum PosixRule: Hashable, Sendable {
    case constant(LocalTimeType)
    case yearly(YearlyRule)

    /// What holds at an instant from which on the rule applies.
    func localTimeType(at instant: Int64) -> LocalTimeType {
        switch self {
        case .constant(let type): type
        case .yearly(let rule): rule.type(from: rule.span(at: instant).begin)
        }
    }
}

/// Daylight saving time that begins and ends once a year, on days of a pattern.
struct YearlyRule: Hashable, Sendable {
    /// A day and time of every year, on a clock that the rule names.
    struct Moment: Hashable, Sendable {
        enum Day: Hashable, Sendable {
            /// `Jn`: 1 to 365, 29 February never counted.
            case ordinalWithoutLeapDay(Int)
            /// `n`: 0 to 365, 29 February counted.
            case zeroBasedOrdinal(Int)
            /// `Mm.w.d`: the weekday's `week`th time in the month, 5 standing for its last.
            case weekday(Weekday, week: Int, month: Int)
        }

        let day: Day
        /// Seconds from that day's midnight: −167 to 167 hours, so it may lie on another day, or in another year.
        let seconds: Int64
    }

    /// The instant at which daylight saving time begins or ends.
    struct Change {
        let instant: Int64
        let beginsDaylight: Bool
    }

    let standard: LocalTimeType
    let daylight: LocalTimeType
    /// On the standard clock.
    let start: Moment
    /// On the daylight clock.
    let end: Moment

    /// The changes around an instant: `begin` at or before it, `end` after it.
    ///
    /// An instant outside the years 1 to 9999 is taken for the nearest inside, so the arithmetic cannot overflow.
    func span(at instant: Int64) -> (begin: Change, end: Change) {
        let instant = min(max(instant, YearlyRule.earliest), YearlyRule.latest)
        // The calendar's year may be one off: changes can reach beyond New Year, and UTC is not local time.
        let year = CivilDate(unchecked: Int((instant - YearlyRule.earliest) / 86_400 - YearlyRule.earliestDays)).year
        var changes = changes(inYear: year)
        var firstOfNextYear: Change
        if instant < changes.first.instant {
            firstOfNextYear = changes.first
            changes = self.changes(inYear: year - 1)
        } else if instant < changes.second.instant {
            return (changes.first, changes.second)
        } else {
            firstOfNextYear = self.changes(inYear: year + 1).first
            if instant >= firstOfNextYear.instant {
                changes = self.changes(inYear: year + 1)
                firstOfNextYear = self.changes(inYear: year + 2).first
            }
        }
        return instant < changes.second.instant
            ? (changes.first, changes.second) : (changes.second, firstOfNextYear)
    }

    /// The two changes of a year, in order; south of the equator daylight saving time ends before it begins.
    private func changes(inYear year: Int) -> (first: Change, second: Change) {
        let start = Change(instant: startInstant(inYear: year), beginsDaylight: true)
        let end = Change(instant: endInstant(inYear: year), beginsDaylight: false)
        return start.instant <= end.instant ? (start, end) : (end, start)
    }

    private func startInstant(inYear year: Int) -> Int64 {
        start.reading(inYear: year) - Int64(standard.offset.secondsEastOfUTC)
    }

    private func endInstant(inYear year: Int) -> Int64 {
        end.reading(inYear: year) - Int64(daylight.offset.secondsEastOfUTC)
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
        // After 400 years the calendar repeats; an ordinary rule gives the answer in the first of them.
        (2000..<2400).allSatisfy { endInstant(inYear: $0) >= startInstant(inYear: $0 + 1) }
    }

    private static let earliestDays: Int64 = 719_162 + 2
    private static let earliest = -earliestDays * 86_400
    private static let latest: Int64 = (2_932_896 + 2) * 86_400
}

extension YearlyRule.Moment {
    /// Seconds since 1970-01-01T00:00:00 on the moment's own clock.
    func reading(inYear year: Int) -> Int64 {
        Int64(daysSinceEpoch(inYear: year)) * 86_400 + seconds
    }

    private func daysSinceEpoch(inYear year: Int) -> Int {
        switch day {
        case .ordinalWithoutLeapDay(let ordinal):
            let leapDay = ordinal >= 60 && CivilDate.isLeapYear(year) ? 1 : 0
            return CivilDate.daysSinceEpoch(year: year, month: 1, day: 1) + ordinal - 1 + leapDay
        case .zeroBasedOrdinal(let ordinal):
            return CivilDate.daysSinceEpoch(year: year, month: 1, day: 1) + ordinal
        case .weekday(let weekday, let week, let month):
            let first = CivilDate(unchecked: CivilDate.daysSinceEpoch(year: year, month: month, day: 1))
            let day = first.weekday.days(until: weekday) + (week - 1) * 7
            // Only the fifth can be one too many.
            let length = CivilDate.daysInMonth(year: year, month: month)
            return first.daysSinceEpoch + (day < length ? day : day - 7)
        }
    }
}
