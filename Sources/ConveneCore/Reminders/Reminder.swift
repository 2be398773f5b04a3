public import ZonedTime

/// One alarm of one occurrence, due at an instant.
public struct Reminder: Hashable, Sendable {
    public let alarm: Alarm
    public let occurrence: Occurrence
    public let due: Instant

    public init(_ alarm: Alarm, of occurrence: Occurrence, due: Instant) {
        self.alarm = alarm
        self.occurrence = occurrence
        self.due = due
    }

    /// Until when it is worth saying: as a rule until the meeting ends, for an alarm at or after its end
    /// until 24 hours after it was due.
    public var usefulUntil: Instant {
        due < occurrence.endsAt ? occurrence.endsAt : due.advanced(bySeconds: 86_400)
    }
}

extension AlarmTrigger {
    /// On forms in days, days before or after are counted to this hour there: nobody is reminded at midnight.
    static let hourOfDays = CivilTime(unchecked: 9 * 3_600)

    /// When an alarm of an occurrence is due.
    public func due(for occurrence: Occurrence, in zone: TimeZone) -> Instant {
        let timing = occurrence.timing
        switch self {
        case .beforeStart(let lead):
            return occurrence.startsAt.counting(days: -lead.days, -lead.seconds, on: timing.start, timing, in: zone)
        case .afterStart(let lag):
            return occurrence.startsAt.counting(days: lag.days, lag.seconds, on: timing.start, timing, in: zone)
        case .afterEnd(let lag):
            return occurrence.endsAt.counting(
                days: lag.days, lag.seconds, on: occurrence.resolved.endReading, timing, in: zone)
        case .at(let instant, _):
            return instant
        case .windowEnds, .lastCall:
            let day = timing.dayToAsk(isLast: self == .lastCall)
            return zone.instant(of: CivilDateTime(day, AlarmTrigger.hourOfAsking))
        }
    }

    /// The hour there at which it is asked whether a window has its date by now.
    static let hourOfAsking = CivilTime(unchecked: 8 * 3_600)
}

extension Instant {
    /// Days are counted on the wall clock, then seconds exactly (RFC 5545 §3.3.6).
    ///
    /// Without days the wall clock is not asked: in a repeated hour it does not tell which of the two this is.
    fileprivate func counting(
        days: Int, _ seconds: Int64, on reading: CivilDateTime, _ timing: Timing, in zone: TimeZone
    ) -> Instant {
        guard days != 0 else { return advanced(bySeconds: seconds) }
        var day = reading.advanced(byDays: days) ?? (days < 0 ? .min : .max)
        if !timing.isTimed { day = CivilDateTime(day.date, AlarmTrigger.hourOfDays) }
        return zone.instant(of: day).advanced(bySeconds: seconds)
    }
}

/// The schedule's standard alarms, where a meeting has none of its own.
public struct StandardAlarms: Hashable, Sendable {
    /// For a meeting at an hour.
    public let timed: [Alarm]
    /// For whole days or an open hour.
    public let days: [Alarm]
    /// For a window without a date.
    public let windows = [Alarm(standard: .windowEnds), Alarm(standard: .lastCall)]

    public init(timed: [AlarmTrigger], days: [AlarmTrigger]) {
        self.timed = timed.map { Alarm(standard: $0) }
        self.days = days.map { Alarm(standard: $0) }
    }

    public init(alarms timed: [Alarm], days: [Alarm]) {
        self.timed = timed
        self.days = days
    }

    func alarms(for timing: Timing) -> [Alarm] {
        timing.isTimed ? timed : timing.form == .window ? windows : days
    }

    /// One day and 15 minutes before; for days at nine the day before.
    public static let initial = StandardAlarms(
        timed: [.beforeStart(.days(1)), .beforeStart(.seconds(900))],
        days: [.beforeStart(.days(1))])

    public func alarms(of meeting: Meeting) -> [Alarm] { alarms(of: meeting, for: meeting.timing) }

    /// The alarms of an occurrence: a window, or a round before its date is known, has others than what is dated.
    public func alarms(of meeting: Meeting, for timing: Timing) -> [Alarm] {
        switch meeting.alarms {
        case .own(let own):
            return own.isEmpty ? [] : completed(own, for: timing).filter { $0.applies(to: timing) }
        case .standard: return alarms(for: timing)
        case .adopted(let adopted): return adopted.alarms(for: timing)
        }
    }
}

extension StandardAlarms {
    /// What is to become of a reminder when it is late; the row of the queue does not know.
    public func whenLate(_ row: QueuedAlarm, of meeting: Meeting) -> WhenLate {
        everyAlarm(of: meeting).first { $0.isSame(as: row.alarm) }?.whenLate ?? .keep
    }

    /// The alarms of a meeting, in whatever form it is.
    public func everyAlarm(of meeting: Meeting) -> [Alarm] {
        switch meeting.alarms {
        case .own(let own): own + timed + days + windows
        case .standard: timed + days + windows
        case .adopted(let adopted): adopted.timed + adopted.days + windows
        }
    }
}

extension Meeting {
    /// The reminders of an occurrence that are due after `instant`, in the order in which they are due.
    public func reminders(
        of occurrence: Occurrence, after instant: Instant, standard: StandardAlarms, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> [Reminder] {
        let zone = try zones.zone(named: occurrence.timing.zone)
        return (standard.alarms(of: self, for: occurrence.timing) + snoozes(of: occurrence.recurrenceID))
            .filter { $0.reminds(of: occurrence.status) }
            .map { Reminder($0, of: occurrence, due: $0.trigger.due(for: occurrence, in: zone)) }
            .filter { $0.due > instant }
            .sorted { $0.due < $1.due }
    }

    /// Whether a reminder is said of its date: of a series a fixed time is said once, of the date that comes next then.
    public func says(
        _ reminder: Reminder, after instant: Instant, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> Bool {
        guard isSeries, reminder.alarm.trigger.isFixed, !reminder.alarm.isSnooze else { return true }
        let said = try fixedReminder(of: reminder.alarm, due: reminder.due, after: instant, in: zones)
        return said?.occurrence.recurrenceID == reminder.occurrence.recurrenceID
    }

    /// The alarms of an occurrence that are past at `instant`, although the occurrence is not over:
    /// these will not fire, and the person is told.
    public func passedAlarms(
        of occurrence: Occurrence, at instant: Instant, standard: StandardAlarms, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> [Alarm] {
        guard occurrence.status.reminds, occurrence.endsAt > instant else { return [] }
        let zone = try zones.zone(named: occurrence.timing.zone)
        return standard.alarms(of: self, for: occurrence.timing).filter {
            $0.trigger.due(for: occurrence, in: zone) <= instant
        }
    }
}

extension Timing {
    /// The day of a window on which it is asked whether it has its date: its last working day, or some before.
    ///
    /// Working days are Monday to Friday. Where a window has none, it is its last day. The two never are one day.
    func dayToAsk(isLast: Bool) -> CivilDate {
        let working = lastDay.backToWorkingDay
        let lastCall = working >= start.date ? working : lastDay
        guard !isLast else { return lastCall }
        let days = min(10, max(1, duration.days / 3))
        let early = (lastDay.advanced(byDays: -days) ?? lastDay).backToWorkingDay
        return early < lastCall ? early : (lastCall.advanced(byDays: -1) ?? lastCall).backToWorkingDay
    }
}

extension CivilDate {
    /// The Friday before, on a Saturday or Sunday.
    fileprivate var backToWorkingDay: CivilDate {
        advanced(byDays: -Swift.max(0, weekday.rawValue - Weekday.friday.rawValue)) ?? self
    }
}
