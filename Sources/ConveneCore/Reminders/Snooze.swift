public import ZonedTime

/// A reminder that somebody put off: it is said once more, of the same date.
///
/// It belongs to the meeting, so that an edit, a move or a cancellation takes it along, and `undo` brings it back.
public struct Snooze: Hashable, Sendable {
    /// Random: a new cause, and so part of an identity of its own.
    public let id: String
    /// Of which date; `nil` for a single meeting.
    public let recurrenceID: CivilDateTime?
    public let trigger: AlarmTrigger

    public init(id: String, recurrenceID: CivilDateTime?, trigger: AlarmTrigger) {
        self.id = id
        self.recurrenceID = recurrenceID
        self.trigger = trigger
    }

    /// At most so many wait in one meeting.
    public static let limit = 20

    /// The alarm that it is.
    public var alarm: Alarm { Alarm(id: Alarm.snoozePrefix + id, trigger: trigger) }
}

extension Alarm {
    static let snoozePrefix = "snooze:"

    /// Whether it is a reminder that was put off.
    public var isSnooze: Bool { id.hasPrefix(Alarm.snoozePrefix) }
}

extension Meeting {
    /// The reminders of a date that were put off.
    public func snoozes(of recurrenceID: CivilDateTime?) -> [Alarm] {
        snoozes.filter { $0.recurrenceID == recurrenceID }.map(\.alarm)
    }

    /// The rows of the queue for what was put off, and is due after `instant`.
    func snoozeRows(after instant: Instant, in zones: any TimeZoneSource) throws(MeetingProblem) -> [QueuedAlarm] {
        var rows: [QueuedAlarm] = []
        for snooze in snoozes {
            guard let occurrence = try occurrence(of: snooze.recurrenceID, in: zones), occurrence.status.reminds else {
                continue
            }
            let due = snooze.trigger.due(for: occurrence, in: try zones.zone(named: occurrence.timing.zone))
            if due > instant { rows.append(QueuedAlarm(Reminder(snooze.alarm, of: occurrence, due: due), isOwn: true)) }
        }
        return rows
    }
}
