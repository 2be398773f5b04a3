import ConveneCore
import ConveneStore
import ZonedTime

/// What is worth a second look about the hours of a change: reminders at night here, a meeting at night there, and a
/// reminder that has named an hour that is no longer true. They never stop anyone, and what was accepted before is
/// not pointed out again.
struct HourWarnings {
    let desk: Desk
    let standard: StandardAlarms
    let night: Night?
    /// What the person called the meeting, or its number.
    let name: String

    private struct Reminders {
        let all: [Reminder]
        let atNight: [Reminder]
    }

    /// - Parameters:
    ///   - old: the meeting and the date as they were; `nil` where it is new.
    func warnings(
        _ meeting: CoreMeeting, _ occurrence: CoreOccurrence, old: (meeting: CoreMeeting, occurrence: CoreOccurrence?)?
    ) throws -> [String] {
        guard let night else { return [] }
        return [
            try reminders(meeting, occurrence, old, night), place(occurrence, old?.occurrence, night),
        ].compactMap(\.self)
    }

    // MARK: Reminders at night here

    private func reminders(
        _ meeting: CoreMeeting, _ occurrence: CoreOccurrence,
        _ old: (meeting: CoreMeeting, occurrence: CoreOccurrence?)?,
        _ night: Night
    ) throws -> String? {
        let present = try reminders(meeting, occurrence, after: desk.now, night)
        let accepted = try old.flatMap { old in
            try old.occurrence.map { try reminders(old.meeting, $0, after: .distantPast, night) }
        }
        let known = Set((accepted?.atNight ?? []).map(\.alarm.id))
        let fresh = present.atNight.filter { !known.contains($0.alarm.id) }
        guard let first = fresh.first else { return nil }
        var sentence: String
        switch (fresh.count, present.all.count) {
        case (1, 1): sentence = "It comes at night here."
        case (2, 2): sentence = "Both come at night here."
        case (let count, let all) where count == all: sentence = "All \(count) come at night here."
        case (1, _): sentence = "\(words(first.due)) is at night here."
        default: sentence = "\(fresh.count) of \(present.all.count) reminders come at night here."
        }
        if let better = better(than: fresh, among: present.all, night) {
            sentence += " Another: convene remind add \(quoted(name)) \"\(better)\""
        }
        return sentence
    }

    /// Those that count from the meeting: who names an hour means it.
    private func reminders(
        _ meeting: CoreMeeting, _ occurrence: CoreOccurrence, after instant: Instant, _ night: Night
    ) throws -> Reminders {
        let all = try meeting.reminders(of: occurrence, after: instant, standard: standard, in: desk.zones)
        return Reminders(
            all: all,
            atNight: all.filter {
                !$0.alarm.trigger.isFixed && night.contains(desk.reader.reading(at: $0.due).time)
            })
    }

    /// Six in the evening before the first of them, or the next before which that is still to come.
    private func better(than reminders: [Reminder], among all: [Reminder], _ night: Night) -> String? {
        let evening = CivilTime(hour: 18, minute: 0) ?? .midnight
        guard !night.contains(evening) else { return nil }
        for reminder in reminders {
            let reading = desk.reader.reading(at: reminder.due)
            let day = reading.time < evening ? reading.date.advanced(byDays: -1) ?? reading.date : reading.date
            let instant = desk.reader.instant(of: CivilDateTime(day, evening))
            guard instant > desk.now, !all.contains(where: { $0.due == instant }) else { continue }
            return "\(typed(day)) \(NotificationMessage.hour(evening))"
        }
        return nil
    }

    /// A day as one types it: `wed` in the days to come, else `25 sep`.
    private func typed(_ day: CivilDate) -> String {
        let today = desk.today
        switch day.days(since: today) {
        case 0: return "today"
        case 1...6: return NotificationMessage.weekday(day).lowercased()
        default:
            let date = "\(day.day) \(NotificationMessage.month(day).lowercased())"
            return day.year == today.year ? date : "\(date) \(day.year)"
        }
    }

    private func words(_ instant: Instant) -> String {
        let reading = desk.reader.reading(at: instant)
        return "\(NotificationMessage.day(reading.date)) \(NotificationMessage.hour(reading.time))"
    }

    private func quoted(_ name: String) -> String { name.contains(" ") ? "\"\(name)\"" : name }

    // MARK: The meeting at night there

    private func place(_ occurrence: CoreOccurrence, _ old: CoreOccurrence?, _ night: Night) -> String? {
        let timing = occurrence.timing
        guard timing.isTimed, occurrence.status.reminds, night.contains(timing.start.time) else { return nil }
        if let old, old.timing.isTimed, night.contains(old.timing.start.time) { return nil }
        let city = timing.city ?? Cities.label(of: timing.zone)
        let sentence = "\(NotificationMessage.hour(timing.start.time)) is at night in \(city)."
        guard let other = timing.start.time.halfADayAway, !night.contains(other) else { return sentence }
        let part = other.hour < 12 ? "morning" : "afternoon"
        return "\(sentence) For the \(part): convene undo, then \(NotificationMessage.hour(other))"
    }
}

extension CivilTime {
    /// What somebody may have meant who left out whether it is morning or afternoon.
    fileprivate var halfADayAway: CivilTime? { CivilTime(hour: (hour + 12) % 24, minute: minute, second: second) }
}
