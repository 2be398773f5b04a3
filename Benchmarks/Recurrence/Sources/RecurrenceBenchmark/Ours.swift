import Recurrence
import ZonedTime

/// The rule on this project's engine.
struct Ours {
    let text: String
    let start: CivilDateTime
    let zone: TimeZone
    let set: RecurrenceSet

    init(_ text: String, start: CivilDateTime, zone: TimeZone) throws {
        self.text = text
        self.start = start
        self.zone = zone
        set = RecurrenceSet(start: start, rules: [try RecurrenceRule(text)])
    }

    /// The first occurrences before 2400 on the wall clock.
    func local() -> (Int, Int64) {
        var (count, sum) = (0, Int64(0))
        var starts = set.starts(from: start)
        while count < 300, let next = starts.next(), next.secondsSinceEpoch < Ours.year2400 {
            count += 1
            sum &+= next.secondsSinceEpoch
        }
        return (count, sum)
    }

    /// The first occurrences before 2037, with their instants in the zone.
    func zoned() -> (Int, Int64) {
        var (count, sum) = (0, Int64(0))
        var starts = set.resolvedStarts(from: start, in: zone)
        while count < 300, let next = starts.next(), next.nominal.secondsSinceEpoch < Ours.year2037 {
            count += 1
            sum &+= next.instant.secondsSinceEpoch
        }
        return (count, sum)
    }

    /// The first occurrence after a reading; the set is built once.
    func seek(after reading: CivilDateTime) -> (Int, Int64) {
        set.next(after: reading).map { (1, $0.secondsSinceEpoch) } ?? (0, 0)
    }

    /// The same with its instant in the zone.
    func zonedSeek(after reading: CivilDateTime) -> (Int, Int64) {
        set.next(after: reading).map { (1, zone.instant(of: $0).secondsSinceEpoch) } ?? (0, 0)
    }

    /// The same with the set built from the rule for each question.
    func buildAndSeek(_ rule: RecurrenceRule, after reading: CivilDateTime) -> (Int, Int64) {
        RecurrenceSet(start: start, rules: [rule]).next(after: reading).map { (1, $0.secondsSinceEpoch) } ?? (0, 0)
    }

    /// The same from the rule's text on.
    func parseAndSeek(after reading: CivilDateTime) -> (Int, Int64) {
        guard let rule = try? RecurrenceRule(text) else { return (0, 0) }
        return buildAndSeek(rule, after: reading)
    }

    private static let year2400: Int64 = 13_569_465_600
    private static let year2037: Int64 = 2_114_380_800
}
