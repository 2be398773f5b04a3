public import ZonedTime

extension RecurrenceRule {
    /// A day of the month that some of the rule's months lack, so that nothing takes place in them (RFC 5545 §3.3.10).
    public struct MissedDay: Hashable, Sendable {
        /// 29 to 31, or −31 to −29.
        public let day: Int
        /// Months that never have it, 1 to 12, ascending.
        public let months: [Int]
        /// Whether February has it in leap years and lacks it in the others.
        public let onlyInLeapYears: Bool
    }

    /// The days that the rule names, or takes from its start, and that its months do not all have.
    ///
    /// None where the rule says with SKIP what becomes of them, or chooses among days, so that others take their place.
    public func missedDays(startingOn start: CivilDateTime) -> [MissedDay] {
        let rule = withParts(of: start, isWholeDays: false)
        guard skip == .omit, frequency <= .monthly, rule.byDay.isEmpty, byYearDay.isEmpty, byWeekNumber.isEmpty,
            bySetPosition.isEmpty
        else { return [] }
        let months = rule.monthsReached(from: start.date.month)
        return rule.byMonthDay.compactMap { day in
            let lacking = months.filter { CivilDate.daysInMonth(year: 2000, month: $0) < abs(day) }
            let isLeapDay = abs(day) == 29 && months.contains(2)
            if lacking.isEmpty, !isLeapDay { return nil }
            return MissedDay(day: day, months: lacking, onlyInLeapYears: isLeapDay)
        }
    }

    /// The months in which the rule has days, as far as its parts say.
    private func monthsReached(from month: Int) -> [Int] {
        let named = byMonth.isEmpty ? Array(1...12) : byMonth
        guard frequency == .monthly else { return named }
        let reached = Set((0..<12).map { (month - 1 + $0 * (interval % 12)) % 12 + 1 })
        return named.filter(reached.contains)
    }
}
