import ConveneTestSupport
import Recurrence
import ZonedTime

/// Makes rules, every legal combination of parts among them.
struct RuleGenerator {
    var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    mutating func start() -> CivilDateTime {
        let seconds = Int64.random(in: -1_000_000_000...3_000_000_000, using: &random)
        // Half of them at full hours, as meetings are.
        let reading = random.next() % 2 == 0 ? seconds : seconds - seconds % 3_600
        return CivilDateTime(secondsSinceEpoch: reading) ?? .min
    }

    /// A rule without an end.
    mutating func rule() -> RecurrenceRule {
        let frequency = Frequency.allCases.randomElement(using: &random) ?? .daily
        var rule = RecurrenceRule(frequency: frequency)
        if chance(3) { rule.interval = Int.random(in: 2...(frequency < .hourly ? 9 : 40), using: &random) }
        if chance(3) { rule.weekStart = Weekday.allCases.randomElement(using: &random) ?? .monday }
        if chance(3) { rule.byMonth = list(1...12, upTo: 4) }
        if frequency == .yearly, chance(4) { rule.byWeekNumber = signedList(53, upTo: 3) }
        if frequency == .yearly || frequency >= .hourly, chance(6) { rule.byYearDay = signedList(366, upTo: 6) }
        if frequency != .weekly, chance(3) { rule.byMonthDay = signedList(31, upTo: 4) }
        if chance(2) { rule.byDay = weekdays(mayCount: frequency <= .monthly && rule.byWeekNumber.isEmpty, frequency) }
        if chance(frequency < .hourly ? 5 : 2) { rule.byHour = list(0...23, upTo: 3) }
        if chance(frequency < .hourly ? 8 : 3) { rule.byMinute = list(0...59, upTo: 3) }
        if chance(8) { rule.bySecond = list(0...60, upTo: 2) }
        if !rule.namesPart { rule.bySetPosition = [] } else if chance(4) { rule.bySetPosition = signedList(4, upTo: 2) }
        if frequency <= .monthly, rule.byYearDay.isEmpty, rule.byWeekNumber.isEmpty, chance(4) {
            rule.skip = random.next() % 2 == 0 ? .backward : .forward
        }
        return rule
    }

    private mutating func weekdays(mayCount: Bool, _ frequency: Frequency) -> [RecurrenceRule.WeekdayOrdinal] {
        var days: Set<RecurrenceRule.WeekdayOrdinal> = []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let weekday = Weekday.allCases.randomElement(using: &random) ?? .monday
            let counts = mayCount && chance(2)
            let limit = frequency == .yearly ? 53 : 5
            let ordinal = Int.random(in: 1...limit, using: &random) * (random.next() % 2 == 0 ? 1 : -1)
            days.insert(RecurrenceRule.WeekdayOrdinal(weekday, ordinal: counts ? ordinal : 0))
        }
        return days.sorted()
    }

    private mutating func list(_ range: ClosedRange<Int>, upTo count: Int) -> [Int] {
        Set((0..<Int.random(in: 1...count, using: &random)).map { _ in Int.random(in: range, using: &random) }).sorted()
    }

    private mutating func signedList(_ limit: Int, upTo count: Int) -> [Int] {
        Set(list(1...limit, upTo: count).map { random.next() % 2 == 0 ? $0 : -$0 }).sorted()
    }

    /// Once in so many times.
    private mutating func chance(_ times: UInt64) -> Bool { random.next() % times == 0 }
}

extension RecurrenceRule {
    fileprivate var namesPart: Bool {
        !(byMonth.isEmpty && byWeekNumber.isEmpty && byYearDay.isEmpty && byMonthDay.isEmpty && byDay.isEmpty
            && byHour.isEmpty && byMinute.isEmpty && bySecond.isEmpty)
    }
}
