/// What a secretariat has decided for its schedule as a whole.
public struct ScheduleSettings: Hashable, Sendable {
    /// What new meetings are reminded of; those that are there keep what they had.
    public var alarms: StandardAlarms?
    /// When the day's sheet comes; `nil` for never.
    public var digest: Digest?
    /// Seconds for which a change waits before it is told: a slip and its undo stay at the desk.
    public var changePause = ScheduleSettings.usualChangePause
    /// When reminders are pointed out as coming at night; `nil` for never.
    public var night: Night? = .usual

    public static let usualChangePause: Int64 = 120
    /// At most an hour: a change that waits longer comes too late for who was told otherwise.
    public static let longestChangePause: Int64 = 3_600

    public init() {}
}

extension StandardAlarms {
    /// One line that is read back: `-P1D,-PT15M drop|-P1D`.
    public var text: String {
        [timed, days].map { alarms in
            alarms.map { $0.trigger.text + ($0.whenLate == .keep ? "" : " \($0.whenLate.rawValue)") }
                .joined(separator: ",")
        }.joined(separator: "|")
    }

    /// Reads what `text` wrote, or `nil` if it is anything else.
    public init?(text: String) {
        let lists = text.split(separator: "|", omittingEmptySubsequences: false)
        guard lists.count == 2, let timed = StandardAlarms.alarms(lists[0]), let days = StandardAlarms.alarms(lists[1])
        else { return nil }
        self.init(alarms: timed, days: days)
    }

    private static func alarms(_ text: Substring) -> [Alarm]? {
        var alarms: [Alarm] = []
        for item in text.split(separator: ",") {
            let parts = item.split(separator: " ")
            guard let trigger = AlarmTrigger(text: String(parts[0])), parts.count <= 2 else { return nil }
            guard parts.count == 2 else {
                alarms.append(Alarm(standard: trigger))
                continue
            }
            guard let whenLate = WhenLate(rawValue: String(parts[1])) else { return nil }
            alarms.append(Alarm(standard: trigger, whenLate: whenLate))
        }
        return alarms
    }
}
