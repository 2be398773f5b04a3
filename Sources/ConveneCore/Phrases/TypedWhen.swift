import ZonedTime

// What the grammar finds in a phrase. Which days these are depends on the date in the zone that is named, and that
// may come last: so everything is read first and counted afterwards.

/// A day as it was typed.
struct TypedDate {
    enum Meaning {
        case daysFromToday(Int)
        case monthsFromToday(Int)
        case weekday(Weekday, Week)
        case nthWeekday(NthWeekday)
        case calendar(CalendarDay)
    }

    /// Which one of a weekday's dates is meant.
    enum Week {
        /// The first from today on.
        case coming
        /// The last before today.
        case latest
        /// That of the calendar week so many weeks after this one.
        case weeksFromNow(Int)
    }

    var meaning: Meaning
    /// A weekday that stands beside a calendar day, and has to agree with it.
    var weekday: Weekday?
    let range: Range<Int>
}

/// The parts of a calendar day as they were typed; the day may be one that no month has.
struct CalendarDay {
    var day: Int
    /// 1 to 12; `nil` in the `24` of `24–30 sep`.
    var month: Int?
    var year: Int?
    var isISO = false
}

/// A weekday counted in its month: `last friday of october`.
struct NthWeekday {
    enum Month {
        case any
        case named(Int, year: Int?)
        case monthsFromNow(Int)
    }

    /// 1 to 5, or −1 for the last.
    let ordinal: Int
    let weekday: Weekday
    let month: Month
}

/// One or several days as they were typed.
enum TypedDays {
    case single(TypedDate)
    case span(TypedDate, TypedDate)
    case window(TypedWindow)

    var range: Range<Int> {
        switch self {
        case .single(let date): date.range
        case .span(let first, let last): first.range.lowerBound..<last.range.upperBound
        case .window(let window): window.range
        }
    }
}

/// A span that the calendar names, for a day in it.
struct TypedWindow {
    enum Meaning {
        case weekOf(TypedDate)
        case weeksFromNow(Int)
        case month(Int, year: Int?)
        case monthsFromNow(Int)
        case year(Int)
        case yearsFromNow(Int)
    }

    /// Which part of a month or year.
    enum Part {
        case whole, beginning, middle, end, firstHalf, secondHalf
    }

    let meaning: Meaning
    let part: Part
    let range: Range<Int>
}

/// A time of day as it was typed.
struct TypedTime {
    /// 0 to 86,400: 24:00 is the end of a range.
    var secondOfDay: Int
    /// Said in a way that leaves no doubt about the half of the day.
    var hasHalf: Bool
    let range: Range<Int>
}

/// Everything that a phrase holds.
struct TypedWhen {
    var days: TypedDays?
    /// 'some day': the days are a window.
    var isSomeDay = false
    /// 'all day': the day is meant as a whole.
    var isAllDay = false
    var start: TypedTime?
    var end: TypedTime?
    /// The day of the end, where it was said.
    var endDate: TypedDate?
    /// Counted from now: `in 20 minutes`.
    var fromNow: CalendarDuration?
    var offset: Offset?
    var offsetRange: Range<Int> = 0..<0
    var place: NamedZone?
    /// 'here', or a place.
    var hasPlace = false
    var recurrence: TypedRecurrence?
    /// The span with whose first day a series begins: `starting in june`.
    var firstSpan: TypedWindow?

    var isEmpty: Bool { days == nil && start == nil && fromNow == nil && recurrence == nil }
}
