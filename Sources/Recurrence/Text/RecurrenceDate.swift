public import ZonedTime

/// One value of RDATE or EXDATE (RFC 5545 §3.8.5): a date, a date-time, or a period.
public struct RecurrenceDate: Hashable, Sendable {
    /// A moment in one of RFC 5545's three forms.
    public enum Moment: Hashable, Sendable {
        /// `20190920`.
        case date(CivilDate)
        /// `20190920T110000`: on the wall clock of the set's zone.
        case local(CivilDateTime)
        /// `20190920T020000Z`: in UTC.
        case instant(Instant)
    }

    /// How a period ends (RFC 5545 §3.3.9).
    public enum PeriodEnd: Hashable, Sendable {
        /// `…/20190920T123000`.
        case moment(Moment)
        /// `…/PT1H30M`.
        case duration(CalendarDuration)
    }

    /// Where it starts.
    public var start: Moment
    /// Where it ends, if it is a period.
    public var end: PeriodEnd?

    /// A date, a date-time, or a period.
    public init(_ start: Moment, end: PeriodEnd? = nil) {
        self.start = start
        self.end = end
    }

    /// What the wall clock shows at the start; `nil` as zone counts as UTC.
    public func reading(in zone: TimeZone?) -> CivilDateTime { start.reading(in: zone ?? .utc) }

    /// The length of a period in a zone; `nil` for what is none.
    public func duration(in zone: TimeZone?) -> CalendarDuration? {
        switch end {
        case nil: nil
        case .duration(let duration): duration
        case .moment(let moment):
            .seconds(moment.instant(in: zone ?? .utc).seconds(since: start.instant(in: zone ?? .utc)))
        }
    }
}

extension RecurrenceDate.Moment {
    fileprivate func reading(in zone: TimeZone) -> CivilDateTime {
        switch self {
        case .date(let date): CivilDateTime(date, .midnight)
        case .local(let reading): reading
        case .instant(let instant): zone.reading(at: instant)
        }
    }

    fileprivate func instant(in zone: TimeZone) -> Instant {
        if case .instant(let instant) = self { return instant }
        return zone.instant(of: reading(in: zone))
    }
}

// MARK: - Text

extension RecurrenceDate {
    /// Reads the value of an RDATE or EXDATE: `20190920T110000,20190927T110000`, `20190920/PT1H`.
    ///
    /// - Returns: in the order of the text.
    public static func list(_ text: String) throws(RecurrenceRuleError) -> [RecurrenceDate] {
        var scanner = RuleScanner(text)
        var dates: [RecurrenceDate] = []
        repeat { dates.append(try scanner.recurrenceDate()) } while scanner.take(",")
        guard scanner.isAtEnd else { throw scanner.failure("expected , or the end") }
        return dates
    }

    /// As RFC 5545 writes it.
    public var text: String {
        switch end {
        case nil: start.text
        case .moment(let end): "\(start.text)/\(end.text)"
        case .duration(let duration): "\(start.text)/\(duration.iso8601)"
        }
    }
}

extension RecurrenceDate.Moment {
    /// As RFC 5545 writes it.
    var text: String {
        switch self {
        case .date(let date): date.basicText
        case .local(let reading): reading.basicText
        case .instant(let instant): "\(instant.reading(at: .utc).basicText)Z"
        }
    }
}

extension RuleScanner {
    fileprivate mutating func recurrenceDate() throws(RecurrenceRuleError) -> RecurrenceDate {
        let start = try moment(of: "a date")
        guard take("/") else { return RecurrenceDate(start) }
        if case .date = start { throw failure("a period starts at a time of day") }
        let position = position
        let word = word()
        guard word.hasPrefix("P") else {
            rewind(to: position)
            let end = try moment(of: "the end of a period")
            if case .date = end { throw failure("a period ends at a time of day", at: position) }
            return RecurrenceDate(start, end: .moment(end))
        }
        guard let duration = CalendarDuration(iso8601: word), duration.days >= 0, duration.seconds >= 0 else {
            throw failure("the length of a period is written like PT1H30M", at: position)
        }
        return RecurrenceDate(start, end: .duration(duration))
    }
}
