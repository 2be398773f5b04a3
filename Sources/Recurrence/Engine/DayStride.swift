internal import ZonedTime

/// The days of a rule that looks at weekdays alone, however long its steps: arithmetic without a calendar.
///
/// Blocks of whole steps follow each other; the days of one are the bits of a word.
struct DayStride: Sendable {
    /// The first day of block 0, in days since 1970-01-01.
    let anchor: Int
    /// Days from one step to the next.
    private let step: Int
    /// Days from one block to the next.
    let blockDays: Int
    /// The days of a block that are days of steps.
    private let mask: UInt64
    /// For each weekday that a block may begin on, Monday first: the bits of the weekdays wanted.
    private let weekdays: WeekdayBits
    /// Whether a step is a week: its days are then the same in all.
    private let isWeekly: Bool
    /// Of a week, its days; else of seven steps, those whose weekday is wanted.
    private let pattern: UInt64

    /// Days in steps, of which some weekdays count.
    init(from day: Int, step: Int, weekdays: WeekdayBits) {
        anchor = day
        self.step = step
        self.weekdays = weekdays
        isWeekly = false
        let steps = max(1, 63 / step)
        blockDays = steps * step
        mask = (0..<steps).reduce(0) { $0 | .bit($1 * step) }
        pattern = (0..<7).reduce(0) { weekdays.contains(day + $1 * (step % 7)) ? $0 | .bit($1) : $0 }
    }

    /// Weeks in steps.
    ///
    /// - Parameters:
    ///   - day: the first day of the first week.
    ///   - week: bits 0 to 6, the days of each week.
    init(fromWeekOf day: Int, step: Int, week: UInt64) {
        anchor = day
        self.step = step * 7
        weekdays = .all
        isWeekly = true
        let steps = max(1, 63 / self.step)
        blockDays = steps * self.step
        let length = self.step
        mask = (0..<steps).reduce(0) { $0 | week << UInt64($1 * length) }
        pattern = week
    }

    /// What the cursor of a rule has that does not go by days.
    static let none = DayStride(fromWeekOf: 0, step: 1, week: 0)

    /// The block that a day lies in.
    func block(of day: Int) -> Int { (day - anchor).dividedDown(by: blockDays) }

    /// The first day of a block: bit 0 of its word.
    func firstDay(of block: Int) -> Int { anchor + block * blockDays }

    /// The days of the block that begins with that day.
    func days(from first: Int) -> UInt64 {
        isWeekly ? mask : mask & weekdays.bits(from: first)
    }

    /// After so many blocks without a day there is none.
    static let cycle = 7
}

extension DayStride {
    /// How many days are earlier than that day, from the anchor on.
    func count(before day: Int) -> Int {
        guard day > anchor else { return 0 }
        if isWeekly {
            let (weeks, rest) = (day - anchor).quotientAndRemainder(dividingBy: step)
            return weeks * pattern.nonzeroBitCount + (pattern & (.bit(min(rest, 7)) - 1)).nonzeroBitCount
        }
        let (sevens, rest) = ((day - anchor + step - 1) / step).quotientAndRemainder(dividingBy: 7)
        return sevens * pattern.nonzeroBitCount + (pattern & (.bit(rest) - 1)).nonzeroBitCount
    }

    /// The day at a position, the first from the anchor on at 0; `nil` where it is too far, or there is none.
    func day(at position: Int) -> Int? {
        guard pattern != 0 else { return nil }
        let (rounds, rest) = position.quotientAndRemainder(dividingBy: pattern.nonzeroBitCount)
        let bit = pattern.positionOfBit(at: rest)
        let (days, isTooFar) = (isWeekly ? rounds : rounds * 7 + bit).multipliedReportingOverflow(by: step)
        let day = anchor.addingClamped(isWeekly ? days.addingClamped(bit) : days)
        return isTooFar || day > CivilDate.max.daysSinceEpoch ? nil : day
    }
}

/// Some weekdays, and which days of a stretch of up to 63 days fall on them.
struct WeekdayBits: Sendable {
    /// Bit 0 for Monday to bit 6.
    let week: UInt64

    /// Every day.
    static let all = WeekdayBits(week: 0x7F)

    func contains(_ day: Int) -> Bool { week >> UInt64(WeekdayBits.weekday(of: day)) & 1 == 1 }

    /// Bit n stands for the day n days after that one, bits 0 to 62.
    func bits(from day: Int) -> UInt64 { bits(fromWeekday: WeekdayBits.weekday(of: day)) }

    /// The same from a weekday on, 0 for Monday.
    func bits(fromWeekday weekday: Int) -> UInt64 {
        let turned = (week >> UInt64(weekday) | week << UInt64(7 - weekday)) & 0x7F
        // The week nine times over.
        return turned &* 0x0102_0408_1020_4081
    }

    /// 0 for Monday to 6, of any day in the years −399 to 10,000.
    static func weekday(of day: Int) -> Int {
        // 1970-01-01 was a Thursday; a whole number of weeks keeps the dividend positive.
        Int(UInt32(truncatingIfNeeded: day + 3 + 7 * 130_000) % 7)
    }
}
