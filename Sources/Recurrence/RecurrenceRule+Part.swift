extension RecurrenceRule {
    /// A part of an RRULE, in the order in which they are written.
    public enum Part: String, Hashable, CaseIterable, Sendable {
        case calendar = "RSCALE"
        case frequency = "FREQ"
        case until = "UNTIL"
        case count = "COUNT"
        case interval = "INTERVAL"
        case bySecond = "BYSECOND"
        case byMinute = "BYMINUTE"
        case byHour = "BYHOUR"
        case byDay = "BYDAY"
        case byMonthDay = "BYMONTHDAY"
        case byYearDay = "BYYEARDAY"
        case byWeekNumber = "BYWEEKNO"
        case byMonth = "BYMONTH"
        case bySetPosition = "BYSETPOS"
        case weekStart = "WKST"
        case skip = "SKIP"

        /// The numbers that the part may hold, not counting those from the end; for BYDAY, the ordinals.
        var allowed: ClosedRange<Int> {
            switch self {
            case .bySecond: 0...60
            case .byMinute: 0...59
            case .byHour: 0...23
            case .byDay, .byWeekNumber: 1...53
            case .byMonthDay: 1...31
            case .byYearDay, .bySetPosition: 1...366
            case .byMonth: 1...12
            // More is beyond every calendar.
            case .count, .interval: 1...Int(Int32.max)
            case .calendar, .frequency, .until, .weekStart, .skip: 0...0
            }
        }

        /// Whether −1 means the last.
        var countsFromEnd: Bool {
            switch self {
            case .byDay, .byWeekNumber, .byMonthDay, .byYearDay, .bySetPosition: true
            default: false
            }
        }

        func allows(_ value: Int) -> Bool {
            allowed.contains(value) || countsFromEnd && value < 0 && allowed.contains(-value)
        }
    }

    /// The numbers of a part that is a list of them.
    func numbers(_ part: Part) -> [Int] {
        switch part {
        case .bySecond: bySecond
        case .byMinute: byMinute
        case .byHour: byHour
        case .byMonthDay: byMonthDay
        case .byYearDay: byYearDay
        case .byWeekNumber: byWeekNumber
        case .byMonth: byMonth
        case .bySetPosition: bySetPosition
        default: []
        }
    }
}
