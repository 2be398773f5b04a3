import ZonedTime

/// A day, or a day and a time of day, as the protocol's civil texts have it.
struct Reading: Hashable {
    let date: CivilDate
    let time: CivilTime?

    init(_ date: CivilDate, _ time: CivilTime? = nil) {
        self.date = date
        self.time = time
    }

    /// Reads `2019-09-20` or `2019-09-20T11:00:00`, or `nil` if it is anything else.
    init?(_ text: String) {
        if let date = CivilDate(iso8601: text) {
            self.init(date)
        } else if let reading = CivilDateTime(iso8601: text) {
            self.init(reading.date, reading.time)
        } else {
            return nil
        }
    }

    /// `Fri 20 Sep 11:00`, with the year where it is not `year`.
    func short(knowing year: Int) -> String {
        let day = date.year == year ? date.short : date.long
        return time.map { "\(day) \($0.text)" } ?? day
    }
}

extension CivilDate {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// `September`.
    var monthName: String { CivilDate.months[month - 1] }

    /// `Sep`.
    var monthShort: String { String(monthName.prefix(3)) }

    /// `20 Sep`.
    var dayAndMonth: String { "\(day) \(monthShort)" }

    /// `Fri 20`.
    var weekdayAndDay: String { "\(weekday.short) \(day)" }

    /// `Fri 20 Sep`.
    var short: String { "\(weekday.short) \(dayAndMonth)" }

    /// `Fri 20 Sep 2019`.
    var long: String { "\(short) \(year)" }

    /// `Fri 20 September 2019`.
    var full: String { "\(weekday.short) \(day) \(monthName) \(year)" }
}

extension Weekday {
    private static let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// `Fri`.
    var short: String { Weekday.names[rawValue - 1] }
}

extension CivilTime {
    /// `11:00`; with seconds where there are any.
    var text: String { second == 0 ? String(iso8601.prefix(5)) : iso8601 }
}

/// Days from one to another, both included.
struct DaySpan: Hashable {
    let first: CivilDate
    let last: CivilDate

    var count: Int { last.days(since: first) + 1 }

    /// `Tue 24 – Mon 30 Sep 2019`, `Mon 30 Sep – Wed 2 Oct 2019`, `Fri 20 Sep 2019`.
    var long: String {
        if first.year != last.year { return "\(first.long) – \(last.long)" }
        return "\(short) \(last.year)"
    }

    /// `Tue 24 – Mon 30 Sep`; where the years differ, with both.
    var short: String {
        if first == last { return last.short }
        if first.year != last.year { return long }
        return first.month == last.month ? "\(first.weekdayAndDay) – \(last.short)" : "\(first.short) – \(last.short)"
    }

    /// `24–30 Sep`, `30 Sep – 2 Oct`; of one day `Tue 24 Sep`, of a whole month `October`.
    var compact: String {
        if first == last { return last.short }
        if isWholeMonth { return first.monthName }
        return first.month == last.month && first.year == last.year
            ? "\(first.day)–\(last.dayAndMonth)" : "\(first.dayAndMonth) – \(last.dayAndMonth)"
    }

    var isWholeMonth: Bool {
        first.day == 1 && first.year == last.year && first.month == last.month
            && last.day == CivilDate.daysInMonth(year: last.year, month: last.month)
    }
}
