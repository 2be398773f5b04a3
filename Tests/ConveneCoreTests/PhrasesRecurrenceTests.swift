import ConveneCore
import Recurrence
import Testing
import ZonedTime

@Suite("What people type about series")
struct PhrasesRecurrenceTests {
    @Test(
        "Patterns in words are rules of RFC 5545",
        arguments: [
            ("daily", "FREQ=DAILY", "2019-09-16"),
            ("every day", "FREQ=DAILY", "2019-09-16"),
            ("every 3 days", "FREQ=DAILY;INTERVAL=3", "2019-09-16"),
            ("weekly", "FREQ=WEEKLY", "2019-09-16"),
            ("every friday", "FREQ=WEEKLY;BYDAY=FR", "2019-09-20"),
            ("every mon, wed and fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2019-09-16"),
            ("every Tuesday & Thursday", "FREQ=WEEKLY;BYDAY=TU,TH", "2019-09-17"),
            ("every mon-fri", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2019-09-16"),
            ("every friday to monday", "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU", "2019-09-16"),
            ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", "2019-09-16"),
            ("every other week", "FREQ=WEEKLY;INTERVAL=2", "2019-09-16"),
            ("every second week", "FREQ=WEEKLY;INTERVAL=2", "2019-09-16"),
            ("fortnightly on fri", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2019-09-20"),
            ("every 2 weeks on mon, wed", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "2019-09-16"),
            ("every other friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2019-09-20"),
            ("weekly on fridays", "FREQ=WEEKLY;BYDAY=FR", "2019-09-20"),
            ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2019-09-16"),
            ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2019-09-16"),
            ("every working day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2019-09-16"),
            ("monthly", "FREQ=MONTHLY", "2019-09-16"),
            ("quarterly", "FREQ=MONTHLY;INTERVAL=3", "2019-09-16"),
            ("every 3rd friday", "FREQ=MONTHLY;BYDAY=3FR", "2019-09-20"),
            ("every third friday of the month", "FREQ=MONTHLY;BYDAY=3FR", "2019-09-20"),
            ("every 1st and 3rd friday", "FREQ=MONTHLY;BYDAY=1FR,3FR", "2019-09-20"),
            ("every last friday", "FREQ=MONTHLY;BYDAY=-1FR", "2019-09-27"),
            ("every month on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15", "2019-10-15"),
            ("every 2 months on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15;INTERVAL=2", "2019-10-15"),
            ("monthly on the 1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15", "2019-10-01"),
            ("monthly on day 20", "FREQ=MONTHLY;BYMONTHDAY=20", "2019-09-20"),
            ("monthly on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1", "2019-09-30"),
            ("every month on the third friday", "FREQ=MONTHLY;BYDAY=3FR", "2019-09-20"),
            ("monthly on the last weekday", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2019-09-30"),
            ("monthly on the first working day", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "2019-10-01"),
            ("yearly", "FREQ=YEARLY", "2019-09-16"),
            ("every year on 24 oct", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=24", "2019-10-24"),
            ("every 24 oct", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=24", "2019-10-24"),
            ("every year on the last friday of march", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1FR", "2020-03-27"),
            ("FREQ=MONTHLY;BYDAY=3FR", "FREQ=MONTHLY;BYDAY=3FR", "2019-09-20"),
            ("RRULE:FREQ=MONTHLY;BYDAY=3FR", "FREQ=MONTHLY;BYDAY=3FR", "2019-09-20"),
        ])
    func patterns(text: String, rule: String, first: String) throws {
        let phrase = try RecurrencePhrase.parse(text, in: .seoul)
        #expect(phrase.rule == (try RecurrenceRule(rule)))
        #expect(phrase.firstDate.iso8601 == first)
        #expect(phrase.time == nil)
    }

    @Test(
        "Patterns end on a day, or after so many times",
        arguments: [
            ("every friday until 20 dec 2026", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20261220"),
            ("every friday until 20 dec", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20191220"),
            ("every friday 10 times", "FREQ=WEEKLY;BYDAY=FR;COUNT=10"),
            ("every friday for 10 times", "FREQ=WEEKLY;BYDAY=FR;COUNT=10"),
            ("every friday 10:00 until 20 dec", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20191220"),
            ("every friday at 10:00 Geneva until 2019-12-20", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20191220"),
        ])
    func ends(text: String, rule: String) throws {
        #expect(try RecurrencePhrase.parse(text, in: .seoul).rule == (try RecurrenceRule(rule)))
    }

    @Test("A series has its hour, its place and its first date")
    func whole() throws {
        let when = try WhenPhrase.parse("every 3rd friday 15:00–16:30 Geneva until 20 dec 2026", in: .seoul)
        let geneva = NamedZone(identifier: "Europe/Zurich", label: "Geneva")
        let friday = try #require(CivilDate(iso8601: "2019-09-20"))
        let start = try #require(CivilTime(iso8601: "15:00"))
        let end = try #require(CivilTime(iso8601: "16:30"))
        let rule = try RecurrenceRule("FREQ=MONTHLY;BYDAY=3FR;UNTIL=20261220")
        #expect(
            when
                == When(
                    form: .timed(start: CivilDateTime(friday, start), until: CivilDateTime(friday, end)), place: geneva,
                    recurrence: RecurrencePhrase(
                        rule: rule, time: start, until: end, firstDate: friday, place: geneva)))
    }

    @Test(
        "It begins with the first date that is still to come",
        arguments: [
            ("daily 08:00", "2019-09-17"), ("daily 10:00", "2019-09-16"), ("every mon 08:00", "2019-09-23"),
            ("fri 10:00 weekly", "2019-09-20"), ("20 sep 10:00 every 2 weeks", "2019-09-20"),
            ("every friday from 3 dec", "2019-12-06"), ("every friday starting next month", "2019-10-04"),
            ("weekly 24–25 sep", "2019-09-24"),
        ])
    func firstDate(text: String, first: String?) throws {
        #expect((try? RecurrencePhrase.parse(text, in: .seoul))?.firstDate.iso8601 == first)
    }

    @Test("A pattern that stands apart from its date begins with that date")
    func anchored() throws {
        let day = try #require(CivilDate(iso8601: "2019-11-05"))
        #expect(try RecurrencePhrase.parse("every 2 weeks", in: .seoul, from: day).firstDate == day)
        #expect(try RecurrencePhrase.parse("every friday", in: .seoul, from: day).firstDate.iso8601 == "2019-11-08")
    }

    @Test(
        "Forms go with a pattern",
        arguments: [
            ("every friday", "hourOpen"), ("every friday all day", "wholeDays"), ("weekly 24–25 sep", "wholeDays"),
        ])
    func forms(text: String, form: String) throws {
        let found =
            switch try WhenPhrase.parse(text, in: .seoul).form {
            case .timed: "timed"
            case .wholeDays: "wholeDays"
            case .hourOpen: "hourOpen"
            case .window: "window"
            case .timeOnly: "timeOnly"
            }
        #expect(found == form)
    }

    @Test(
        "What is no pattern is refused",
        arguments: [
            "every", "every 0 weeks", "every 6th friday", "monthly on the 32nd", "monthly on friday", "every fridya",
            "every friday 0 times", "every friday until", "every friday until 20 dec 10 times", "every friday october",
            "FREQ=OFTEN", "fri 10:00",
        ])
    func refused(text: String) {
        #expect(throws: PhraseError.self) { try RecurrencePhrase.parse(text, in: .seoul) }
    }
}
