import ZonedTime

/// That a meeting is to be decided, since the one that it waits for is called off: asked after the pause, and once more on the
/// third morning there.
struct AgreedQuestion: Hashable {
    let id: String
    let askedAt: Int64
    /// `nil` where the meeting is over by then.
    let again: Int64?

    static let prefix = "decision:"
    static let again = "/again"
    /// Seconds in which an undo keeps the slip at the desk.
    static let pause: Int64 = 120

    init(id: String, about meeting: AgreedMeeting, at now: Int64, _ time: AgreedTime) {
        self.id = id
        askedAt = now
        let morning = (time.reading(now, meeting.zone) / 86_400 + 3) * 86_400 + 9 * 3_600
        let again = time.instant(morning, meeting.zone)
        self.again = again < time.instant(meeting.start, meeting.zone) + meeting.length ? again : nil
    }

    /// What comes of it, wherever the meeting is moved since.
    func reminders(about uid: String) -> [AgreedReminder] {
        let first = AgreedAlarm(id: AgreedQuestion.prefix + id, wish: .at(askedAt + AgreedQuestion.pause))
        let second = again.map { AgreedAlarm(id: first.id + AgreedQuestion.again, wish: .at($0)) }
        return [first, second].compactMap(\.self).map { AgreedQuestion.reminder($0, about: uid) }
    }

    private static func reminder(_ alarm: AgreedAlarm, about uid: String) -> AgreedReminder {
        AgreedReminder(uid: uid, original: nil, start: 0, zone: "UTC", alarm: alarm)
    }

    static func name(_ alarm: String, about uid: String) -> String {
        AgreedReminder.name(uid, alarm, nil, 0, "UTC", nil)
    }
}

extension AgreedReminder {
    /// It asks for a decision.
    var isQuestion: Bool { alarm.id.hasPrefix(AgreedQuestion.prefix) }
    /// It waits for the morning of its own, not for the pause.
    var isAskedAgain: Bool { isQuestion && alarm.id.hasSuffix(AgreedQuestion.again) }
}
