import ZonedTime

/// The names of the calendar, as people type and read them.
enum CalendarWords {
    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// `september`, `sep` and `sept`, as they are folded.
    static let months: [String: Int] = {
        var months = ["sept": 9]
        for (index, name) in monthNames.enumerated() {
            months[Folding.fold(name)] = index + 1
            months[Folding.fold(short(name))] = index + 1
        }
        return months
    }()

    /// `friday`, `fri` and what else is usual, as they are folded.
    static let weekdays: [String: Weekday] = {
        var weekdays: [String: Weekday] = [
            "tues": .tuesday, "weds": .wednesday, "thur": .thursday, "thurs": .thursday,
        ]
        for weekday in Weekday.allCases {
            weekdays[Folding.fold(weekday.name)] = weekday
            weekdays[Folding.fold(short(weekday.name))] = weekday
        }
        return weekdays
    }()

    /// `third` and the like; `3rd` is a number with a suffix.
    static let ordinals: [String: Int] = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1,
    ]

    static let numbers: [String: Int] = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12,
    ]

    static let ordinalSuffixes: Set<String> = ["st", "nd", "rd", "th"]

    /// Words that a phrase may hold, for finding what a misspelled one was meant to be.
    static let vocabulary: [String] =
        monthNames.map(Folding.fold) + Weekday.allCases.map { Folding.fold($0.name) } + [
            "today", "tomorrow", "yesterday", "noon", "midnight", "next", "this", "last", "week", "month", "year",
            "minutes", "hours", "days", "weeks", "every", "daily", "weekly", "monthly", "yearly", "weekday", "weekdays",
            "until", "times", "some", "end", "beginning", "middle", "all", "other",
            "except", "starting", "from", "quarterly", "weekends",
        ]

    static func short(_ name: String) -> String { String(name.prefix(3)) }
}

extension Weekday {
    /// `Friday`.
    var name: String {
        switch self {
        case .monday: "Monday"
        case .tuesday: "Tuesday"
        case .wednesday: "Wednesday"
        case .thursday: "Thursday"
        case .friday: "Friday"
        case .saturday: "Saturday"
        case .sunday: "Sunday"
        }
    }

    /// `FR`, as RFC 5545 writes it.
    var ruleText: String { String(name.prefix(2)).uppercased() }
}

extension CivilDate {
    /// `20 September 2019`.
    var words: String { "\(day) \(CalendarWords.monthNames[month - 1]) \(year)" }

    /// `20 sep`, as it is typed, with the year where that is wanted.
    func asTyped(withYear: Bool) -> String {
        let month = CalendarWords.short(CalendarWords.monthNames[month - 1]).lowercased()
        return "\(day) \(month)" + (withYear ? " \(year)" : "")
    }
}
