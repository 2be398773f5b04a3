import ConveneAPI
import ZonedTime

/// What comes next, each with how long it is until then.
struct NextPage {
    let columns: Int
    /// The daemon's time.
    let now: Instant

    func lines(_ occurrences: [Occurrence]) -> [Line] {
        if occurrences.isEmpty { return ["Nothing is planned."] }
        return occurrences.flatMap { occurrence in
            let round = occurrence.round
            var sheet = Sheet(
                number: MeetingName.number(occurrence.number, round),
                summary: MeetingName.summary(occurrence.summary, round),
                status: MeetingName.standing(occurrence.status, round), columns: columns)
            let timing = Timing(occurrence)
            if round?.standing == .open {
                if let host = round?.host { sheet.add("\(host) hosts") }
            } else {
                for line in timing.lines(columns: columns - sheet.indent) { sheet.add(line) }
            }
            if let countdown = countdown(occurrence) { sheet.add(countdown) }
            sheet.add(place: occurrence.place, beside: occurrence.there.city)
            if let note = occurrence.note { sheet.add(label: "Note", note) }
            if let clockChange = timing.clockChange { sheet.warn(clockChange) }
            return sheet.lines
        }
    }

    /// `in 2 days 3 hours`, `in 45 min`, `now, for 20 min more`.
    private func countdown(_ occurrence: Occurrence) -> String? {
        guard occurrence.form != .window, let start = Instant(rfc3339: occurrence.startsAt) else { return nil }
        let seconds = start.seconds(since: now)
        if occurrence.form == .hourOpen || occurrence.form == .wholeDays && seconds > 0 {
            return days(until: start, saidAs: occurrence.startsAt)
        }
        if seconds > 0 { return "In \(NextPage.length(seconds))" }
        guard let end = Instant(rfc3339: occurrence.endsAt) else { return nil }
        let rest = end.seconds(since: now)
        return rest > 0 ? "Now, for \(NextPage.length(rest)) more" : nil
    }

    /// `In 2 days`, `Tomorrow`, `Today`, by the calendar there: a day without an hour begins at no midnight.
    private func days(until start: Instant, saidAs text: String) -> String? {
        guard let there = CivilDateTime(iso8601: String(text.prefix(19))) else { return nil }
        let today = there.secondsSinceEpoch - start.seconds(since: now)
        let days = (there.secondsSinceEpoch - today.dayStart) / 86_400
        return days < 0 ? nil : days == 0 ? "Today" : days == 1 ? "Tomorrow" : "In \(days) days"
    }

    /// Two units are enough: `2 days 3 hours`, `3 hours 5 min`, `1 min`.
    static func length(_ seconds: Int64) -> String {
        let minutes = (seconds + 59) / 60
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
        let parts = [
            days > 0 ? "\(days) \(days == 1 ? "day" : "days")" : nil,
            hours > 0 ? "\(hours) \(hours == 1 ? "hour" : "hours")" : nil,
            rest > 0 && days == 0 ? "\(rest) min" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: " ")
    }
}

extension Int64 {
    /// The midnight at or before a reading in seconds.
    fileprivate var dayStart: Int64 { self - ((self % 86_400) + 86_400) % 86_400 }
}
