import ConveneAPI
import ZonedTime

/// A span on one wall clock, in the words in which one would say it.
struct ClockSpan: Hashable {
    let start: Reading
    let end: Reading
    /// What people call the place of that clock.
    let place: String
    let zone: String

    /// Reads a span of the protocol, or `nil` where it does not hold dates.
    init?(_ span: Span) {
        guard let start = Reading(span.start), let end = Reading(span.end) else { return nil }
        self.start = start
        self.end = end
        self.zone = span.zone
        self.place = span.city ?? Zone.label(span.zone)
    }

    /// Whether both clocks show the same.
    func hasSameTimes(as other: ClockSpan) -> Bool { start == other.start && end == other.end }

    /// The days that it touches. A meeting that ends at midnight does not touch the day that begins then.
    var days: DaySpan {
        let endsAtMidnight = end.time == .midnight && end.date > start.date && start.time != nil
        let last = endsAtMidnight ? end.date.advanced(byDays: -1) ?? end.date : end.date
        return DaySpan(first: start.date, last: max(start.date, last))
    }

    /// `11:00–12:30`, `22:00–24:00`; of no length `11:00`. `nil` for days.
    var hours: String? {
        guard let from = start.time else { return nil }
        guard let to = end.time, end != start else { return from.text }
        return "\(from.text)–\(to == .midnight ? "24:00" : to.text)"
    }

    /// It ends within a day of its start, if perhaps after midnight: `23:00–01:00` says all.
    var isWithinADay: Bool {
        guard let from = start.time, let to = end.time else { return start.date == end.date }
        return end.date.days(since: start.date) * 86_400 + to.secondOfDay - from.secondOfDay < 86_400
            || days.count == 1
    }

    /// The span in full: `Fri 20 Sep 2019, 11:00–12:30`, `Tue 24 – Mon 30 Sep 2019`.
    func phrase(_ form: Form) -> String {
        switch form {
        case .timed:
            guard let hours, let from = start.time, let to = end.time else { return days.long }
            if days.count == 1 { return "\(start.date.long), \(hours)" }
            let first = start.date.year == end.date.year ? start.date.short : start.date.long
            return "\(first), \(from.text) – \(end.date.long), \(to.text)"
        case .wholeDays:
            return days.count == 1 ? "\(days.long), all day" : days.long
        case .hourOpen:
            return "\(start.date.long), hour open"
        case .window:
            return days.isWholeMonth
                ? "Some day in \(days.first.monthName) \(days.first.year)" : "Some day \(days.long)"
        }
    }

    /// What was and what is: `Thu 26 Sep 2019, 15:30 → 16:15–17:05`.
    func phrase(_ form: Form, movedFrom before: ClockSpan, _ formBefore: Form) -> String {
        let now = phrase(form)
        if form != formBefore { return now }
        guard form == .timed, let from = before.start.time, let hours, let hoursBefore = before.hours else {
            let daysBefore = before.days.first.year == days.first.year ? before.days.short : before.days.long
            return "\(form == .window ? "Some day " : "")\(daysBefore) → \(now)"
        }
        if before.start.date == start.date, days.count == 1 {
            return "\(start.date.long), \(before.start == start ? hoursBefore : from.text) → \(hours)"
        }
        return "\(before.start.short(knowing: start.date.year).replacingLastSpace(with: ", ")) → \(now)"
    }
}

/// How zones are called where nobody named a city.
enum Zone {
    /// `Asia/Seoul` is Seoul, `America/Argentina/Buenos_Aires` Buenos Aires; what names no place stays as it is.
    static func label(_ identifier: String) -> String {
        guard let slash = identifier.lastIndex(of: "/"), !identifier.hasPrefix("Etc/") else { return identifier }
        return String(identifier[identifier.index(after: slash)...].map { $0 == "_" ? " " : $0 })
    }
}

extension String {
    /// `Fri 20 Sep 11:00` becomes `Fri 20 Sep, 11:00`.
    fileprivate func replacingLastSpace(with separator: String) -> String {
        guard let space = lastIndex(of: " ") else { return self }
        return self[..<space] + separator + self[index(after: space)...]
    }
}
