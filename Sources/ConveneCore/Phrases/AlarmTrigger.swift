public import ZonedTime

/// When an alarm is due, as a person wished it.
///
/// Days are nominal: a day before 10:00 is 10:00 the day before, whatever the clocks do in between. They are counted
/// on the wall clock of the meeting; a fixed time has its own.
public enum AlarmTrigger: Hashable, Sendable {
    /// So long before the start; not negative.
    case beforeStart(CalendarDuration)
    /// So long after the start; not negative.
    case afterStart(CalendarDuration)
    /// So long after the end; not negative.
    case afterEnd(CalendarDuration)
    /// At a fixed time, and how that was said: another release of the zone data may give it another instant.
    case at(Instant, said: ZonedReading)
    /// While a window has no date: some days before its end (a third of it, at most ten), on a working day.
    case windowEnds
    /// While a window has no date: on its last working day.
    case lastCall

    /// Whether another end makes it another reminder.
    var countsFromEnd: Bool {
        switch self {
        case .afterEnd, .windowEnds, .lastCall: true
        case .beforeStart, .afterStart, .at: false
        }
    }
}

/// A reading of the wall clock in a zone that is named, not looked up.
public struct ZonedReading: Hashable, Sendable {
    public let reading: CivilDateTime
    /// The IANA name of the zone.
    public let zone: String

    public init(_ reading: CivilDateTime, zone: String) {
        self.reading = reading
        self.zone = zone
    }
}

extension AlarmTrigger {
    /// A fixed time, its instant taken from the zone.
    public static func at(_ reading: CivilDateTime, in zone: TimeZone) -> AlarmTrigger {
        .at(zone.instant(of: reading), said: ZonedReading(reading, zone: zone.identifier))
    }

    /// One line that is stable and is read back: `-PT15M`, `+PT10M`, `END+PT1H`, and for a fixed time
    /// `2019-09-25T18:00:00+09:00[Asia/Seoul]` (RFC 9557).
    public var text: String {
        switch self {
        case .beforeStart(let length): "-\(length.iso8601)"
        case .afterStart(let length): "+\(length.iso8601)"
        case .afterEnd(let length): "END+\(length.iso8601)"
        case .at(let instant, let said):
            "\(instant.rfc3339(at: said.reading.offset(from: instant)))[\(said.zone)]"
        case .windowEnds: "WINDOW"
        case .lastCall: "WINDOW-LAST"
        }
    }

    /// Reads what `text` wrote, or `nil` if it is anything else.
    public init?(text: String) {
        if text == "WINDOW" {
            self = .windowEnds
        } else if text == "WINDOW-LAST" {
            self = .lastCall
        } else if let length = CalendarDuration(afterPrefix: "END+", in: text) {
            self = .afterEnd(length)
        } else if let length = CalendarDuration(afterPrefix: "-", in: text) {
            self = .beforeStart(length)
        } else if let length = CalendarDuration(afterPrefix: "+", in: text) {
            self = .afterStart(length)
        } else {
            let parts = text.split(separator: "[", maxSplits: 1)
            guard parts.count == 2, parts[1].last == "]", let instant = Instant(rfc3339: parts[0]),
                let reading = CivilDateTime(iso8601: parts[0].prefix(19))
            else { return nil }
            self = .at(instant, said: ZonedReading(reading, zone: String(parts[1].dropLast())))
        }
    }

    /// In words: `15 min before`, `1 day before`, `1 hour after the end`, `Wed 25 Sep 2019, 18:00 Seoul`.
    public var words: String {
        switch self {
        case .beforeStart(.zero), .afterStart(.zero): "at the start"
        case .afterEnd(.zero): "at the end"
        case .beforeStart(let length): "\(length.words) before"
        case .afterStart(let length): "\(length.words) after the start"
        case .afterEnd(let length): "\(length.words) after the end"
        case .at(_, let said): "\(said.reading.words) \(Cities.label(of: said.zone))"
        case .windowEnds: "some days before its last day, while it has no date"
        case .lastCall: "on its last working day, while it has no date"
        }
    }
}

extension CivilDateTime {
    /// The offset at which a clock shows this reading at that instant.
    fileprivate func offset(from instant: Instant) -> Offset {
        let (east, overflow) = secondsSinceEpoch.subtractingReportingOverflow(instant.secondsSinceEpoch)
        return overflow ? .utc : Offset(secondsEastOfUTC: Int(east))
    }
}

extension CalendarDuration {
    /// The rest of a text after a prefix, which has no sign of its own.
    fileprivate init?(afterPrefix prefix: String, in text: String) {
        let rest = text.dropFirst(prefix.count)
        guard text.hasPrefix(prefix), rest.hasPrefix("P") else { return nil }
        self.init(iso8601: rest)
    }

    /// `15 min`, `1 hour 30 min`, `1 day`, `2 weeks`; a length back is worded as one forth.
    public var words: String {
        var parts: [String] = []
        func add(_ count: some BinaryInteger, _ singular: String, _ plural: String) {
            if count > 0 { parts.append("\(count) \(count == 1 ? singular : plural)") }
        }
        let isWeeks = days % 7 == 0 && seconds == 0
        add(isWeeks ? days.magnitude / 7 : 0, "week", "weeks")
        add(isWeeks ? 0 : days.magnitude, "day", "days")
        let seconds = seconds.magnitude
        add(seconds / 3_600, "hour", "hours")
        add(seconds / 60 % 60, "min", "min")
        add(seconds % 60, "s", "s")
        return parts.isEmpty ? "0 min" : parts.joined(separator: " ")
    }
}

extension CivilDateTime {
    /// `Wed 25 Sep 2019, 18:00`.
    fileprivate var words: String {
        let month = CalendarWords.short(CalendarWords.monthNames[date.month - 1])
        return "\(CalendarWords.short(date.weekday.name)) \(date.day) \(month) \(date.year), \(time.words)"
    }
}

extension CivilTime {
    /// `09:00`, with seconds only where there are any.
    var words: String {
        second == 0 ? String(iso8601.prefix(5)) : iso8601
    }
}
