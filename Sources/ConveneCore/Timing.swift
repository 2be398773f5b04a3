public import ZonedTime

/// How much of a meeting's time is agreed.
public enum Form: String, Hashable, CaseIterable, Sendable {
    /// A start on the wall clock.
    case timed
    /// Whole days.
    case wholeDays
    /// A day whose hour is not agreed.
    case hourOpen
    /// Some day of a span.
    case window
}

/// What was agreed about the time of a meeting: wall clock, zone and length, never only an instant.
///
/// For every form but `timed` the start is a midnight and the duration whole days, at least one.
public struct Timing: Hashable, Sendable {
    public let form: Form
    public let start: CivilDateTime
    /// The IANA name of the zone in which `start` is meant.
    public let zone: String
    /// What people call the place of that clock: Tokyo, Geneva.
    public let city: String?
    public let duration: CalendarDuration

    /// A meeting at an hour.
    public init(start: CivilDateTime, duration: CalendarDuration, zone: String, city: String?) {
        self.form = .timed
        self.start = start
        self.zone = zone
        self.city = city
        self.duration = duration
    }

    /// Whole days, an open hour or a window, from `first` to `last`, both included; `nil` if `last` comes first.
    public init?(_ form: Form, first: CivilDate, last: CivilDate, zone: String, city: String?) {
        guard form != .timed, first <= last, form != .hourOpen || first == last else { return nil }
        self.form = form
        self.start = CivilDateTime(first, .midnight)
        self.zone = zone
        self.city = city
        self.duration = .days(last.days(since: first) + 1)
    }

    /// The same length and place, at another start.
    public func starting(at start: CivilDateTime) -> Timing {
        Timing(form: form, start: start, zone: zone, city: city, duration: duration)
    }

    /// A timing as it was once checked: what the store reads back.
    package init(form: Form, start: CivilDateTime, zone: String, city: String?, duration: CalendarDuration) {
        self.form = form
        self.start = start
        self.zone = zone
        self.city = city
        self.duration = duration
    }

    public var isTimed: Bool { form == .timed }

    /// The last day of a form in days.
    public var lastDay: CivilDate {
        start.date.advanced(byDays: max(0, duration.days - 1)) ?? .max
    }
}

/// A timing with the instants that zone data gives it.
public struct ResolvedTiming: Hashable, Sendable {
    public let timing: Timing
    public let startsAt: Instant
    public let endsAt: Instant
    /// Whether a clock change skips or repeats the start.
    public let resolution: OffsetResolution
    /// The end on the same wall clock.
    public let endReading: CivilDateTime

    public init(_ timing: Timing, in zone: TimeZone) {
        self.timing = timing
        if timing.isTimed {
            resolution = zone.resolve(timing.start)
            startsAt = Instant(timing.start, at: resolution.calendarOffset)
            endsAt = timing.duration.added(to: timing.start, in: zone)
        } else {
            // A day begins at its first instant there, which need not be midnight.
            startsAt = zone.firstInstant(of: timing.start.date)
            let dayAfter = timing.start.date.advanced(byDays: timing.duration.days) ?? .max
            endsAt = zone.firstInstant(of: dayAfter)
            resolution = .unique(zone.offset(at: startsAt))
        }
        endReading = zone.reading(at: endsAt)
    }
}

extension TimeZoneSource {
    /// The zone of that name, or the error that names it.
    public func zone(named identifier: String) throws(MeetingProblem) -> TimeZone {
        guard let zone = timeZone(identifier) else { throw .unknownZone(identifier) }
        return zone
    }
}
