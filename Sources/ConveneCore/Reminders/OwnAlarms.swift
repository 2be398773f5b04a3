// A meeting's own alarms, which last through its forms: a window is dated one day, and a date can become a window.
//
// What the standard gave for a form that the meeting does not have now is kept beside the rest, under an id that names
// the form; what was taken away leaves a mark, since a set that says nothing of a form has what the standard gives it.

extension AlarmTrigger {
    /// Whether it asks for a date, and so is nothing for what has one.
    public var asksForDate: Bool { self == .windowEnds || self == .lastCall }
}

extension Alarm {
    private static let timedPrefix = "standard:timed:"
    private static let daysPrefix = "standard:days:"
    private static let removedPrefix = "standard:none:"

    /// Whether it only marks that somebody took it away.
    public var isRemoved: Bool { id.hasPrefix(Alarm.removedPrefix) }

    /// The mark that it was taken away.
    public var removed: Alarm { Alarm(id: Alarm.removedPrefix + trigger.text, trigger: trigger) }

    /// Whether it is one of an occurrence in that form: a window has no start that one could count from.
    public func applies(to timing: Timing) -> Bool {
        if isRemoved { return false }
        if trigger.isFixed || isSnooze { return true }
        guard timing.form != .window else { return trigger.asksForDate }
        if trigger.asksForDate { return false }
        return timing.isTimed ? !id.hasPrefix(Alarm.daysPrefix) : !id.hasPrefix(Alarm.timedPrefix)
    }

    /// One of the standard for meetings at an hour, or in days, kept for when the meeting is that.
    fileprivate func waiting(forHour isTimed: Bool) -> Alarm {
        let prefix = isTimed ? Alarm.timedPrefix : Alarm.daysPrefix
        return Alarm(id: prefix + trigger.text, trigger: trigger, whenLate: whenLate)
    }
}

extension StandardAlarms {
    /// The alarms that a meeting keeps as its own when one is added or taken away: what it has in every form.
    ///
    /// Where it has none, the marks that nothing asks for its date: who wished no reminder is not asked because of
    /// another one.
    public func kept(of meeting: Meeting) -> [Alarm] {
        switch meeting.alarms {
        case .own(let own) where own.isEmpty: windows.map(\.removed)
        case .own(let own): whole(own, for: meeting.timing)
        case .standard: kept(for: meeting.timing)
        case .adopted(let adopted): adopted.kept(for: meeting.timing)
        }
    }

    private func kept(for timing: Timing) -> [Alarm] {
        let isWindow = timing.form == .window
        func shared(_ alarm: Alarm, _ others: [Alarm]) -> Bool { others.contains { $0.trigger == alarm.trigger } }
        // What it has now keeps its name: it may have been said.
        let hours = timed.map { alarm in
            timing.isTimed || shared(alarm, days) ? alarm : alarm.waiting(forHour: true)
        }
        let others = days.filter { !shared($0, timed) }.map { alarm in
            timing.isTimed || isWindow ? alarm.waiting(forHour: false) : alarm
        }
        return hours + others + windows
    }

    /// An own set in which every form is spoken of; where it was given by name, also that the standard is not meant.
    private func whole(_ own: [Alarm], for timing: Timing) -> [Alarm] {
        func lacking(_ alarms: [Alarm]) -> [Alarm] {
            alarms.filter { alarm in !own.contains { $0.trigger == alarm.trigger } }
        }
        let counts = own.contains { $0.isStandard && !$0.trigger.asksForDate }
        guard own.contains(where: { $0.trigger.asksForDate }) else {
            return own + windows + (counts ? [] : timed.map(\.removed))
        }
        let isOfWindow = own.contains { $0.trigger.asksForDate && !$0.isRemoved }
        return isOfWindow && !counts ? own + lacking(kept(for: timing)) : own
    }

    /// An own set with what the standard gives for a form of which it says nothing.
    ///
    /// So it is with what was given by name, which says nothing of the time without a date; and with sets of a window
    /// that were stored before the other form was kept too.
    func completed(_ own: [Alarm], for timing: Timing) -> [Alarm] {
        if timing.form == .window {
            return own.contains { $0.trigger.asksForDate } ? own : own + windows
        }
        let isOfWindow = own.contains { $0.trigger.asksForDate && !$0.isRemoved }
        let counts = own.contains { $0.isStandard && !$0.trigger.asksForDate }
        guard isOfWindow, !counts else { return own }
        return own + alarms(for: timing).filter { alarm in !own.contains { $0.trigger == alarm.trigger } }
    }
}
