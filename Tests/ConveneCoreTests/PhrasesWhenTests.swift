import ConveneCore
import Testing
import ZonedTime

@Suite("What people type about time")
struct PhrasesWhenTests {
    @Test(
        "An hour with its day",
        arguments: [
            ("2026-12-01 10:00", "2026-12-01T10:00"),
            ("2026-12-01T10:00", "2026-12-01T10:00"),
            ("2026-12-01T10:00:30", "2026-12-01T10:00:30"),
            ("fri 14:00", "2019-09-20T14:00"),
            ("thu 15:30", "2019-09-19T15:30"),
            ("Friday, 2 pm", "2019-09-20T14:00"),
            ("tomorrow 9am", "2019-09-17T09:00"),
            ("tomorrow at 9 a.m.", "2019-09-17T09:00"),
            ("noon tomorrow", "2019-09-17T12:00"),
            ("16h30 on tuesday", "2019-09-17T16:30"),
            ("tue 9 o'clock", "2019-09-17T09:00"),
            ("midnight fri", "2019-09-20T00:00"),
            ("3 december 2027 10:00", "2027-12-03T10:00"),
            ("dec 3, 2027, 10:00", "2027-12-03T10:00"),
            ("the 3rd of december 10:00", "2019-12-03T10:00"),
            ("the 15th 10:00", "2019-10-15T10:00"),
            ("22 oct 10:00", "2019-10-22T10:00"),
            ("next friday 10:00", "2019-09-27T10:00"),
            ("friday next week 10:00", "2019-09-27T10:00"),
            ("next week fri 10:00", "2019-09-27T10:00"),
            ("next monday 10:00", "2019-09-23T10:00"),
            ("this friday 10:00", "2019-09-20T10:00"),
            ("mon 10:00", "2019-09-16T10:00"),
            ("mon 08:00", "2019-09-23T08:00"),
            ("today 08:00", "2019-09-16T08:00"),
            ("in 3 days 10:00", "2019-09-19T10:00"),
            ("in two", nil),
            ("3 days from now 10:00", "2019-09-19T10:00"),
            ("20 minutes from now", "2019-09-16T09:20"),
            ("3rd friday 10:00", "2019-09-20T10:00"),
            ("last friday of october 10:00", "2019-10-25T10:00"),
            ("first monday of next month 10:00", "2019-10-07T10:00"),
            ("last friday in march 2027 10:00", "2027-03-26T10:00"),
            ("in 2 weeks at 14:00", "2019-09-30T14:00"),
            ("in a month 10:00", "2019-10-16T10:00"),
            ("day after tomorrow 10:00", "2019-09-18T10:00"),
            ("10:00", "2019-09-16T10:00"),
            ("08:00", "2019-09-17T08:00"),
            ("09:00", "2019-09-17T09:00"),
            ("noon", "2019-09-16T12:00"),
            ("midnight", "2019-09-17T00:00"),
            ("in 20 minutes", "2019-09-16T09:20"),
            ("in 3 seconds", "2019-09-16T09:00:03"),
            ("in 2 hours", "2019-09-16T11:00"),
            ("in half an hour", "2019-09-16T09:30"),
            ("in 1h30", "2019-09-16T10:30"),
            ("now", "2019-09-16T09:00"),
            ("16 sep 10:00", "2019-09-16T10:00"),
            ("15 sep 10:00", "2020-09-15T10:00"),
        ])
    func timed(text: String, start: String?) throws {
        guard let start else {
            #expect(throws: PhraseError.self) { try WhenPhrase.parse(text, in: .seoul) }
            return
        }
        let when = try WhenPhrase.parse(text, in: .seoul)
        #expect(when == When(form: .timed(start: try reading(start), until: nil)))
    }

    @Test(
        "An hour and its end",
        arguments: [
            ("20 Sep 2019, 11:00–12:30", "2019-09-20T11:00", "2019-09-20T12:30"),
            ("Fri 20 Sep 2019, 11:00–12:30", "2019-09-20T11:00", "2019-09-20T12:30"),
            ("fri 10:00-11:30", "2019-09-20T10:00", "2019-09-20T11:30"),
            ("fri 10am-noon", "2019-09-20T10:00", "2019-09-20T12:00"),
            ("fri 10-11:30", "2019-09-20T10:00", "2019-09-20T11:30"),
            ("fri 9-11am", "2019-09-20T09:00", "2019-09-20T11:00"),
            ("fri 11am-1", "2019-09-20T11:00", "2019-09-20T13:00"),
            ("fri 11-1pm", "2019-09-20T11:00", "2019-09-20T13:00"),
            ("fri 12-1pm", "2019-09-20T12:00", "2019-09-20T13:00"),
            ("fri 1:30-3pm", "2019-09-20T13:30", "2019-09-20T15:00"),
            ("fri 10:00-3pm", "2019-09-20T10:00", "2019-09-20T15:00"),
            ("fri 07:00-8pm", "2019-09-20T07:00", "2019-09-20T20:00"),
            ("fri from 10:00 to 11:30", "2019-09-20T10:00", "2019-09-20T11:30"),
            ("10:00 until 11:30", "2019-09-16T10:00", "2019-09-16T11:30"),
            ("fri 22:00–01:00", "2019-09-20T22:00", "2019-09-21T01:00"),
            ("fri 22:00–24:00", "2019-09-20T22:00", "2019-09-21T00:00"),
            ("fri 22:00-midnight", "2019-09-20T22:00", "2019-09-21T00:00"),
            ("fri 22:00 – sat 02:00", "2019-09-20T22:00", "2019-09-21T02:00"),
            ("2019-09-24T10:00/2019-09-26T16:00", "2019-09-24T10:00", "2019-09-26T16:00"),
            ("24 sep 10:00 to 26 sep 16:00", "2019-09-24T10:00", "2019-09-26T16:00"),
            ("28 dec 10:00 – 3 jan 16:00", "2019-12-28T10:00", "2020-01-03T16:00"),
        ])
    func timedRange(text: String, start: String, end: String) throws {
        let when = try WhenPhrase.parse(text, in: .seoul)
        #expect(when == When(form: .timed(start: try reading(start), until: try reading(end))))
    }

    @Test(
        "A day without an hour",
        arguments: [
            ("fri", "2019-09-20"), ("friday", "2019-09-20"), ("mon", "2019-09-16"), ("today", "2019-09-16"),
            ("tomorrow", "2019-09-17"), ("in 3 days", "2019-09-19"), ("3 dec", "2019-12-03"), ("dec 3", "2019-12-03"),
            ("DEC 3rd", "2019-12-03"), ("2019-09-20", "2019-09-20"), ("fri 20 sep", "2019-09-20"),
            ("Fri, 20 September 2019", "2019-09-20"), ("16 sep", "2019-09-16"), ("15 sep", "2020-09-15"),
            ("29 feb", "2020-02-29"), ("sept 20", "2019-09-20"), ("some day 3 dec", "2019-12-03"),
            ("3 days ago", "2019-09-13"), ("yesterday", "2019-09-15"), ("Fri 20 Sep 2019, hour open", "2019-09-20"),
            ("last friday", "2019-09-13"),
        ])
    func hourOpen(text: String, date: String) throws {
        #expect(try WhenPhrase.parse(text, in: .seoul) == When(form: .hourOpen(try day(date))))
    }

    @Test(
        "Whole days",
        arguments: [
            ("24–30 sep", "2019-09-24", "2019-09-30"),
            ("24-30 sep", "2019-09-24", "2019-09-30"),
            ("24 to 30 sep", "2019-09-24", "2019-09-30"),
            ("24 sep – 30 sep", "2019-09-24", "2019-09-30"),
            ("sep 24–30", "2019-09-24", "2019-09-30"),
            ("sep 24 – oct 3", "2019-09-24", "2019-10-03"),
            ("28 sep – 3 oct", "2019-09-28", "2019-10-03"),
            ("28 dec – 3 jan", "2019-12-28", "2020-01-03"),
            ("28 dec 2020 – 3 jan", "2020-12-28", "2021-01-03"),
            ("28 dec – 3 jan 2021", "2020-12-28", "2021-01-03"),
            ("10–20 sep", "2019-09-10", "2019-09-20"),
            ("10–15 sep", "2020-09-10", "2020-09-15"),
            ("Tue 24 – Mon 30 Sep 2019", "2019-09-24", "2019-09-30"),
            ("24–30 sep 2021", "2021-09-24", "2021-09-30"),
            ("2019-09-24 to 2019-09-30", "2019-09-24", "2019-09-30"),
            ("2019-09-24/2019-09-30", "2019-09-24", "2019-09-30"),
            ("wed – fri", "2019-09-18", "2019-09-20"),
            ("fri to mon", "2019-09-20", "2019-09-23"),
            ("tomorrow to friday", "2019-09-17", "2019-09-20"),
            ("3 dec all day", "2019-12-03", "2019-12-03"),
            ("all-day fri", "2019-09-20", "2019-09-20"),
            ("18th – 20th", "2019-09-18", "2019-09-20"),
        ])
    func wholeDays(text: String, first: String, last: String) throws {
        let form = When.Form.wholeDays(first: try day(first), last: try day(last))
        #expect(try WhenPhrase.parse(text, in: .seoul) == When(form: form))
    }

    @Test(
        "Windows",
        arguments: [
            ("some day 24–30 sep", "2019-09-24", "2019-09-30"),
            ("some day between 24 and 30 sep", "2019-09-24", "2019-09-30"),
            ("some day in october", "2019-10-01", "2019-10-31"),
            ("sometime next week", "2019-09-23", "2019-09-29"),
            ("october", "2019-10-01", "2019-10-31"),
            ("in october", "2019-10-01", "2019-10-31"),
            ("september", "2019-09-01", "2019-09-30"),
            ("august", "2020-08-01", "2020-08-31"),
            ("oct 2021", "2021-10-01", "2021-10-31"),
            ("2021-10", "2021-10-01", "2021-10-31"),
            ("week of 23 sep", "2019-09-23", "2019-09-29"),
            ("the week of 25 sep", "2019-09-23", "2019-09-29"),
            ("end of october", "2019-10-22", "2019-10-31"),
            ("end of february", "2020-02-20", "2020-02-29"),
            ("early september", "2020-09-01", "2020-09-10"),
            ("mid-october", "2019-10-11", "2019-10-20"),
            ("beginning of next month", "2019-10-01", "2019-10-10"),
            ("end of the month", "2019-09-21", "2019-09-30"),
            ("second half of 2027", "2027-07-01", "2027-12-31"),
            ("first half of october", "2019-10-01", "2019-10-15"),
            ("in 2027", "2027-01-01", "2027-12-31"),
            ("this week", "2019-09-16", "2019-09-22"),
            ("next week", "2019-09-23", "2019-09-29"),
            ("next month", "2019-10-01", "2019-10-31"),
        ])
    func windows(text: String, first: String, last: String) throws {
        let form = When.Form.window(first: try day(first), last: try day(last))
        #expect(try WhenPhrase.parse(text, in: .seoul) == When(form: form))
    }

    @Test(
        "A place may be anywhere in it",
        arguments: [
            ("fri 14:00 Tokyo", "Asia/Tokyo", "Tokyo"), ("fri 14:00 in Tokyo", "Asia/Tokyo", "Tokyo"),
            ("fri 14:00 tokyo time", "Asia/Tokyo", "Tokyo"), ("Tokyo fri 14:00", "Asia/Tokyo", "Tokyo"),
            ("fri 14:00, Europe/Berlin", "Europe/Berlin", "Berlin"), ("fri 14:00 UTC", "UTC", "UTC"),
            ("fri Geneva 14:00", "Europe/Zurich", "Geneva"), ("fri 14:00 new york", "America/New_York", "New York"),
            ("fri 14:00 UTC+9", "Etc/GMT-9", "UTC+9"), ("2019-09-20T14:00Z", "UTC", "UTC"),
        ])
    func place(text: String, zone: String, label: String) throws {
        let when = try WhenPhrase.parse(text, in: .seoul)
        #expect(when.place == NamedZone(identifier: zone, label: label))
        #expect(when.form == .timed(start: try reading("2019-09-20T14:00"), until: nil))
    }

    @Test("Dates are counted in the place that was named")
    func countedThere() throws {
        // Tuesday, 01:00 in Berlin, is still Monday in New York.
        let context = PhraseContext.at("2019-09-17T01:00", "Europe/Berlin")
        let there = try WhenPhrase.parse("tomorrow 10:00 New York", in: context)
        #expect(there.form == .timed(start: try reading("2019-09-17T10:00"), until: nil))
        #expect(try WhenPhrase.parse("mon New York", in: context).form == .hourOpen(try day("2019-09-16")))
        #expect(try WhenPhrase.parse("mon here", in: context).form == .hourOpen(try day("2019-09-23")))
    }

    @Test("Hours from now pass by the clock's change, days keep the hour")
    func acrossClockChange() throws {
        // In Berlin the clocks went from 02:00 to 03:00 on Sunday, 31 March 2019.
        let context = PhraseContext.at("2019-03-31T01:30", "Europe/Berlin")
        let hour = try WhenPhrase.parse("in 1 hour", in: context)
        #expect(hour.form == .timed(start: try reading("2019-03-31T03:30"), until: nil))
        let evening = PhraseContext.at("2019-03-30T12:00", "Europe/Berlin")
        #expect(
            try InstantPhrase.parse("tomorrow 12:00", in: evening).seconds(since: evening.now) == 23 * 3_600)
    }

    @Test("Minutes from now come to whole minutes, seconds stay exact")
    func wholeMinutes() throws {
        let context = PhraseContext.at("2019-09-16T09:00:41", "Asia/Seoul")
        let form = { text in try WhenPhrase.parse(text, in: context).form }
        #expect(try form("in 20 minutes") == .timed(start: try reading("2019-09-16T09:21"), until: nil))
        #expect(try form("in 90 seconds") == .timed(start: try reading("2019-09-16T09:02:11"), until: nil))
        #expect(try form("now") == .timed(start: try reading("2019-09-16T09:00"), until: nil))
    }

    @Test("For a change a time alone keeps its day")
    func change() throws {
        let form = { text in try WhenPhrase.parse(text, in: .seoul, for: .change).form }
        #expect(try form("4:15") == .timeOnly(try time("04:15"), until: nil))
        #expect(try form("16:15") == .timeOnly(try time("16:15"), until: nil))
        #expect(try form("11:00–12:30") == .timeOnly(try time("11:00"), until: try time("12:30")))
        #expect(try form("thu 15:30") == .timed(start: try reading("2019-09-19T15:30"), until: nil))
        #expect(try form("tue") == .hourOpen(try day("2019-09-17")))
    }

    @Test("A look-up may be about the past")
    func lookUp() throws {
        let form = { text in try WhenPhrase.parse(text, in: .seoul, for: .lookUp).form }
        #expect(try form("3 sep") == .hourOpen(try day("2019-09-03")))
        #expect(try form("3 aug") == .hourOpen(try day("2019-08-03")))
        #expect(try form("3 feb") == .hourOpen(try day("2020-02-03")))
        #expect(try form("08:00") == .timed(start: try reading("2019-09-16T08:00"), until: nil))
        #expect(try form("august") == .window(first: try day("2019-08-01"), last: try day("2019-08-31")))
    }

    @Test(
        "An exact time",
        arguments: [
            ("2019-09-11T00:00Z", "2019-09-11T00:00:00Z"),
            ("2019-09-11T00:00+09:00", "2019-09-10T15:00:00Z"),
            ("2019-09-11T00:00:00-04:00", "2019-09-11T04:00:00Z"),
            ("2019-09-11 00:00", "2019-09-10T15:00:00Z"),
            ("2019-09-20 10:45 Tokyo", "2019-09-20T01:45:00Z"),
            ("2019-09-11T00:00-04:00", "2019-09-11T04:00:00Z"),
            ("in 3 seconds", "2019-09-16T00:00:03Z"),
            ("fri 10:00 New York", "2019-09-20T14:00:00Z"),
        ])
    func instant(text: String, instant: String) throws {
        #expect(try InstantPhrase.parse(text, in: .seoul).rfc3339(at: .utc) == instant)
    }

    @Test("What is no single time gives no instant", arguments: ["fri", "24–30 sep", "fri 10:00-11:00", "daily 10:00"])
    func noInstant(text: String) {
        #expect(throws: PhraseError.self) { try InstantPhrase.parse(text, in: .seoul) }
    }

    private func reading(_ text: String) throws -> CivilDateTime { try #require(CivilDateTime(iso8601: text)) }
    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso8601: text)) }
    private func time(_ text: String) throws -> CivilTime { try #require(CivilTime(iso8601: text)) }
}
