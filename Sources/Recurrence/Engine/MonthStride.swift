internal import ZonedTime

/// The months of a rule, each with its days: for rules whose days can be told month by month.
///
/// A class, so that asking it copies nothing.
final class MonthStride: Sendable {
    private let filter: DayFilter
    /// The first month, `year * 12 + month - 1`.
    let first: Int
    /// Months from one to the next; of a yearly rule, years.
    private let step: Int
    private let isYearly: Bool
    /// Bits 1 to 12.
    private let months: UInt64
    /// Where days are counted in steps: one of them, and the distance.
    private let dayAnchor: Int
    private let dayStep: Int
    /// Bits of such days, the first at 0.
    private let dayMask: UInt64
    /// Whether a yearly rule has days in leap years alone: those of 29 February.
    private let isOfLeapYears: Bool
    /// Whether days may be moved over the end of a month.
    private let moves: Bool

    /// - Parameters:
    ///   - day: the rule's start, in days since 1970-01-01.
    ///   - filter: the rule's.
    init(
        from day: Int, _ frequency: Frequency, interval: Int, filter: DayFilter, moves: Bool
    ) {
        let (year, month, _) = CivilDate(unchecked: day).components
        self.filter = filter
        isYearly = frequency == .yearly
        months = filter.months
        let limit = 10_000 * (isYearly ? 1 : 12)
        step = frequency <= .monthly ? min(interval, limit) : 1
        first = isYearly ? year * 12 : year * 12 + month - 1
        dayAnchor = day
        // Longer than the calendar; a longer one means the same.
        let dayStep = frequency == .daily ? min(interval, 4_000_000) : 1
        self.dayStep = dayStep
        dayMask = stride(from: 0, to: 63, by: dayStep).reduce(0) { $0 | .bit($1) }
        isOfLeapYears = isYearly && filter.isOfLeapDay
        self.moves = moves
    }

    /// What the cursor of a rule has that does not go by months.
    static let none = MonthStride(
        from: 0, .monthly, interval: 1, filter: DayFilter(RecurrenceRule(frequency: .monthly)), moves: false)

    /// After so many months without a day there is none: the calendar repeats.
    var cycle: Int {
        if isYearly { return 400 / greatestCommonDivisor(400, step) * months.nonzeroBitCount }
        return 4_800 / greatestCommonDivisor(4_800, step) * (dayStep / greatestCommonDivisor(146_097, dayStep))
    }

    /// Years from one with the rule's months to the next, where each has the same; `nil` where they differ.
    var yearStep: Int? {
        guard dayStep == 1 else { return nil }
        return isYearly ? step : 12 % step == 0 ? 1 : step % 12 == 0 ? step / 12 : nil
    }

    /// Months from one to the next, whether BYMONTH names them or not.
    var monthStep: Int { isYearly ? step * 12 : step }

    /// Whether nothing but the filter decides about a month's days.
    var isPlain: Bool { dayStep == 1 && !moves }
}

// MARK: - From month to month

extension MonthStride {
    /// The first month of the rule from that one on; `nil` where none is allowed at all.
    func month(from index: Int) -> Int? {
        guard months != 0 else { return nil }
        let aligned = aligned(max(index, first))
        return allows(aligned) ? aligned : month(after: aligned)
    }

    /// The last month of the rule up to that one; `nil` before the first.
    func month(upTo index: Int) -> Int? {
        guard months != 0, index >= first else { return nil }
        let (distance, length) = (index - first, isYearly ? step * 12 : step)
        let aligned = first + distance / length * length
        // A yearly rule has twelve months in a step, of which those up to the index count.
        let last = isYearly ? min(index, aligned + 11) : aligned
        return allows(last) ? last : month(before: last)
    }

    func month(after index: Int) -> Int? {
        if isYearly {
            let place = index % 12
            let rest = months >> UInt64(place + 2)
            if rest != 0 { return index + 1 + rest.trailingZeroBitCount }
            var january = index - place + step * 12
            // Four steps come to a year that four divides, or never will.
            if isOfLeapYears {
                for _ in 0..<3 where january % 48 != 0 { january += step * 12 }
            }
            return january + months.trailingZeroBitCount - 1
        }
        var index = index + step
        guard months != 0x1FFE else { return index }
        // Twelve steps come to every month that they can come to.
        for _ in 0..<12 {
            if allows(index) { return index }
            index += step
        }
        return nil
    }

    func month(before index: Int) -> Int? {
        var index = index
        if isYearly {
            let place = index % 12
            let rest = months & (UInt64.bit(place + 1) - 1)
            index =
                rest != 0
                ? index - place + 62 - rest.leadingZeroBitCount
                : index - place - step * 12 + 62 - months.leadingZeroBitCount
            return index >= first ? index : nil
        }
        for _ in 0..<12 {
            index -= step
            guard index >= first else { return nil }
            if allows(index) { return index }
        }
        return nil
    }

    private func aligned(_ index: Int) -> Int {
        if isYearly {
            let distance = (index - first) / 12
            let years = (distance + step - 1) / step * step
            return years == distance ? index : first + years * 12
        }
        guard step > 1 else { return index }
        return first + (index - first + step - 1) / step * step
    }

    private func allows(_ index: Int) -> Bool {
        months == 0x1FFE || months >> UInt64(truncatingIfNeeded: index % 12 + 1) & 1 == 1
    }
}

// MARK: - The days of a month

extension MonthStride {
    /// The rule's days in one of its months.
    func days(ofMonth index: Int) -> MonthDays {
        var result = filter.days(ofMonth: index)
        if dayStep > 1 {
            let phase = (dayAnchor - result.base).modulo(dayStep)
            result.days &= phase < 63 ? dayMask << UInt64(phase) : 0
        }
        if moves { exchange(&result) }
        return result
    }

    /// A day that was moved into a month beside it belongs among those of that month, if it is one of the rule's.
    private func exchange(_ month: inout MonthDays) {
        if has(month.month - 1) {
            let before = filter.days(ofMonth: month.month - 1)
            month.days &= ~.bit(0)
            if before.days & .bit(before.length + 1) != 0 { month.days |= .bit(1) }
        }
        if has(month.month + 1) {
            let after = filter.days(ofMonth: month.month + 1)
            month.days &= ~.bit(month.length + 1)
            if after.days & .bit(0) != 0 { month.days |= .bit(month.length) }
        }
    }

    /// Whether a month lies in the rule's steps; those before the start count too.
    func has(_ index: Int) -> Bool {
        guard allows(index) else { return false }
        return isYearly
            ? (index.dividedDown(by: 12) - first / 12).modulo(step) == 0 : (index - first).modulo(step) == 0
    }
}
