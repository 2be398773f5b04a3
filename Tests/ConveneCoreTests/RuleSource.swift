import Recurrence
import ZonedTime

/// Legal rules of every shape, the same for the same seed.
struct RuleSource {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    /// xorshift64*.
    private mutating func number(below bound: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
    }

    private mutating func happens(_ percent: Int) -> Bool { number(below: 100) < percent }

    mutating func start() -> CivilDateTime {
        let date = CivilDate(daysSinceEpoch: 7_000 + number(below: 20_000)) ?? .min
        let minute = [0, 0, 0, 30, 45][number(below: 5)]
        let second = happens(90) ? 0 : number(below: 60)
        return CivilDateTime(date, CivilTime(hour: number(below: 24), minute: minute, second: second) ?? .midnight)
    }

    private mutating func list(_ range: ClosedRange<Int>, signed: Bool = false) -> [Int] {
        let count = 1 + number(below: happens(30) ? 8 : 3)
        if happens(20), !signed {
            let first = range.lowerBound + number(below: range.count)
            return Array(first...min(range.upperBound, first + count))
        }
        return (0..<count).map { _ in
            let value = range.lowerBound + number(below: range.count)
            return signed && happens(30) ? -value : value
        }
    }

    /// One that the parser accepts, as it reads it.
    mutating func rule() throws(RecurrenceRuleError) -> RecurrenceRule {
        var rule = RecurrenceRule(frequency: Frequency.allCases[number(below: Frequency.allCases.count)])
        if happens(40) { rule.interval = 1 + number(below: 30) }
        if happens(30) { rule.byMonth = list(1...12) }
        if happens(35), rule.frequency != .weekly { rule.byMonthDay = list(1...31, signed: true) }
        if happens(15), rule.frequency == .yearly || rule.frequency >= .hourly {
            rule.byYearDay = list(1...366, signed: true)
        }
        if happens(20), rule.frequency == .yearly { rule.byWeekNumber = list(1...53, signed: true) }
        if happens(50) { addWeekdays(&rule) }
        if happens(20) { rule.byHour = list(0...23) }
        if happens(15) { rule.byMinute = list(0...59) }
        if happens(10) { rule.bySecond = list(0...60) }
        if happens(20), rule.text.contains("BY") { rule.bySetPosition = list(1...12, signed: true) }
        if happens(15) { rule.weekStart = Weekday.allCases[number(below: 7)] }
        if happens(15) { rule.skip = [.omit, .backward, .forward][number(below: 3)] }
        switch number(below: 6) {
        case 0: rule.end = .count(1 + number(below: 400))
        case 1: rule.end = .untilDate(start().date.advanced(byDays: 20_000) ?? .max)
        case 2: rule.end = .untilLocal(start().advanced(byDays: 20_000) ?? .max)
        case 3: rule.end = .untilInstant(Instant(start().advanced(byDays: 20_000) ?? .max, at: .utc))
        default: break
        }
        return try RecurrenceRule(rule.text)
    }

    private mutating func addWeekdays(_ rule: inout RecurrenceRule) {
        if happens(15) {
            rule.byDay = [.monday, .tuesday, .wednesday, .thursday, .friday].map { .init($0) }
            return
        }
        let counts = rule.frequency <= .monthly && rule.byWeekNumber.isEmpty && happens(60)
        let limit = rule.frequency == .monthly || !rule.byMonth.isEmpty ? 5 : 53
        rule.byDay = (0...number(below: 4)).map { _ in
            let ordinal = counts && happens(80) ? (1 + number(below: limit)) * (happens(30) ? -1 : 1) : 0
            return .init(Weekday.allCases[number(below: 7)], ordinal: ordinal)
        }
    }
}
