import Recurrence
import ZonedTime

/// A pattern as it was typed: the parts of a rule, and what bounds it.
struct TypedRecurrence {
    enum Pattern {
        /// What was said so far; its interval counts.
        case parts(RecurrenceRule)
        /// A rule in RFC 5545's own words.
        case rule(String)
    }

    enum End {
        /// The last date, or the last one of a span, included.
        case days(TypedDays)
        case moment(TypedDate, TypedTime, isUTC: Bool, range: Range<Int>)
        /// So many days, weeks, months or years from the first on.
        case length(days: Int, months: Int, range: Range<Int>)

        var range: Range<Int> {
            switch self {
            case .days(let days): days.range
            case .moment(_, _, _, let range), .length(_, _, let range): range
            }
        }
    }

    var pattern: Pattern
    var range: Range<Int>
    var end: End?
    var count: Int?
    /// What is left out.
    var exceptions: [TypedDays] = []
    /// What is added, with an hour of its own where one was said.
    var additions: [(date: TypedDate, time: TypedTime?)] = []
    /// What becomes of the 31st in a short month was said.
    var saysSkip = false
    /// Its day has no frequency before it: 'every last friday', which 'of march' makes a yearly one.
    var countsAlone = false

    /// Changes the rule, if the pattern is words.
    mutating func change(_ change: (inout RecurrenceRule) -> Void) {
        guard case .parts(var rule) = pattern else { return }
        change(&rule)
        pattern = .parts(rule)
    }

    var parts: RecurrenceRule? {
        if case .parts(let rule) = pattern { rule } else { nil }
    }
}

extension RecurrenceRule {
    /// A rule of words.
    init(_ frequency: Frequency, every interval: Int = 1, on weekdays: [Weekday] = []) {
        self.init(frequency: frequency)
        self.interval = interval
        byDay = weekdays.sorted { $0.rawValue < $1.rawValue }.map { WeekdayOrdinal($0) }
    }
}

extension Weekday {
    static let working: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    static let weekend: [Weekday] = [.saturday, .sunday]
}
