public import ZonedTime

/// The identity of a notification: the same for every attempt at it, another for every other one.
///
/// It is composed text, so that a person can read off a journal entry what it was about. The database's
/// random id stands first: two schedules on one journal never meet.
public enum NotificationIdentity {
    /// `repeat` counts from 1 where an alarm repeats.
    public static func reminder(
        database: String, meeting uid: String, alarm: Alarm, recurrenceID: CivilDateTime?, start: CivilDateTime,
        zone: String, repeat count: Int = 1
    ) -> String {
        let occurrence = recurrenceID?.iso8601 ?? "single"
        return "\(database)/\(uid)/\(alarm.id)/\(occurrence)/\(start.iso8601)[\(zone)]/\(alarm.trigger.text)/\(count)"
    }

    /// A change that people must hear of, caused by a record of the log.
    public static func change(
        database: String, record: String, meeting uid: String, recurrenceID: CivilDateTime?
    ) -> String {
        "\(database)/change:\(record)/\(uid)/\(recurrenceID?.iso8601 ?? "single")"
    }

    public static func test(database: String, id: String) -> String {
        "\(database)/test:\(id)"
    }
}

extension QueuedAlarm {
    public func identity(database: String, meeting uid: String) -> String {
        NotificationIdentity.reminder(
            database: database, meeting: uid, alarm: alarm, recurrenceID: recurrenceID, start: start, zone: zone)
    }
}
