import ConveneCore
import ZonedTime

// When something is, and what became of it, in the words of the log.
extension Timing {
    /// `Thu 26 Sep 15:30 New York`.
    var words: String { "\(day)\(form == .hourOpen ? ", \(hours ?? "")," : hours.map { " \($0)" } ?? "") \(cityName)" }

    /// What was and what is, without what both have in common: `hour open → 11:00–12:30`,
    /// `Thu 26 Sep 15:30 → Fri 27 Sep 09:00`, `10:00 Seoul → 09:00 Tokyo`.
    func words(instead old: Timing) -> String {
        let isSameDay = old.hours != nil && hours != nil && old.start.date == start.date
        // Of an hour that stays, its length is the news.
        let isSameHour = isSameDay && old.form == form && old.start == start
        let sides = [old, self].enumerated().map { index, timing in
            let hours = index == 1 || isSameHour ? timing.span ?? timing.hours : timing.hours
            let when = [isSameDay ? nil : timing.day, hours].compactMap { $0 }.joined(separator: " ")
            return old.cityName == cityName ? when : "\(when) \(timing.cityName)"
        }
        return sides.joined(separator: " → ")
    }

    private var day: String {
        switch form {
        case .timed, .hourOpen: NotificationMessage.day(start.date)
        case .wholeDays: NotificationMessage.days(start.date, lastDay)
        case .window: "some day \(NotificationMessage.days(start.date, lastDay))"
        }
    }

    private var hours: String? {
        switch form {
        case .timed: NotificationMessage.hour(start.time)
        case .hourOpen: "hour open"
        case .wholeDays, .window: nil
        }
    }

    /// `11:00–12:30`, where it ends on the day on which it begins.
    private var span: String? {
        guard isTimed, duration.days == 0, duration.seconds > 0,
            let end = start.advanced(bySeconds: duration.seconds), end.date == start.date
        else { return nil }
        return "\(NotificationMessage.hour(start.time))–\(NotificationMessage.hour(end.time))"
    }

    private var cityName: String { city ?? Cities.label(of: zone) }
}
