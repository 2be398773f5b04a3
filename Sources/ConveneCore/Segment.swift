public import Recurrence
public import ZonedTime

/// The stretch of a meeting for which one timing, one rule and one status hold.
///
/// A single meeting has one segment without a rule. An edit of these in a series begins a
/// further segment, so that the past stays as it was (RFC 5545's RANGE=THISANDFUTURE).
public struct Segment: Hashable, Sendable {
    public var timing: Timing
    /// How its occurrences stand that have no status of their own.
    public var status: Status
    public var rule: RecurrenceRule?
    /// Further starts on the same wall clock (RDATE).
    public var dates: [CivilDateTime]
    /// Starts that were taken out (EXDATE).
    public var exclusions: [CivilDateTime]
    /// Where the next segment takes over: original starts from here on are not this segment's.
    public var endsBefore: CivilDateTime?

    public init(
        _ timing: Timing, status: Status = .confirmed, rule: RecurrenceRule? = nil, dates: [CivilDateTime] = [],
        exclusions: [CivilDateTime] = [], endsBefore: CivilDateTime? = nil
    ) {
        self.timing = timing
        self.status = status
        self.rule = rule
        self.dates = dates
        self.exclusions = exclusions
        self.endsBefore = endsBefore
    }

    /// Its starts, as the calendar sees them.
    public func recurrenceSet(in zone: TimeZone) -> RecurrenceSet {
        RecurrenceSet(
            start: timing.start, rules: rule.map { [$0] } ?? [], dates: dates, exclusions: exclusions,
            isWholeDays: !timing.isTimed, zone: zone)
    }

    /// The timing of the occurrence of that original start; a window lasts until the next one begins.
    func timing(at start: CivilDateTime) -> Timing {
        guard timing.form == .window, rule != nil else { return timing.starting(at: start) }
        guard let next = recurrenceSet(in: .utc).next(after: start), let last = next.date.advanced(byDays: -1),
            let window = Timing(.window, first: start.date, last: last, zone: timing.zone, city: timing.city)
        else { return timing.starting(at: start) }
        return window
    }

    public func covers(_ recurrenceID: CivilDateTime) -> Bool {
        endsBefore.map { recurrenceID < $0 } ?? true
    }
}

/// What differs in one occurrence of a series (RFC 5545's override, named by its RECURRENCE-ID).
public struct Override: Hashable, Sendable {
    /// The original wall-clock start.
    public let recurrenceID: CivilDateTime
    public var timing: Timing?
    public var status: Status?
    public var summary: String?
    public var place: String?
    public var note: String?

    public init(
        _ recurrenceID: CivilDateTime, timing: Timing? = nil, status: Status? = nil, summary: String? = nil,
        place: String? = nil, note: String? = nil
    ) {
        self.recurrenceID = recurrenceID
        self.timing = timing
        self.status = status
        self.summary = summary
        self.place = place
        self.note = note
    }
}
