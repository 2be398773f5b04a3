public import ZonedTime

/// What someone said about the time of a meeting.
public struct When: Hashable, Sendable {
    public var form: Form
    /// The zone or city that was named; `nil` where none was, and the reader's zone is meant.
    public var place: NamedZone?
    /// Present where a series was described: `every friday 10:00`. `form` is its first meeting then.
    public var recurrence: RecurrencePhrase?

    public init(form: Form, place: NamedZone? = nil, recurrence: RecurrencePhrase? = nil) {
        self.form = form
        self.place = place
        self.recurrence = recurrence
    }

    public enum Form: Hashable, Sendable {
        /// `fri 14:00`, `10:00-11:30`. `until` is `nil` where only the start was said, else later than the start.
        case timed(start: CivilDateTime, until: CivilDateTime?)
        /// `24–30 sep`, `3 dec all day`: whole days, the last one included.
        case wholeDays(first: CivilDate, last: CivilDate)
        /// `fri`: a day, its hour not agreed.
        case hourOpen(CivilDate)
        /// `some day 24–30 sep`, `october`: a day from the first to the last, both included.
        case window(first: CivilDate, last: CivilDate)
        /// `16:15` for something that has its day. An end that is not later than the start is on the next day.
        case timeOnly(CivilTime, until: CivilTime?)
    }
}

extension When.Form {
    /// The days from the first to the last that it touches; `nil` for a time alone.
    public var days: ClosedRange<CivilDate>? {
        switch self {
        case .timed(let start, let until): start.date...max(start.date, until?.date ?? start.date)
        case .wholeDays(let first, let last), .window(let first, let last): first...max(first, last)
        case .hourOpen(let date): date...date
        case .timeOnly: nil
        }
    }
}
