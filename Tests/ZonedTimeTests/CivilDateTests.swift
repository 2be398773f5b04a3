import Testing
import ZonedTime

@Suite struct CivilDateTests {
    @Test("Every day of 400 years comes back from its year, month and day, one after another")
    func roundTrip() throws {
        var expected = try #require(CivilDate(year: 1799, month: 12, day: 31))
        var weekday = Weekday.tuesday
        for year in 1800..<2200 {
            for month in 1...12 {
                for day in 1...CivilDate.daysInMonth(year: year, month: month) {
                    let date = CivilDate(year: year, month: month, day: day)
                    expected = try #require(expected.advanced(byDays: 1))
                    weekday = weekday.advanced(byDays: 1)
                    guard let date, date == expected, date.components == (year, month, day), date.weekday == weekday
                    else {
                        Issue.record("\(year)-\(month)-\(day)")
                        return
                    }
                }
            }
        }
        #expect(expected.iso8601 == "2199-12-31")
    }

    @Test("The calendar begins with year 1 and ends with year 9999")
    func ends() {
        #expect(CivilDate.min.iso8601 == "0001-01-01")
        #expect(CivilDate.max.iso8601 == "9999-12-31")
        #expect(CivilDate.min.weekday == .monday)
        #expect(CivilDate.max.weekday == .friday)
        #expect(CivilDate.min.advanced(byDays: -1) == nil)
        #expect(CivilDate.max.advanced(byDays: 1) == nil)
        #expect(CivilDate.max.advanced(byDays: .max) == nil)
        #expect(CivilDateTime.max.advanced(bySeconds: 1) == nil)
        #expect(CivilDateTime.min.advanced(bySeconds: .min) == nil)
        #expect(CivilDateTime.min.iso8601 == "0001-01-01T00:00:00")
        #expect(CivilDateTime.max.iso8601 == "9999-12-31T23:59:59")
    }

    @Test("There is no such day", arguments: [(2019, 2, 29), (1900, 2, 29), (2019, 4, 31), (2019, 13, 1), (0, 1, 1)])
    func noSuchDay(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test("Readings before 1970 have their date and time too")
    func beforeTheEpoch() throws {
        let reading = try #require(CivilDateTime(year: 1969, month: 12, day: 31, hour: 23, minute: 59, second: 59))
        #expect(reading.secondsSinceEpoch == -1)
        #expect(reading.date == CivilDate(year: 1969, month: 12, day: 31))
        #expect(reading.time == CivilTime(hour: 23, minute: 59, second: 59))
        #expect(reading.date.dayOfYear == 365)
    }
}
