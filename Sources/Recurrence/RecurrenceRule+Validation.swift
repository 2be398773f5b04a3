extension RecurrenceRule {
    /// Checks the rule against the table of RFC 5545 §3.3.10 and sorts its lists.
    ///
    /// - Parameter positions: where each part begins in the text that the rule was read from.
    mutating func normalize(positions: [Part: Int] = [:]) throws(RecurrenceRuleError) {
        bySecond = bySecond.sortedUniquely()
        byMinute = byMinute.sortedUniquely()
        byHour = byHour.sortedUniquely()
        byDay = byDay.sortedUniquely()
        byMonthDay = byMonthDay.sortedUniquely()
        byYearDay = byYearDay.sortedUniquely()
        byWeekNumber = byWeekNumber.sortedUniquely()
        byMonth = byMonth.sortedUniquely()
        bySetPosition = bySetPosition.sortedUniquely()
        guard let (reason, part) = firstFault else { return }
        throw RecurrenceRuleError(reason, position: positions[part])
    }

    private var firstFault: (RecurrenceRuleError.Reason, Part)? {
        valueFault ?? frequencyFault ?? ordinalFault ?? setPositionFault
    }

    private var valueFault: (RecurrenceRuleError.Reason, Part)? {
        func check(_ value: Int, _ part: Part) -> (RecurrenceRuleError.Reason, Part)? {
            guard !part.allows(value) else { return nil }
            return (
                .outOfRange(part: part, value: value, allowed: part.allowed, countsFromEnd: part.countsFromEnd), part
            )
        }
        if let fault = check(interval, .interval) { return fault }
        if case .count(let count) = end, let fault = check(count, .count) { return fault }
        for part in Part.allCases {
            for number in numbers(part) {
                if let fault = check(number, part) { return fault }
            }
        }
        for day in byDay where day.ordinal != 0 {
            if let fault = check(day.ordinal, .byDay) { return fault }
        }
        return nil
    }

    /// The parts that RFC 5545's table marks N/A.
    private var frequencyFault: (RecurrenceRuleError.Reason, Part)? {
        for part in Part.allCases where !numbers(part).isEmpty {
            let isAllowed =
                switch part {
                case .byWeekNumber: frequency == .yearly
                case .byYearDay: frequency == .yearly || frequency > .daily
                case .byMonthDay: frequency != .weekly
                default: true
                }
            if !isAllowed { return (.notAllowed(part: part, with: frequency), part) }
        }
        return nil
    }

    private var ordinalFault: (RecurrenceRuleError.Reason, Part)? {
        guard byDay.contains(where: { $0.ordinal != 0 }) else { return nil }
        if frequency > .monthly { return (.ordinalNotAllowed(with: frequency), .byDay) }
        return byWeekNumber.isEmpty ? nil : (.ordinalWithWeekNumber, .byDay)
    }

    private var setPositionFault: (RecurrenceRuleError.Reason, Part)? {
        guard !bySetPosition.isEmpty, byDay.isEmpty else { return nil }
        let isAlone = Part.allCases.allSatisfy { $0 == .bySetPosition || numbers($0).isEmpty }
        return isAlone ? (.setPositionAlone, .bySetPosition) : nil
    }
}
