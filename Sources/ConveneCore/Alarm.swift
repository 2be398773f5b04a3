/// A standing wish: '10 minutes before'.
public struct Alarm: Hashable, Sendable {
    /// A random UUID, or for the schedule's standard alarms `standard:` and the trigger's text.
    public let id: String
    public let trigger: AlarmTrigger
    public let whenLate: WhenLate

    public init(id: String, trigger: AlarmTrigger, whenLate: WhenLate = .keep) {
        self.id = id
        self.trigger = trigger
        self.whenLate = whenLate
    }

    /// One of the schedule's standard alarms: named by what it says, so that it stays the same alarm
    /// when the standard is written anew.
    public init(standard trigger: AlarmTrigger, whenLate: WhenLate = .keep) {
        self.init(id: "standard:" + trigger.text, trigger: trigger, whenLate: whenLate)
    }

    public var isStandard: Bool { id.hasPrefix("standard:") }

    /// Whether it is said of what stands so: of what was held only what comes after its end, as that minutes are due.
    public func reminds(of status: Status) -> Bool {
        if case .afterEnd = trigger, status == .held { return true }
        return status.reminds
    }

    /// In words that are read back: `15 min before`, `15 min before, drop when late`.
    public var words: String {
        if isSnooze { return "put off, \(trigger.words)" }
        return whenLate == .keep ? trigger.words : "\(trigger.words), drop when late"
    }

    /// The same wish, whatever is to become of it when it is late.
    func isSame(as other: Alarm) -> Bool { id == other.id && trigger == other.trigger }
}

/// What becomes of a reminder that cannot be said in time.
public enum WhenLate: String, Hashable, CaseIterable, Sendable {
    /// It is said late while it is of use, and else as missed.
    case keep
    /// It is not said any more.
    case drop

    /// Seconds after its hour from which on a reminder is late; before, nobody would notice.
    public static let grace: Int64 = 60
}

/// The alarms of a meeting.
public enum Alarms: Hashable, Sendable {
    /// Whatever the schedule's default is for that form.
    case standard
    /// The default as somebody had set it when the meeting was planned.
    case adopted(StandardAlarms)
    /// The meeting's own; none, where empty.
    case own([Alarm])
}
