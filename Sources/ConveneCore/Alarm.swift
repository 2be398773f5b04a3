/// A standing wish: '10 minutes before'.
public struct Alarm: Hashable, Sendable {
    /// A random UUID, or for the schedule's standard alarms `standard:` and the trigger's text.
    public let id: String
    public let trigger: AlarmTrigger

    public init(id: String, trigger: AlarmTrigger) {
        self.id = id
        self.trigger = trigger
    }

    /// One of the schedule's standard alarms: named by what it says, so that it stays the same alarm
    /// when the standard is written anew.
    public init(standard trigger: AlarmTrigger) {
        self.init(id: "standard:" + trigger.text, trigger: trigger)
    }

    public var isStandard: Bool { id.hasPrefix("standard:") }
}

/// The alarms of a meeting.
public enum Alarms: Hashable, Sendable {
    /// Whatever the schedule's default is for that form.
    case standard
    /// The meeting's own; none, where empty.
    case own([Alarm])
}
