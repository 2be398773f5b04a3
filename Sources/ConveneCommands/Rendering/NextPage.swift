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
            var sheet = Sheet(
                number: occurrence.number, summary: occurrence.summary, status: occurrence.status.rawValue,
                columns: columns)
            let timing = Timing(occurrence)
            for line in timing.lines() { sheet.add(line) }
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
        if seconds > 0 { return "In \(NextPage.length(seconds))" }
        guard let end = Instant(rfc3339: occurrence.endsAt) else { return nil }
        let rest = end.seconds(since: now)
        return rest > 0 ? "Now, for \(NextPage.length(rest)) more" : nil
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
