internal import ZonedTime

/// The words that rules are put in.
enum SentenceWords {
    /// `a`, `a and b`, `a, b and c`.
    static func list(_ items: [String], _ conjunction: String = "and") -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
    }

    /// `1, 3 to 7 and 9`.
    static func numbers(_ numbers: [Int]) -> String {
        list(runs(numbers) { "\($0)" })
    }

    /// `1`, `3 to 7`, `9`: three or more that follow one another are a range.
    private static func runs(_ numbers: [Int], each word: (Int) -> String) -> [String] {
        var runs: [ClosedRange<Int>] = []
        for number in numbers {
            if let run = runs.last, run.upperBound + 1 == number {
                runs[runs.count - 1] = run.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs.flatMap { run in
            run.count > 2 ? ["\(word(run.lowerBound)) to \(word(run.upperBound))"] : run.map(word)
        }
    }

    /// `first`, `20th`, `last`, `second to last`.
    static func ordinal(_ number: Int) -> String {
        let names = ["first", "second", "third", "fourth", "fifth"]
        if number == -1 { return "last" }
        let distance = abs(number)
        let name = distance <= names.count ? names[distance - 1] : numeral(distance)
        return number > 0 ? name : "\(name) to last"
    }

    /// `1st`, `12th`, `23rd`.
    static func numeral(_ number: Int) -> String {
        let isTeen = (11...13).contains(number % 100)
        let suffix = isTeen ? "th" : number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : number % 10 == 3 ? "rd" : "th"
        return "\(number)\(suffix)"
    }

    /// `1st, 7th to 13th and last day`.
    static func monthDays(_ days: [Int], _ conjunction: String = "and") -> String {
        let last = days.filter { $0 < 0 }.sorted().map(ordinal)
        let items = runs(days.filter { $0 > 0 }, each: numeral) + last
        return list(items, conjunction) + (last.isEmpty ? "" : " day")
    }

    /// `1st, 100th and last day of the year`.
    static func yearDays(_ days: [Int], _ conjunction: String = "and") -> String {
        let text = monthDays(days, conjunction)
        return (text.hasSuffix(" day") ? text : "\(text) day") + " of the year"
    }

    /// `Monday and Friday`; the five working days are `weekday`.
    static func weekdays(
        _ days: [RecurrenceRule.WeekdayOrdinal], _ conjunction: String = "and", plural: Bool = false
    ) -> String {
        let weekdays = days.map(\.weekday)
        if weekdays == [.monday, .tuesday, .wednesday, .thursday, .friday] { return plural ? "weekdays" : "weekday" }
        return list(weekdays.map(name), conjunction)
    }

    /// `Monday or Friday`, `a weekday`.
    static func anyWeekday(_ days: [RecurrenceRule.WeekdayOrdinal]) -> String {
        let text = weekdays(days, "or")
        return text == "weekday" ? "a weekday" : text
    }

    /// `every Tuesday, the first and third Monday and the last Friday`.
    static func ordinalWeekdays(_ days: [RecurrenceRule.WeekdayOrdinal]) -> String {
        let plain = days.filter { $0.ordinal == 0 }
        var items = plain.isEmpty ? [] : ["every \(weekdays(plain))"]
        for weekday in Weekday.allCases {
            let ordinals = days.filter { $0.weekday == weekday && $0.ordinal != 0 }.map(\.ordinal).sortedFromFront
            if !ordinals.isEmpty { items.append("the \(list(ordinals.map(ordinal))) \(name(weekday))") }
        }
        return list(items)
    }

    static func months(_ months: [Int]) -> String {
        list(runs(months) { monthNames[($0 - 1) % 12] })
    }

    static func unit(_ frequency: Frequency) -> String {
        switch frequency {
        case .yearly: "year"
        case .monthly: "month"
        case .weekly: "week"
        case .daily: "day"
        case .hourly: "hour"
        case .minutely: "minute"
        case .secondly: "second"
        }
    }

    static func name(_ weekday: Weekday) -> String {
        switch weekday {
        case .monday: "Monday"
        case .tuesday: "Tuesday"
        case .wednesday: "Wednesday"
        case .thursday: "Thursday"
        case .friday: "Friday"
        case .saturday: "Saturday"
        case .sunday: "Sunday"
        }
    }

    /// `20 December 2026`.
    static func date(_ date: CivilDate) -> String {
        "\(date.day) \(monthNames[date.month - 1]) \(date.year)"
    }

    /// `15:00`, with seconds where there are some.
    static func time(_ time: CivilTime) -> String {
        String(time.iso8601.prefix(time.second == 0 ? 5 : 8))
    }

    /// `15:00 UTC on 20 December 2026`.
    static func moment(_ instant: Instant) -> String {
        let reading = instant.reading(at: .utc)
        return "\(time(reading.time)) UTC on \(date(reading.date))"
    }

    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
