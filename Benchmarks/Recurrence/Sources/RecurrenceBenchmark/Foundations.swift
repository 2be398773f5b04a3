import Foundation

/// The rule as Foundation has it: `Calendar.RecurrenceRule`.
struct Foundations {
    private let rule: Calendar.RecurrenceRule
    private let start: Date

    /// - Parameter name: of the rule, as the comparison names it; Foundation reads no RRULE.
    init?(_ name: String, start: String, zone: String) {
        var calendar = Calendar(identifier: .gregorian)
        guard let zone = TimeZone(identifier: zone) else { return nil }
        calendar.timeZone = zone
        let parts = start.split { !$0.isNumber }.compactMap { Int($0) }
        let components = DateComponents(
            year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5])
        guard parts.count == 6, let date = calendar.date(from: components),
            let rule = Foundations.rule(name, calendar)
        else { return nil }
        self.rule = rule
        self.start = date
    }

    private static func rule(_ name: String, _ calendar: Calendar) -> Calendar.RecurrenceRule? {
        var rule: Calendar.RecurrenceRule
        switch name {
        case "daily": rule = .init(calendar: calendar, frequency: .daily)
        case "weekly MO,WE":
            rule = .init(calendar: calendar, frequency: .weekly)
            rule.weekdays = [.every(.monday), .every(.wednesday)]
        case "third Friday":
            rule = .init(calendar: calendar, frequency: .monthly)
            rule.weekdays = [.nth(3, .friday)]
        case "last working day":
            rule = .init(calendar: calendar, frequency: .monthly)
            rule.weekdays = [.monday, .tuesday, .wednesday, .thursday, .friday].map { .every($0) }
            rule.setPositions = [-1]
        case "yearly": rule = .init(calendar: calendar, frequency: .yearly)
        case "week 20":
            rule = .init(calendar: calendar, frequency: .yearly)
            rule.weeks = [20]
            rule.weekdays = [.every(.monday)]
        case "29 February":
            rule = .init(calendar: calendar, frequency: .yearly)
            rule.months = [2]
            rule.daysOfTheMonth = [29]
            rule.matchingPolicy = .strict
        case "daily, COUNT=10000":
            rule = .init(calendar: calendar, frequency: .daily)
            rule.end = .afterOccurrences(10_000)
        default: return nil
        }
        return rule
    }

    /// The first occurrences before a date, with their instants: it has no others.
    func occurrences(before end: Date, limit: Int) -> (Int, Int64) {
        var (count, sum) = (0, Int64(0))
        for date in rule.recurrences(of: start) {
            guard count < limit, date < end else { break }
            count += 1
            sum &+= Int64(date.timeIntervalSince1970)
        }
        return (count, sum)
    }

    /// The first occurrence after a date.
    func seek(after date: Date) -> (Int, Int64) {
        for found in rule.recurrences(of: start, in: date.addingTimeInterval(1)..<Date.distantFuture) {
            return (1, Int64(found.timeIntervalSince1970))
        }
        return (0, 0)
    }
}
