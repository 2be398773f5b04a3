/// A day and time of every year, on a clock that the rule names.
struct YearlyMoment: Hashable, Sendable {
    enum Day: Hashable, Sendable {
        /// `Jn`: 1 to 365, 29 February never counted.
        case ordinalWithoutLeapDay(Int)
        /// `n`: 0 to 365, 29 February counted.
        case zeroBasedOrdinal(Int)
        /// `Mm.w.d`: the weekday's `week`th time in the month, 5 standing for its last.
        case weekday(Weekday, week: Int, month: Int)
    }

    let day: Day
    /// Seconds from that day's midnight: −167 to 167 hours, so it may lie on another day, or in another year.
    let seconds: Int64

    /// Seconds since 1970-01-01T00:00:00 on the moment's own clock.
    func reading(in year: Year) -> Int64 {
        Int64(daysSinceEpoch(in: year)) * 86_400 + seconds
    }

    private func daysSinceEpoch(in year: Year) -> Int {
        switch day {
        case .ordinalWithoutLeapDay(let ordinal):
            return year.firstDay + ordinal - 1 + (ordinal >= 60 && year.isLeap ? 1 : 0)
        case .zeroBasedOrdinal(let ordinal):
            return year.firstDay + ordinal
        case .weekday(let weekday, let week, let month):
            let first = year.firstDay + year.daysBefore(month: month)
            // Five times 400 years are whole weeks, and keep the dividend positive; 1970-01-01 was a Thursday.
            let firstWeekday = (first + 5 * 146_097 + 3) % 7
            let day = first + (weekday.rawValue + 6 - firstWeekday) % 7 + (week - 1) * 7
            // Only the fifth can be one too many.
            return week == 5 && day >= year.firstDay + year.daysBefore(month: month + 1) ? day - 7 : day
        }
    }
}

extension YearlyMoment {
    /// A calendar year, with what every moment in it begins from; any year from −399 on.
    struct Year {
        let number: Int
        /// Days since 1970-01-01 of 1 January.
        let firstDay: Int
        let isLeap: Bool

        init(number: Int) {
            self.number = number
            isLeap = CivilDate.isLeapYear(number)
            // Counted from the year −399, so that every division rounds the same way.
            let years = number + 399
            firstDay = years * 365 + years / 4 - years / 100 + years / 400 - 146_097 - 719_162
        }

        /// - Parameter day: days since 1970-01-01.
        init(containing day: Int) {
            // A year of average length gives the right year, but for the days around New Year.
            let estimate = Year(number: (day + 719_162) * 400 / 146_097 + 1)
            if day < estimate.firstDay {
                self = estimate.advanced(by: -1)
            } else if day >= estimate.firstDay + 365 + (estimate.isLeap ? 1 : 0) {
                self = estimate.advanced(by: 1)
            } else {
                self = estimate
            }
        }

        func advanced(by years: Int) -> Year {
            Year(number: number + years)
        }

        /// Days from 1 January to the first of a month; month 13 is the next January.
        func daysBefore(month: Int) -> Int {
            // 30.6 days a month fit the calendar if February had 30 days.
            (367 * month - 362) / 12 - (month <= 2 ? 0 : isLeap ? 1 : 2)
        }
    }
}
