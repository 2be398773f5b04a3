import PlainText
public import ZonedTime

/// The sentence that stands in the journal: what, when and where within 44 columns.
public struct NotificationMessage {
    /// 80 columns less what `journalctl` puts before a message.
    public static let columns = 44
    /// So many of them are left to the summary, whatever else is said.
    private static let leastSummary = 8

    private let occurrence: Occurrence
    private let now: Instant
    private let zone: TimeZone
    private let here: TimeZone

    /// - Parameters:
    ///   - zone: the zone of the meeting.
    ///   - here: the zone of the machine; 'tomorrow' is said only where the meeting is on the same day in both.
    public init(_ occurrence: Occurrence, at now: Instant, in zone: TimeZone, here: TimeZone) {
        self.occurrence = occurrence
        self.now = now
        self.zone = zone
        self.here = here
    }

    /// What a reminder says.
    ///
    /// `lateness` is how long after its hour it is written; under a minute it is not worth a word.
    public func reminder(lateness: Int64) -> String {
        let isLate = lateness >= 60
        return NotificationMessage.fit(
            prefix: isLate ? "Late: " : "", summary: occurrence.summary, suffix: mark + (isLate ? lateWords : words))
    }

    public var missed: String {
        // A window has no day that one could have missed.
        let day =
            occurrence.timing.form == .window
            ? NotificationMessage.days(start.date, occurrence.timing.lastDay) : dayWords
        return NotificationMessage.fit(
            prefix: "Missed: ", summary: occurrence.summary, suffix: mark + ", " + day + hourAndPlace)
    }

    /// What is said of a day's sheet that was missed.
    public static func missedSheet(of date: CivilDate) -> String { "Missed: the day's sheet of \(day(date))" }

    /// 'cancelled'; of a series, or of a day that is past, also which date: 'cancelled: Fri 20 Sep'.
    ///
    /// - Parameters:
    ///   - start: where it was to be, as people know it.
    ///   - hasHour: also its hour, where another takes place on that day: 'cancelled: Fri 20 Sep, 10:00'.
    public func calledOff(
        _ start: CivilDateTime, ofSeries isSeries: Bool, withHour hasHour: Bool = false
    ) -> String {
        let day = NotificationMessage.day(start, seenFrom: today, withHour: hasHour && occurrence.timing.isTimed)
        return changed(occurrence.status.rawValue + (isSeries || isPast ? ": \(day)" : ""))
    }

    public func changed(_ what: String) -> String {
        NotificationMessage.fit(prefix: "", summary: occurrence.summary, suffix: " " + what)
    }

    /// 'moved: 16:15 New York', or where that is on another day than was told, or not today, 'moved: Wed 18 Sep, 16:15 New
    /// York'; where people were told of no start, as of one that was cancelled and is not any more, 'takes place: Wed 18
    /// Sep, 16:15 New York', or where it only may take place 'possible: Wed 18 Sep, 16:15 New York'.
    ///
    /// - Parameters:
    ///   - told: the start that people were told; `nil` where they were told of none.
    ///   - toldZone: the zone in which they were told it.
    public func moved(from told: Instant?, in toldZone: TimeZone) -> String {
        let news = told != nil ? "moved:" : isUnsettled ? "\(occurrence.status.rawValue):" : "takes place:"
        guard occurrence.timing.isTimed else {
            let hour = occurrence.timing.form == .hourOpen ? ", hour open," : ""
            return changed("\(news) \(dayWords)\(hour) \(place)")
        }
        let hour = "\(NotificationMessage.hour(start.time)) "
        let isSameDay = told.map { toldZone.reading(at: $0).date } == start.date
        if isSameDay, isToday { return changed("\(news) \(hour)\(place)") }
        // What is told stays whole; the day of the week goes before the name of the meeting is lost.
        let year = NotificationMessage.year(start.date, seenFrom: today)
        let date = "\(start.date.day) \(NotificationMessage.month(start.date))\(year), \(hour)"
        let room = NotificationMessage.columns - NotificationMessage.leastSummary - TextWidth.columns(of: " \(news) ")
        let day = "\(NotificationMessage.weekday(start.date)) \(date)"
        if TextWidth.columns(of: day + place) <= room { return changed("\(news) \(day)\(place)") }
        return changed("\(news) \(date)\(TextWidth.shorten(place, to: room - TextWidth.columns(of: date)))")
    }

    private var start: CivilDateTime { occurrence.timing.start }

    /// After a long sleep it is not, and of a series another date may be under way: an hour alone would be taken for one of
    /// today. What has one date only is not mistaken for another where it is today's date here, but not yet there.
    private var isToday: Bool {
        let zones = occurrence.recurrenceID == nil ? [zone, here] : [zone]
        return zones.contains { $0.reading(at: now).date == start.date }
    }

    private var isPast: Bool { occurrence.timing.lastDay < today }

    private var today: CivilDate { zone.reading(at: now).date }

    private var dayWords: String { NotificationMessage.day(start.date, seenFrom: today) }

    private var place: String { occurrence.timing.city ?? Cities.label(of: occurrence.timing.zone) }

    /// A meeting that may not take place says so in its reminder, however long its name is.
    private var mark: String { isUnsettled ? " (\(occurrence.status.rawValue))" : "" }

    private var isUnsettled: Bool { [.possible, .proposed].contains(occurrence.status) }

    private var hourAndPlace: String {
        occurrence.timing.isTimed ? ", \(NotificationMessage.hour(start.time)) \(place)" : ", \(place)"
    }

    private var words: String {
        let toStart = occurrence.startsAt.seconds(since: now)
        let toEnd = occurrence.endsAt.seconds(since: now)
        switch occurrence.timing.form {
        case .timed where toEnd <= 0:
            return toEnd == 0 ? " ends now" : " ended \(NotificationMessage.length(-toEnd)) ago"
        case .timed where toStart < 0:
            return " began \(NotificationMessage.length(-toStart)) ago"
        case .timed where toStart == 0:
            return " now" + hourAndPlace
        case .timed where toStart <= 6 * 3_600:
            return " in \(NotificationMessage.length(toStart))" + hourAndPlace
        case .window:
            return ": no date yet, \(NotificationMessage.days(start.date, occurrence.timing.lastDay)) \(place)"
        case .hourOpen:
            return day(then: "hour open, \(place)")
        case .timed:
            return day(then: "\(NotificationMessage.hour(start.time)) \(place)")
        case .wholeDays:
            return day(then: place)
        }
    }

    private var lateWords: String {
        let toStart = occurrence.startsAt.seconds(since: now)
        guard occurrence.timing.isTimed, toStart < 0, occurrence.endsAt > now else { return words }
        return " began \(NotificationMessage.length(-toStart)) ago"
    }

    /// ' tomorrow, 11:00 Tokyo' where the calendars there and here agree that it is, else ': Thu 15:30 New York'.
    private func day(then rest: String) -> String {
        let away = start.date.days(since: today)
        let startHere = here.reading(at: occurrence.startsAt).date
        let awayHere = startHere.days(since: here.reading(at: now).date)
        if startHere == start.date, away == awayHere {
            if away == 0 { return " today, \(rest)" }
            if away == 1 { return " tomorrow, \(rest)" }
        }
        if (0..<6).contains(away) {
            return ": \(NotificationMessage.weekday(start.date)) \(rest)"
        }
        return ": \(dayWords), \(rest)"
    }
}

extension NotificationMessage {
    /// What is said while a round or a window has no date: 'No October date: ROK–Japan DG talks (Seoul)'.
    ///
    /// - Parameter round: its name, where it is a round.
    public func open(_ round: String?, host: String?, isLastCall: Bool) -> String {
        let days = NotificationMessage.days(start.date, occurrence.timing.lastDay)
        let name = round ?? days
        if isLastCall {
            return NotificationMessage.fit(prefix: "Last day for \(name): ", summary: occurrence.summary, suffix: "")
        }
        return NotificationMessage.fit(
            prefix: round == nil ? "No date in \(days): " : "No \(name) date: ", summary: occurrence.summary,
            suffix: " (\(host ?? place))")
    }

    /// Shortens the summary, never what was said of its time.
    ///
    /// The journal shows what holds control characters as binary data, and a line break would begin another sentence.
    public static func fit(prefix: String, summary: String, suffix: String) -> String {
        let room = columns - TextWidth.columns(of: prefix) - TextWidth.columns(of: suffix)
        return (prefix + TextWidth.shorten(summary, to: max(leastSummary, room)) + suffix).harmless
    }

    /// '15 min', '2 h', '1 h 30 min', '20 s'.
    public static func length(_ seconds: Int64) -> String {
        if seconds < 60 { return "\(seconds) s" }
        // To the nearest minute: a reminder written a moment late still says what it was set to say.
        let minutes = (seconds + 30) / 60
        if minutes < 60 { return "\(minutes) min" }
        if minutes < 48 * 60 {
            return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
        }
        return "\(minutes / 1_440) days"
    }

    public static func hour(_ time: CivilTime) -> String {
        let minute = time.minute < 10 ? "0\(time.minute)" : "\(time.minute)"
        let hour = time.hour < 10 ? "0\(time.hour)" : "\(time.hour)"
        return "\(hour):\(minute)"
    }

    public static func weekday(_ date: CivilDate) -> String {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][date.weekday.rawValue - 1]
    }

    public static func month(_ date: CivilDate) -> String {
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][date.month - 1]
    }

    public static func day(_ date: CivilDate) -> String {
        "\(weekday(date)) \(date.day) \(month(date))"
    }

    /// ' 2020' where the day and the month alone would be taken for those of another year.
    fileprivate static func year(_ date: CivilDate, seenFrom today: CivilDate) -> String {
        abs(date.days(since: today)) > 183 ? " \(date.year)" : ""
    }

    /// 'Fri 20 Sep'; half a year away or more 'Fri 20 Sep 2019'.
    fileprivate static func day(_ date: CivilDate, seenFrom today: CivilDate) -> String {
        day(date) + year(date, seenFrom: today)
    }

    /// 'Fri 20 Sep', 'Fri 20 Sep, 10:00'; half a year away or more 'Fri 20 Sep 2019'.
    public static func day(_ start: CivilDateTime, seenFrom today: CivilDate, withHour hasHour: Bool) -> String {
        day(start.date, seenFrom: today) + (hasHour ? ", \(hour(start.time))" : "")
    }

    public static func days(_ first: CivilDate, _ last: CivilDate) -> String {
        if first == last { return "\(first.day) \(month(first))" }
        let isSameMonth = first.month == last.month && first.year == last.year
        return isSameMonth
            ? "\(first.day)–\(last.day) \(month(last))" : "\(first.day) \(month(first)) – \(last.day) \(month(last))"
    }
}
