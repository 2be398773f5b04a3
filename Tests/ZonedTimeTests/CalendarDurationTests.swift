import ConveneTestSupport
import Testing
import ZonedTime

@Suite struct CalendarDurationTests {
    @Test(
        "Durations read and write",
        arguments: [
            ("P1D", 1, 0), ("P1W", 7, 0), ("-P2W", -14, 0), ("P15D", 15, 0), ("PT24H", 0, 86_400),
            ("P1DT2H", 1, 7_200), ("-PT15M", 0, -900), ("PT1H30M", 0, 5_400), ("PT1H0M30S", 0, 3_630),
            ("PT30S", 0, 30), ("-P1DT1S", -1, -1), ("P7DT1M", 7, 60), ("PT0S", 0, 0),
            ("PT2562047788015215H30M7S", 0, .max), ("-P9223372036854775807D", -.max, 0),
        ] as [(String, Int, Int64)])
    func roundTrip(text: String, days: Int, seconds: Int64) throws {
        let duration = try #require(CalendarDuration(days: days, seconds: seconds))
        #expect(CalendarDuration(iso8601: text) == duration)
        if days != -.max { #expect(duration.iso8601 == text) }
        #expect(CalendarDuration(iso8601: duration.iso8601) == duration)
        #expect(CalendarDuration(iso8601: (-duration).iso8601) == -duration)
    }

    @Test("Other spellings read as well: a plus sign, weeks with days, units left out, zeros")
    func otherSpellings() {
        #expect(CalendarDuration(iso8601: "+PT15M") == .seconds(900))
        #expect(CalendarDuration(iso8601: "P1W1D") == .days(8))
        #expect(CalendarDuration(iso8601: "PT1H30S") == .seconds(3_630))
        #expect(CalendarDuration(iso8601: "P0DT0090M") == .seconds(5_400))
        #expect(CalendarDuration(iso8601: "P0D") == .zero)
        #expect(CalendarDuration(iso8601: "-PT0S")?.iso8601 == "PT0S")
    }

    @Test(
        "What is not quite a duration is none",
        arguments: [
            "", "P", "PT", "P1", "1D", "P1DT", "P1M", "P1Y", "PT1D", "P1H", "P1D1W", "PT1S1M", "P1D1D", "P-1D", "P1.5D",
            "PT1.5H", "p1d", "P1D ", "P 1D", "--P1D", "P99999999999999999999D", "PT2562047788015215H30M8S",
            "P9223372036854775807W",
        ])
    func noDuration(text: String) {
        #expect(CalendarDuration(iso8601: text) == nil)
    }

    @Test("One part back and the other forth is no duration")
    func oneSign() {
        #expect(CalendarDuration(days: 1, seconds: -1) == nil)
        #expect(CalendarDuration(days: -1, seconds: 1) == nil)
        #expect(CalendarDuration(days: .min, seconds: 0) == nil)
    }

    @Test("A day is the same hour tomorrow, 24 hours are 24 hours (RFC 5545 §3.3.6)")
    func nominalAndExact() throws {
        // Given ten in the morning before New York's clocks go forward
        let newYork = try #require(VectorZones().timeZone("America/New_York"))
        let ten = try #require(CivilDateTime(iso8601: "2019-03-09T10:00"))

        func local(_ duration: String) throws -> String {
            let duration = try #require(CalendarDuration(iso8601: duration))
            return newYork.reading(at: duration.added(to: ten, in: newYork)).iso8601
        }
        #expect(try local("P1D") == "2019-03-10T10:00:00")
        #expect(try local("PT24H") == "2019-03-10T11:00:00")
        // Days first: to Sunday ten o'clock, and 24 hours from there
        #expect(try local("P1DT24H") == "2019-03-11T10:00:00")
        #expect(try local("-P1W") == "2019-03-02T10:00:00")
        // A day that leads into the gap counts on with the offset from before it
        let halfPastTwo = try #require(CivilDateTime(iso8601: "2019-03-09T02:30"))
        let next = CalendarDuration.days(1).added(to: halfPastTwo, in: newYork)
        #expect(newYork.reading(at: next).iso8601 == "2019-03-10T03:30:00")
    }

    @Test("However long, adding ends at the ends of the calendar")
    func ends() {
        #expect(CalendarDuration.days(.max).added(to: .min, in: .utc) == Instant(CivilDateTime.max, at: .utc))
        #expect(CalendarDuration.days(.min).added(to: .max, in: .utc) == Instant(CivilDateTime.min, at: .utc))
        #expect(CalendarDuration.seconds(.max).added(to: .max, in: .utc) == .distantFuture)
    }
}
