public import ZonedTime

/// What a day brings, in words: a heading, and a line for each meeting, on the reader's clock.
public struct DaySheet {
    /// At most so many meetings have a line of their own.
    public static let limit = 20

    public let date: CivilDate
    private let zone: TimeZone
    private let occurrences: [Occurrence]

    /// - Parameter occurrences: those of the day, in the order of their starts.
    public init(_ date: CivilDate, in zone: TimeZone, _ occurrences: [Occurrence]) {
        self.date = date
        self.zone = zone
        self.occurrences = occurrences
    }

    /// The instants between which the day lies.
    public static func span(of date: CivilDate, in zone: TimeZone) -> Range<Instant> {
        let begin = zone.firstInstant(of: date)
        return begin..<max(begin, zone.firstInstant(of: date.advanced(byDays: 1) ?? .max))
    }

    /// Whether a day's sheet names it: it takes place, and has a date.
    public static func names(_ occurrence: Occurrence) -> Bool {
        occurrence.status.reminds && occurrence.timing.form != .window
    }

    /// `Wed 25 Nov, Seoul time: 2 meetings`, then `11:00 ROK–Japan DG talks, Tokyo`.
    public var message: String {
        let day = "\(NotificationMessage.day(date)), \(Cities.label(of: zone.identifier)) time: "
        guard !occurrences.isEmpty else { return day + "nothing planned" }
        var lines = [day + (occurrences.count == 1 ? "1 meeting" : "\(occurrences.count) meetings")]
        lines += occurrences.prefix(DaySheet.limit).map(line)
        if occurrences.count > DaySheet.limit { lines.append("and \(occurrences.count - DaySheet.limit) more") }
        return lines.joined(separator: "\n")
    }

    /// `11:00`; of one that began on a day before, `until 11:00`.
    private func hours(_ occurrence: Occurrence) -> String {
        let day = DaySheet.span(of: date, in: zone)
        guard occurrence.startsAt < day.lowerBound else {
            return NotificationMessage.hour(zone.reading(at: occurrence.startsAt).time)
        }
        guard occurrence.endsAt < day.upperBound else { return "all day" }
        return "until \(NotificationMessage.hour(zone.reading(at: occurrence.endsAt).time))"
    }

    private func line(_ occurrence: Occurrence) -> String {
        let timing = occurrence.timing
        let when: String
        if timing.form == .hourOpen {
            when = "hour open"
        } else {
            when = timing.isTimed ? hours(occurrence) : "all day"
        }
        let status = [.proposed, .possible].contains(occurrence.status) ? " (\(occurrence.status.rawValue))" : ""
        return NotificationMessage.fit(
            prefix: "\(when) ", summary: occurrence.summary + status,
            suffix: ", \(timing.city ?? Cities.label(of: timing.zone))")
    }
}
