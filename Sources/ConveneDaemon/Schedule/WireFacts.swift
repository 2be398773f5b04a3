import ConveneAPI
import ConveneCore
import ConveneStore
import Recurrence
import ZonedTime

typealias WireOccurrence = ConveneAPI.Occurrence
typealias WireMeeting = ConveneAPI.Meeting
typealias WireReminder = ConveneAPI.Reminder
typealias WireAlarm = ConveneAPI.Alarm
typealias WireStatus = ConveneAPI.Status
typealias CoreMeeting = ConveneCore.Meeting
typealias CoreOccurrence = ConveneCore.Occurrence
typealias CoreStatus = ConveneCore.Status

/// Says in the interface's words what the domain knows, on the wall clock there and on the reader's.
struct WireFacts {
    let zones: any TimeZoneSource
    let reader: TimeZone
    let standard: StandardAlarms
    let now: Instant

    func occurrence(_ occurrence: CoreOccurrence, of meeting: CoreMeeting) throws -> WireOccurrence {
        let timing = occurrence.timing
        let zone = try zones.zone(named: timing.zone)
        let round = try self.round(occurrence, of: meeting)
        // An open round is where it will be held, if on the clock of the series.
        let city = round?.standing == .open ? round?.host?.city ?? round?.host?.name : nil
        return WireOccurrence(
            uid: meeting.uid, number: meeting.number, recurrenceId: occurrence.recurrenceID?.iso8601,
            summary: occurrence.summary, status: WireStatus(occurrence.status), form: ConveneAPI.Form(timing.form),
            there: there(occurrence.resolved, city: city),
            here: here(occurrence),
            startsAt: occurrence.startsAt.rfc3339(at: zone.offset(at: occurrence.startsAt)),
            endsAt: occurrence.endsAt.rfc3339(at: zone.offset(at: occurrence.endsAt)),
            clockChange: ClockChange(occurrence.resolved.resolution), place: occurrence.place, note: occurrence.note,
            changed: occurrence.isOverridden, round: round.map(wire),
            snoozedUntil: snoozedUntil(occurrence, of: meeting, in: zone))
    }

    /// When a reminder that was put off is said again, on the reader's clock.
    private func snoozedUntil(_ occurrence: CoreOccurrence, of meeting: CoreMeeting, in zone: TimeZone) -> String? {
        guard occurrence.status.reminds, !meeting.snoozes.isEmpty else { return nil }
        return meeting.snoozes.filter { $0.recurrenceID == occurrence.recurrenceID }
            .map { $0.trigger.due(for: occurrence, in: zone) }.filter { $0 > now }.min()
            .map { reader.reading(at: $0).iso8601 }
    }

    func there(_ resolved: ResolvedTiming, city: String? = nil) -> Span {
        let timing = resolved.timing
        return Span(
            start: text(timing.start, timing), end: end(of: resolved), zone: timing.zone,
            city: city ?? timing.city ?? Cities.label(of: timing.zone))
    }

    /// The reader's wall clock; for days in another zone it has hours, since a day there is not one here.
    private func here(_ occurrence: CoreOccurrence) -> Span {
        let timing = occurrence.timing
        let city = Cities.label(of: reader.identifier)
        guard timing.zone != reader.identifier else {
            return Span(
                start: text(timing.start, timing), end: end(of: occurrence.resolved), zone: reader.identifier,
                city: city)
        }
        return Span(
            start: reader.reading(at: occurrence.startsAt).iso8601, end: reader.reading(at: occurrence.endsAt).iso8601,
            zone: reader.identifier, city: city)
    }

    private func text(_ start: CivilDateTime, _ timing: Timing) -> String {
        timing.isTimed ? start.iso8601 : start.date.iso8601
    }

    private func end(of resolved: ResolvedTiming) -> String {
        resolved.timing.isTimed ? resolved.endReading.iso8601 : resolved.timing.lastDay.iso8601
    }

    /// - Parameter occurrence: the one that is shown with it, of whose form are the alarms.
    func meeting(_ meeting: CoreMeeting, showing occurrence: CoreOccurrence? = nil) -> WireMeeting {
        let segment = meeting.segments[meeting.segments.count - 1]
        return WireMeeting(
            uid: meeting.uid, number: meeting.number, revision: meeting.revision, summary: meeting.summary,
            status: WireStatus(meeting.status), form: ConveneAPI.Form(segment.timing.form),
            duration: segment.timing.duration.iso8601, zone: segment.timing.zone,
            city: segment.timing.city ?? Cities.label(of: segment.timing.zone), place: meeting.place,
            note: meeting.note, rule: segment.rule?.text,
            sentence: meeting.rounds == nil ? segment.sentence : nil,
            alarms: standard.alarms(of: meeting, for: occurrence?.timing ?? meeting.timing).map(alarm),
            rounds: meeting.rounds.map {
                RoundsPlan(cadence: (meeting.cadence(on: today) ?? $0.cadence).words, hosts: $0.hosts.map(\.name))
            })
    }

    func alarm(_ alarm: ConveneCore.Alarm) -> WireAlarm {
        WireAlarm(
            id: alarm.id, text: alarm.words, standard: alarm.isStandard, whenLate: ConveneAPI.WhenLate(alarm.whenLate))
    }

    func reminder(_ reminder: ConveneCore.Reminder) throws -> WireReminder {
        let zone = try zones.zone(named: reminder.occurrence.timing.zone)
        return WireReminder(
            alarm: alarm(reminder.alarm), dueAt: reminder.due.rfc3339(at: zone.offset(at: reminder.due)),
            here: reader.reading(at: reminder.due).iso8601, there: zone.reading(at: reminder.due).iso8601,
            recurrenceId: reminder.occurrence.recurrenceID?.iso8601)
    }

    func record(_ entry: LogEntry) -> LogRecord {
        LogRecord(
            id: entry.id, position: entry.position, at: entry.at.rfc3339(at: reader.offset(at: entry.at)),
            here: reader.reading(at: entry.at).iso8601, byUid: entry.author.uid, byName: entry.author.name,
            verb: entry.verb, number: entry.meeting, summary: entry.summary, what: entry.what,
            undone: entry.undoneBy != nil, round: entry.round.map { $0.short(on: today) })
    }

    func notification(_ notification: StoredNotification) -> ConveneAPI.Notification {
        ConveneAPI.Notification(
            id: notification.identity, position: notification.position, kind: notification.kind.rawValue,
            message: notification.message, dueAt: notification.due.rfc3339(at: reader.offset(at: notification.due)),
            here: reader.reading(at: notification.due).iso8601, lateSeconds: notification.late,
            number: notification.meeting, recurrenceId: notification.recurrenceID?.iso8601,
            acknowledged: notification.isAcknowledged)
    }

    /// The same with the fields of its entry.
    func wholeNotification(_ stored: StoredNotification) -> ConveneAPI.Notification {
        var whole = notification(stored)
        whole.fields = stored.fields.filter { $0.key.hasPrefix("CONVENE_") }
        return whole
    }
}

extension WireStatus {
    init(_ status: CoreStatus) {
        switch status {
        case .proposed: self = .proposed
        case .possible: self = .possible
        case .confirmed: self = .confirmed
        case .postponed: self = .postponed
        case .cancelled: self = .cancelled
        case .held: self = .held
        }
    }

    var core: CoreStatus {
        switch self {
        case .proposed: .proposed
        case .possible: .possible
        case .confirmed: .confirmed
        case .postponed: .postponed
        case .cancelled: .cancelled
        case .held: .held
        }
    }
}

extension ConveneAPI.Form {
    init(_ form: ConveneCore.Form) {
        switch form {
        case .timed: self = .timed
        case .wholeDays: self = .wholeDays
        case .hourOpen: self = .hourOpen
        case .window: self = .window
        }
    }
}

extension ClockChange {
    init(_ resolution: OffsetResolution) {
        switch resolution {
        case .unique: self = .exact
        case .gap: self = .skipped
        case .fold: self = .repeated
        }
    }
}
