import ConveneCore
import Recurrence
import Testing
import ZonedTime

@Suite("What people type about days and bounds of series")
struct PhrasesSeriesTests {
    @Test(
        "The same is said in several ways",
        arguments: [
            ("mondays", "FREQ=WEEKLY;BYDAY=MO"),
            ("on mondays", "FREQ=WEEKLY;BYDAY=MO"),
            ("Mondays and Thursdays", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("every monday, wednesday, friday", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
            ("every mon wed fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
            ("every weekend", "FREQ=WEEKLY;BYDAY=SA,SU"),
            ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("every business day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("weekly on weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("weekdays except friday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
            ("every weekday but not on wednesdays", "FREQ=WEEKLY;BYDAY=MO,TU,TH,FR"),
            ("once a week", "FREQ=WEEKLY"),
            ("once a month", "FREQ=MONTHLY"),
            ("once every quarter", "FREQ=MONTHLY;INTERVAL=3"),
            ("every two weeks", "FREQ=WEEKLY;INTERVAL=2"),
            ("every fortnight on tue", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
            ("every other month", "FREQ=MONTHLY;INTERVAL=2"),
            ("every half year", "FREQ=MONTHLY;INTERVAL=6"),
            ("hourly", "FREQ=HOURLY"),
            ("every 90 minutes", "FREQ=MINUTELY;INTERVAL=90"),
            ("every second", "FREQ=SECONDLY"),
            ("every 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("every month on day 5", "FREQ=MONTHLY;BYMONTHDAY=5"),
            ("every month on days 5 and 20", "FREQ=MONTHLY;BYMONTHDAY=5,20"),
            ("monthly on the first and fifteenth", nil),
            ("the 1st and 15th of every month", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
            ("15th of each month", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("the last friday of every month", "FREQ=MONTHLY;BYDAY=-1FR"),
            ("first weekday of every month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
            ("last day of every quarter", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
            ("monthly on the 2nd last friday", "FREQ=MONTHLY;BYDAY=-2FR"),
            ("monthly on the second to last friday", "FREQ=MONTHLY;BYDAY=-2FR"),
            ("every month on the first monday and the third wednesday", "FREQ=MONTHLY;BYDAY=1MO,3WE"),
            ("every month on the first tuesday or wednesday", "FREQ=MONTHLY;BYDAY=TU,WE;BYSETPOS=1"),
            ("monthly on the 7th-13th if it is saturday", "FREQ=MONTHLY;BYMONTHDAY=7,8,9,10,11,12,13;BYDAY=SA"),
            ("every friday the 13th", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
            ("monthly on friday the 13th", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
            ("every year on 1 january and 1 july", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1"),
            ("every year on 24 and 31 december", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24,31"),
            ("yearly in june and december", "FREQ=YEARLY;BYMONTH=6,12"),
            ("every year on the 1st of march and september", "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1"),
            ("yearly on the last day of february", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
            ("every year on the last day of the year", "FREQ=YEARLY;BYYEARDAY=-1"),
            ("every year on the 20th monday of the year", "FREQ=YEARLY;BYDAY=20MO"),
            ("every 4 years on the first tuesday of november", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=1TU"),
            (
                "every year on every sunday in weeks 1 to 3 and the last week",
                "FREQ=YEARLY;BYWEEKNO=-1,1,2,3;BYDAY=SU"
            ),
            ("every friday in june to august", "FREQ=WEEKLY;BYMONTH=6,7,8;BYDAY=FR"),
            ("every friday in november to february", "FREQ=WEEKLY;BYMONTH=1,2,11,12;BYDAY=FR"),
            ("every friday except in july and august", "FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=FR"),
            ("daily if it is a weekday", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
            ("monthly on the 30th, or the day before", "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;BYMONTHDAY=30"),
            ("every 29 feb or the next day", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD;BYMONTH=2;BYMONTHDAY=29"),
            ("monthly on the 31st or skip", "FREQ=MONTHLY;BYMONTHDAY=31"),
            ("every 2 weeks on mon, weeks begin on sunday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU"),
        ])
    func ways(text: String, rule: String?) {
        #expect((try? RecurrencePhrase.parse(text, in: .seoul))?.rule.text == rule)
    }

    @Test(
        "Bounds are days, spans of the calendar, lengths or numbers",
        arguments: [
            ("every friday until june", "FREQ=WEEKLY;UNTIL=20200630;BYDAY=FR"),
            ("every friday until the end of october", "FREQ=WEEKLY;UNTIL=20191031;BYDAY=FR"),
            ("every friday until next month", "FREQ=WEEKLY;UNTIL=20191031;BYDAY=FR"),
            ("every friday until 2021", "FREQ=WEEKLY;UNTIL=20211231;BYDAY=FR"),
            ("every friday until 2019-12-20", "FREQ=WEEKLY;UNTIL=20191220;BYDAY=FR"),
            ("every friday from 1 july until june", "FREQ=WEEKLY;UNTIL=20210630;BYDAY=FR"),
            ("every friday from 1 july until 30 june", "FREQ=WEEKLY;UNTIL=20210630;BYDAY=FR"),
            ("every friday until 15:00 on 20 dec", "FREQ=WEEKLY;UNTIL=20191220T150000;BYDAY=FR"),
            ("every friday until 15:00 UTC on 20 dec", "FREQ=WEEKLY;UNTIL=20191220T150000Z;BYDAY=FR"),
            ("every friday until 20 dec at 15:00", "FREQ=WEEKLY;UNTIL=20191220;BYDAY=FR"),
            ("every friday, ten times", "FREQ=WEEKLY;COUNT=10;BYDAY=FR"),
            ("every day for a week", "FREQ=DAILY;UNTIL=20190922"),
            ("every month on the 20th for 3 months", "FREQ=MONTHLY;UNTIL=20191219;BYMONTHDAY=20"),
            ("FREQ=WEEKLY;BYDAY=FR, until 20 dec", "FREQ=WEEKLY;UNTIL=20191220;BYDAY=FR"),
        ])
    func bounds(text: String, rule: String?) {
        #expect((try? RecurrencePhrase.parse(text, in: .seoul))?.rule.text == rule)
    }

    @Test(
        "Exceptions are days, spans of days, and spans of the calendar",
        arguments: [
            ("every friday except 20 dec", ["2019-12-20"]),
            ("every friday except 20 dec, 27 dec", ["2019-12-20", "2019-12-27"]),
            ("every friday except 20 and 27 dec", ["2019-12-20", "2019-12-27"]),
            ("every friday except fri 20 dec and fri 27 dec", ["2019-12-20", "2019-12-27"]),
            ("every friday except on 20 december 2019 and on 3 jan", ["2019-12-20"]),
            ("every friday except 20 dec – 3 jan", ["2019-12-20/2020-01-03"]),
            ("every friday except december 2019", ["2019-12-01/2019-12-31"]),
            ("every friday except 2020", ["2020-01-01/2020-12-31"]),
            ("every friday except next friday 10:00 Tokyo", ["2019-09-27"]),
            ("every year on 24 oct except 2027", ["2027-01-01/2027-12-31"]),
        ])
    func exceptions(text: String, days: [String]) throws {
        let phrase = try RecurrencePhrase.parse(text, in: .seoul)
        let found = phrase.exceptions.map { days in
            days.lowerBound == days.upperBound
                ? days.lowerBound.iso8601 : "\(days.lowerBound.iso8601)/\(days.upperBound.iso8601)"
        }
        #expect(found == days)
    }

    @Test("Added days have an hour of their own where one is said with them")
    func additions() throws {
        let phrase = try RecurrencePhrase.parse("every friday 10:00 and on 3 dec, and at 16:00 on 5 dec", in: .seoul)
        #expect(phrase.additions.map(\.date.iso8601) == ["2019-12-03", "2019-12-05"])
        #expect(phrase.additions.map(\.time) == [nil, CivilTime(hour: 16, minute: 0)])
        #expect(phrase.time == CivilTime(hour: 10, minute: 0))
    }

    @Test(
        "Hours stand anywhere",
        arguments: [
            ("weekdays at 9", "09:00:00"), ("every friday at 15:00 until june", "15:00:00"),
            ("every month at 8 on the first monday", "08:00:00"), ("at 9 every friday", "09:00:00"),
            ("every day at 17:00 and 9:00", "09:00:00"), ("every friday at 9 Geneva", "09:00:00"),
        ])
    func hours(text: String, time: String) throws {
        #expect(try RecurrencePhrase.parse(text, in: .seoul).time?.iso8601 == time)
    }

    @Test(
        "What is wrong is marked, and the nearest that would be understood is named",
        arguments: [
            (
                "every friday except 24 dec", "every friday except [24 dec]", "it is no date of the series",
                ["20 dec 2019", "27 dec 2019"]
            ),
            (
                "twice a month", "[twice a month]", "it does not say on which days",
                ["every month on the 1st and 15th", "every 1st and 3rd monday"]
            ),
            (
                "biweekly", "[biweekly]", "'biweekly' may be twice in one or once in two",
                ["every 2 weeks", "every mon, thu"]
            ),
            (
                "every year on 24 oct and 3 dec", "every year on [24 oct and 3 dec]",
                "these are days of different months: a series for each, please", []
            ),
            (
                "every day at 9:00 and 17:30", "every day [at 9:00 and 17:30]",
                "one rule has the same minutes in all its hours: these take a series each", []
            ),
            (
                "weekly if it is the 13th", "[weekly if it is the 13th]",
                "no recurrence rule says that: BYMONTHDAY does not go with FREQ=WEEKLY", []
            ),
            (
                "every friday from 1 jan until 31 dec 2019", "every friday from 1 jan until [31 dec 2019]",
                "it ends on 31 December 2019, before it begins on 3 January 2020", []
            ),
            ("every friday until lunch", "every friday until [lunch]", "'lunch' is no last day", []),
            ("every friday except", "every friday [except]", "what is left out is missing", []),
            (
                "every friday excpt 24 dec", "every friday [excpt] 24 dec", "'excpt' is not understood", ["except"]
            ),
            ("every firday", "every [firday]", "'firday' does not say how often", ["friday"]),
            (
                "every friday until 20 dec, 10 times", "every friday until [20 dec], 10 times",
                "a series ends on a day or after so many times, not both", []
            ),
        ])
    func errors(text: String, marked: String, reason: String, suggestions: [String]) {
        let error = #expect(throws: PhraseError.self) { try RecurrencePhrase.parse(text, in: .seoul) }
        guard let error else { return }
        var scalars = Array(error.text.unicodeScalars)
        scalars.insert("]", at: error.range.upperBound)
        scalars.insert("[", at: error.range.lowerBound)
        #expect(String(String.UnicodeScalarView(scalars)) == marked)
        #expect(error.reason == reason)
        #expect(error.suggestions == suggestions)
    }
}

@Suite("Months that lack the day")
struct ShortMonthTests {
    @Test(
        "A series says which months it leaves out",
        arguments: [
            (
                "FREQ=MONTHLY", "2027-01-31",
                "There is no 31st in February, April, June, September and November: skipped."
            ),
            ("FREQ=MONTHLY;BYMONTHDAY=30", "2027-01-30", "There is no 30th in February: skipped."),
            ("FREQ=MONTHLY", "2027-01-29", "February has a 29th in leap years only: skipped in others."),
            ("FREQ=YEARLY", "2028-02-29", "February has a 29th in leap years only: skipped in others."),
            ("FREQ=MONTHLY;INTERVAL=12", "2027-01-31", nil),
            ("FREQ=MONTHLY;INTERVAL=6", "2027-03-31", "There is no 31st in September: skipped."),
            ("FREQ=MONTHLY", "2027-01-28", nil),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "2027-01-31", nil),
            ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2027-01-31", nil),
            ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD", "2027-01-31", nil),
            ("FREQ=YEARLY;BYMONTH=1,3;BYMONTHDAY=31", "2027-01-31", nil),
            ("FREQ=WEEKLY", "2027-01-31", nil),
        ])
    func words(text: String, day: String, expected: String?) throws {
        let start = try #require(CivilDate(iso8601: day))
        let rule = try RecurrenceRule(text)
        let segment = Segment(
            Timing(start: CivilDateTime(start, .noon), duration: .seconds(60), zone: "UTC", city: nil), rule: rule)
        let series = RecurrencePhrase(rule: rule, firstDate: start)
        let advice = " Add 'or the last day of the month', 'or the next day', or 'or skip' if that is meant."
        #expect(segment.shortMonths(acceptedBy: series) == expected.map { $0 + advice })
    }

    @Test(
        "Who says what is meant is not asked",
        arguments: ["or skip", "or the last day of the month", "or the next day"])
    func accepted(words: String) throws {
        let series = try RecurrencePhrase.parse("monthly on the 31st, \(words)", in: .seoul)
        var segment = Segment(
            Timing(start: CivilDateTime(series.firstDate, .noon), duration: .seconds(60), zone: "UTC", city: nil))
        try segment.recur(as: series, in: .utc)
        #expect(segment.shortMonths(acceptedBy: series) == nil)
    }

    @Test("The months that are left out are counted up to the date that is looked at")
    func skipped() throws {
        let start = try #require(CivilDateTime(iso8601: "2027-01-31T10:00:00"))
        let segment = Segment(
            Timing(start: start, duration: .seconds(60), zone: "UTC", city: nil),
            rule: try RecurrenceRule("FREQ=MONTHLY"))
        let last = try #require(CivilDate(iso8601: "2027-07-31"))
        #expect(
            segment.skippedMonths(until: last, limit: 9).map(\.iso8601) == ["2027-02-28", "2027-04-30", "2027-06-30"])
        #expect(segment.skippedMonths(until: last, limit: 2).count == 2)
    }
}
