public import ZonedTime

/// The identity of a notification: the same for every attempt at it, another for every other one.
///
/// It is composed text, so that a person can read off a journal entry what it was about. The database's
/// random id stands first: two schedules on one journal never meet.
public enum NotificationIdentity {
    /// - Parameters:
    ///   - length: of the meeting or window, where the alarm counts from the end: another end is another reminder.
    ///   - count: from 1 where an alarm repeats.
    public static func reminder(
        database: String, meeting uid: String, alarm: Alarm, recurrenceID: CivilDateTime?, start: CivilDateTime,
        zone: String, length: CalendarDuration?, repeat count: Int = 1
    ) -> String {
        let occurrence = recurrenceID?.iso8601 ?? "single"
        let agreed = "\(start.iso8601)[\(zone)]\(length.map { "/\($0.iso8601)" } ?? "")"
        return "\(database)/\(uid)/\(alarm.id)/\(occurrence)/\(agreed)/\(alarm.trigger.text)/\(count)"
    }

    /// As it is for an alarm of an occurrence of that timing.
    public static func reminder(
        database: String, meeting uid: String, alarm: Alarm, recurrenceID: CivilDateTime?, of timing: Timing
    ) -> String {
        reminder(
            database: database, meeting: uid, alarm: alarm, recurrenceID: recurrenceID, start: timing.start,
            zone: timing.zone, length: alarm.trigger.countsFromEnd ? timing.duration : nil)
    }

    /// What the identity of a reminder names: its meeting's UID, the alarm's id, and the date.
    ///
    /// `nil` for any other identity, and where a UID makes it ambiguous.
    public static func parts(
        ofReminder identity: String, database: String
    ) -> (uid: String, alarm: String, recurrenceID: CivilDateTime?)? {
        guard identity.hasPrefix(database + "/"), let bracket = identity.firstIndex(of: "[") else { return nil }
        let front = identity[..<bracket].dropFirst(database.count + 1).split(
            separator: "/", omittingEmptySubsequences: false)
        guard front.count >= 4, CivilDateTime(iso8601: front[front.count - 1]) != nil else { return nil }
        let occurrence = front[front.count - 2]
        let recurrenceID = CivilDateTime(iso8601: occurrence)
        guard recurrenceID != nil || occurrence == "single" else { return nil }
        return (front.dropLast(3).joined(separator: "/"), String(front[front.count - 3]), recurrenceID)
    }

    /// The identity under which a reminder of the same date was said before its meeting became a series, or was one no more:
    /// the first date of a series has the name of the single meeting's start.
    ///
    /// `nil` for a date that is elsewhere than its name says, and for any other identity.
    public static func otherName(ofReminder identity: String) -> String? {
        // Of each row that is due it is asked whether that is under way: by bytes, which is the fastest.
        let bytes = identity.utf8
        guard let bracket = bytes.firstIndex(of: UInt8(ascii: "[")),
            let last = bytes[..<bracket].lastIndex(of: UInt8(ascii: "/")),
            let before = bytes[..<last].lastIndex(of: UInt8(ascii: "/"))
        else { return nil }
        let start = identity[identity.index(after: last)..<bracket]
        let name = identity[identity.index(after: before)..<last]
        let other: Substring
        if name == "single" {
            other = start
        } else if name == start {
            other = "single"
        } else {
            return nil
        }
        return "\(identity[...before])\(other)\(identity[last...])"
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
            database: database, meeting: uid, alarm: alarm, recurrenceID: recurrenceID, start: start, zone: zone,
            length: length)
    }
}
