public import ZonedTime

extension RecurrenceRule {
    /// The rule with the parts that it leaves to its start (RFC 5545 §3.3.10: "information … from DTSTART").
    ///
    /// So written out, it means the same days and times from another start on.
    ///
    /// - Parameter isWholeDays: the start is a date; parts of the time of day are ignored then.
    public func withParts(of start: CivilDateTime, isWholeDays: Bool) -> RecurrenceRule {
        var rule = withDayParts(of: start.date)
        if isWholeDays {
            (rule.byHour, rule.byMinute, rule.bySecond) = ([0], [0], [0])
            return rule
        }
        let time = start.time
        if frequency < .hourly, byHour.isEmpty { rule.byHour = [time.hour] }
        if frequency < .minutely, byMinute.isEmpty { rule.byMinute = [time.minute] }
        if frequency < .secondly, bySecond.isEmpty { rule.bySecond = [time.second] }
        return rule
    }

    /// The rule with the days that it leaves to its start.
    func withDayParts(of start: CivilDate) -> RecurrenceRule {
        var rule = self
        rule.addDayParts(of: start)
        return rule
    }

    private mutating func addDayParts(of start: CivilDate) {
        let namesDay = !byDay.isEmpty || !byMonthDay.isEmpty || !byYearDay.isEmpty
        switch frequency {
        case .yearly where !namesDay && !byWeekNumber.isEmpty: byDay = [WeekdayOrdinal(start.weekday)]
        case .yearly where !namesDay:
            byMonthDay = [start.day]
            if byMonth.isEmpty { byMonth = [start.month] }
        case .monthly where !namesDay: byMonthDay = [start.day]
        case .weekly where byDay.isEmpty: byDay = [WeekdayOrdinal(start.weekday)]
        default: break
        }
    }
}
