import Recurrence
public import ZonedTime

/// One live alarm in the queue: what it says next, and when.
///
/// A series has one row for each alarm, which moves from occurrence to occurrence; an occurrence that was
/// moved has rows of its own, since it is due out of turn.
public struct QueuedAlarm: Hashable, Sendable {
    /// Without what is to become of it when it is late: that stands with the meeting.
    public let alarm: Alarm
    /// Which occurrence it is about; `nil` for a single meeting.
    public let recurrenceID: CivilDateTime?
    /// Whether the row belongs to that occurrence alone, and does not move on.
    public let isOwn: Bool
    public let due: Instant
    /// The agreed start and its zone, part of the identity.
    public let start: CivilDateTime
    public let zone: String
    /// The agreed length where the alarm counts from the end, part of the identity too; `nil` also of what was owed
    /// before lengths were.
    public internal(set) var length: CalendarDuration?

    public init(
        alarm: Alarm, recurrenceID: CivilDateTime?, isOwn: Bool, due: Instant, start: CivilDateTime, zone: String,
        length: CalendarDuration?
    ) {
        self.alarm = Alarm(id: alarm.id, trigger: alarm.trigger)
        self.recurrenceID = recurrenceID
        self.isOwn = isOwn
        self.due = due
        self.start = start
        self.zone = zone
        self.length = length
    }

    /// - Parameter isOwn: whether it does not move on to the next occurrence.
    public init(_ reminder: Reminder, isOwn: Bool) {
        self.init(
            alarm: reminder.alarm, recurrenceID: reminder.occurrence.recurrenceID, isOwn: isOwn, due: reminder.due,
            start: reminder.occurrence.timing.start, zone: reminder.occurrence.timing.zone,
            length: reminder.alarm.trigger.countsFromEnd ? reminder.occurrence.timing.duration : nil)
    }
}

extension QueuedAlarm {
    /// Whether it says the same of the same, whether or not it goes on from there.
    public func isSame(as other: QueuedAlarm) -> Bool {
        alarm.isSame(as: other.alarm) && recurrenceID == other.recurrenceID && start == other.start
            && zone == other.zone && due == other.due
    }

    /// The same of that occurrence alone.
    fileprivate func own(as recurrenceID: CivilDateTime?) -> QueuedAlarm {
        QueuedAlarm(
            alarm: alarm, recurrenceID: recurrenceID, isOwn: true, due: due, start: start, zone: zone, length: length)
    }

    /// Whether it is about an occurrence before that one; `nil` stands for no end.
    public func isBefore(_ end: CivilDateTime?) -> Bool {
        guard let end, let recurrenceID else { return true }
        return recurrenceID < end
    }
}

extension Meeting {
    /// The rows that the queue holds for a meeting: the next reminder due after `instant` of each alarm.
    ///
    /// What is due by then already does not fire any more, unless it was owed before (`owed`) and the schedule
    /// still says the same: an edit of a note takes no reminder with it that is on its way.
    public func queue(
        after instant: Instant, owed: [QueuedAlarm] = [], standard: StandardAlarms, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> [QueuedAlarm] {
        var rows = try queue(after: instant, standard: standard, in: zones)
        for row in owed.map(named) where row.due <= instant {
            guard try stillSays(row, standard: standard, in: zones) else { continue }
            rows.removeAll { $0.alarm.id == row.alarm.id && !$0.isOwn && !row.isOwn }
            rows.append(row)
        }
        return rows
    }

    /// A row under the name that its date has here, where it was owed of the same date as a meeting of its own, or of a series.
    private func named(_ row: QueuedAlarm) -> QueuedAlarm {
        if isSeries, rounds == nil, row.recurrenceID == nil { return row.own(as: row.start) }
        if !isSeries, row.recurrenceID == row.start { return row.own(as: nil) }
        return row
    }

    /// What is owed date by date, so that each stays owed or not by itself where its series becomes another: a row of a series
    /// stands for all that is due behind it.
    ///
    /// Of a row with more than a thousand behind it, that one stays.
    public func eachOwed(
        _ rows: [QueuedAlarm], by instant: Instant, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> [QueuedAlarm] {
        var owed: [QueuedAlarm] = []
        for row in rows {
            guard !row.isOwn, row.due <= instant else {
                owed.append(row)
                continue
            }
            var each = [row.own(as: row.recurrenceID)]
            var last = row
            while each.count <= 1_000, let said = last.recurrenceID,
                let next = try queue(following: said, of: row.alarm, in: zones), next.due <= instant
            {
                each.append(next.own(as: next.recurrenceID))
                last = next
            }
            owed += each.count <= 1_000 ? each : [row]
        }
        return owed
    }

    /// The same rows with the instants that today's zone data gives them.
    ///
    /// What has not been said stays owed, also where it now was due before `instant`.
    public func queue(
        derivedFrom rows: [QueuedAlarm], after instant: Instant, standard: StandardAlarms, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> [QueuedAlarm] {
        var derived: [QueuedAlarm] = []
        for row in rows {
            guard let occurrence = try occurrence(of: row.recurrenceID, in: zones),
                row.alarm.reminds(of: occurrence.status), occurrence.timing.start == row.start,
                occurrence.timing.zone == row.zone
            else { return try queue(after: instant, owed: rows, standard: standard, in: zones) }
            let due = row.alarm.trigger.due(for: occurrence, in: try zones.zone(named: row.zone))
            var again = QueuedAlarm(Reminder(row.alarm, of: occurrence, due: due), isOwn: row.isOwn)
            // What is owed may be on its way under the identity that it has.
            if row.due <= instant { again.length = row.length }
            derived.append(again)
        }
        return derived
    }

    /// Whether the schedule still holds what a row of the queue says: that alarm, of that occurrence, at that start.
    public func stillSays(
        _ row: QueuedAlarm, standard: StandardAlarms, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> Bool {
        guard let occurrence = try occurrence(of: row.recurrenceID, in: zones),
            (standard.alarms(of: self, for: occurrence.timing) + snoozes(of: row.recurrenceID))
                .contains(where: { $0.isSame(as: row.alarm) })
        else { return false }
        let zone = try zones.zone(named: occurrence.timing.zone)
        return row.alarm.reminds(of: occurrence.status) && occurrence.timing.start == row.start
            && occurrence.timing.zone == row.zone && row.alarm.trigger.due(for: occurrence, in: zone) == row.due
    }

    private func queue(
        after instant: Instant, standard: StandardAlarms, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> [QueuedAlarm] {
        guard isSeries else {
            let single = try singleOccurrence(in: zones)
            return try reminders(of: single, after: instant, standard: standard, in: zones)
                .map { QueuedAlarm($0, isOwn: true) }
        }
        var rows = try snoozeRows(after: instant, in: zones)
        for occurrence in try movedOccurrences(in: zones) {
            // A fixed time belongs to the series, and is said once.
            rows += try reminders(of: occurrence, after: instant, standard: standard, in: zones)
                .filter { !$0.alarm.trigger.isFixed && !$0.alarm.isSnooze }
                .map { QueuedAlarm($0, isOwn: true) }
        }
        for alarm in standard.alarms(of: self, for: timing) {
            let next: Reminder?
            if case .at(let due, _) = alarm.trigger {
                next = try fixedReminder(of: alarm, due: due, after: instant, in: zones)
            } else {
                next = try nextReminder(of: alarm, dueAfter: instant, behind: nil, in: zones)
            }
            if let next { rows.append(QueuedAlarm(next, isOwn: false)) }
        }
        return rows
    }

    /// The row that follows when the reminder of `recurrenceID` was said, or `nil` if none does.
    ///
    /// It moves to the next occurrence, also where that is due already: a daemon that was down says all of
    /// them, one by one.
    ///
    /// - Parameter instant: what was due by then is passed over.
    public func queue(
        following recurrenceID: CivilDateTime, of alarm: Alarm, dueAfter instant: Instant = .distantPast,
        in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> QueuedAlarm? {
        guard !alarm.trigger.isFixed else { return nil }
        return try nextReminder(of: alarm, dueAfter: instant, behind: recurrenceID, in: zones)
            .map { QueuedAlarm($0, isOwn: false) }
    }

    /// The reminder at a fixed time, which is the whole series': of the date that comes next then, else the last one.
    func fixedReminder(
        of alarm: Alarm, due: Instant, after instant: Instant, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> Reminder? {
        guard due > instant else { return nil }
        let next = try occurrences(endingAfter: due, limit: 1, in: zones) { $0.status.reminds }.first
        if let next { return Reminder(alarm, of: next, due: due) }
        return try latestBegun(by: due, in: zones) { $0.status.reminds }.map { Reminder(alarm, of: $0, due: due) }
    }

    private func nextReminder(
        of alarm: Alarm, dueAfter instant: Instant, behind recurrenceID: CivilDateTime?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> Reminder? {
        let home = recurrenceID.flatMap { id in segments.firstIndex { $0.covers(id) } } ?? 0
        for position in segments.indices.dropFirst(home) {
            let segment = segments[position]
            let zone = try zones.zone(named: segment.timing.zone)
            let set = segment.recurrenceSet(in: zone)
            let from: CivilDateTime
            switch recurrenceID {
            case nil: from = alarm.trigger.earliestStart(dueAfter: instant, segment.timing, in: zone)
            // Names go up from segment to segment, so the search gets on whatever they hold.
            case let id?:
                from = max(
                    id.advanced(bySeconds: 1) ?? .max,
                    alarm.trigger.earliestStart(dueAfter: instant, segment.timing, in: zone))
            }
            // What was called off from here on is not searched, date by date, for one that reminds.
            let remindsAgain = overrides.contains { override in
                override.recurrenceID >= from && override.timing == nil
                    && override.status.map { alarm.reminds(of: $0) } ?? false
            }
            guard segment.status.reminds || remindsAgain else { continue }
            var looked = 0
            for start in set.starts(from: from) {
                guard segment.covers(start), looked < 10_000 else { break }
                looked += 1
                let override = override(of: start)
                guard override?.timing == nil else { continue }
                let found = occurrence(
                    start, ResolvedTiming(segment.timing(at: start), in: zone), of: segment, override)
                guard alarm.reminds(of: found.status) else { continue }
                let due = alarm.trigger.due(for: found, in: zone)
                if due > instant { return Reminder(alarm, of: found, due: due) }
            }
        }
        return nil
    }
}

extension AlarmTrigger {
    /// Whether it names an instant, whatever the meeting does.
    public var isFixed: Bool {
        if case .at = self { true } else { false }
    }

    /// A start before which no occurrence's alarm is due after `instant`; two days to spare for clock changes
    /// and for days that are counted to nine.
    func earliestStart(dueAfter instant: Instant, _ timing: Timing, in zone: TimeZone) -> CivilDateTime {
        guard instant > .distantPast else { return .min }
        let reading = zone.reading(at: instant)
        let days: Int
        switch self {
        case .beforeStart: days = -2
        case .afterStart(let lag): days = -(lag.days + Int(lag.seconds / 86_400) + 3)
        case .afterEnd(let lag):
            let length = timing.duration
            days = -(lag.days + length.days + Int((lag.seconds + length.seconds) / 86_400) + 4)
        case .at: days = -2
        case .windowEnds, .lastCall: days = -(timing.duration.days + 3)
        }
        return reading.advanced(byDays: days) ?? .min
    }
}
