public import Recurrence
public import ZonedTime

/// A series as it was described: `every 3rd friday 15:00 Geneva until 20 dec 2026`.
public struct RecurrencePhrase: Hashable, Sendable {
    public var rule: RecurrenceRule
    /// The hour, where one was named.
    public var time: CivilTime?
    /// The end of each meeting, where one was named. Where it is not later than `time`, it is on the next day.
    public var until: CivilTime?
    /// Whole days were named.
    public var isAllDay: Bool
    /// The first date of the rule from today on, or from the date that was named with it.
    public var firstDate: CivilDate
    /// The zone or city that was named.
    public var place: NamedZone?
    /// Days on which it does not take place though the rule has them.
    public var exceptions: [ClosedRange<CivilDate>]
    /// Days that are added to those of the rule.
    public var additions: [Addition]
    /// What becomes of a day that a month lacks was said, and need not be asked.
    public var saysSkip: Bool
    /// The day from which on its dates are meant, where one was said.
    public var from: CivilDate?

    /// `and on 3 dec`; without an hour it is at that of the others.
    public struct Addition: Hashable, Sendable {
        public var date: CivilDate
        public var time: CivilTime?

        public init(_ date: CivilDate, at time: CivilTime? = nil) {
            self.date = date
            self.time = time
        }
    }

    public init(
        rule: RecurrenceRule, time: CivilTime? = nil, until: CivilTime? = nil, isAllDay: Bool = false,
        firstDate: CivilDate, place: NamedZone? = nil, exceptions: [ClosedRange<CivilDate>] = [],
        additions: [Addition] = [],
        saysSkip: Bool = false, from: CivilDate? = nil
    ) {
        self.rule = rule
        self.time = time
        self.until = until
        self.isAllDay = isAllDay
        self.firstDate = firstDate
        self.place = place
        self.exceptions = exceptions
        self.additions = additions
        self.saysSkip = saysSkip
        self.from = from
    }
}

extension RecurrencePhrase {
    /// How long each meeting lasts on the wall clock, where its end was named.
    public var length: CalendarDuration? {
        guard let time, let until else { return nil }
        let seconds = Int64(until.secondOfDay - time.secondOfDay)
        return CalendarDuration.seconds(seconds > 0 ? seconds : seconds + 86_400)
    }

    /// Reads a series: `every friday 10:00`, `monthly on the last weekday`, `FREQ=WEEKLY;BYDAY=FR`.
    ///
    /// - Parameter day: from where on its first date is looked for, unless the phrase names a day; `nil` for today.
    public static func parse(
        _ text: String, in context: PhraseContext, from day: CivilDate? = nil
    ) throws(PhraseError) -> RecurrencePhrase {
        let (when, _) = try WhenPhrase.read(text, in: context, for: .newMeeting, from: day)
        if let recurrence = when.recurrence { return recurrence }
        throw PhraseError(
            text: text, range: 0..<text.unicodeScalars.count, reason: "it does not say how often",
            suggestions: ["weekly", "every 2 weeks", "monthly on the 3rd friday"])
    }
}
