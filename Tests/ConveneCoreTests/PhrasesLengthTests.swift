import ConveneCore
import Testing
import ZonedTime

@Suite("What people type about lengths and alarms")
struct PhrasesLengthTests {
    @Test(
        "Lengths",
        arguments: [
            ("90m", "PT1H30M"), ("1h30", "PT1H30M"), ("1h30m", "PT1H30M"), ("1.5h", "PT1H30M"), ("2 days", "P2D"),
            ("1w", "P1W"), ("45 min", "PT45M"), ("2 hours", "PT2H"), ("PT90M", "PT1H30M"), ("P1DT2H", "P1DT2H"),
            ("1 day 2 hours", "P1DT2H"), ("1 hour and 30 minutes", "PT1H30M"), ("half an hour", "PT30M"),
            ("an hour", "PT1H"), ("a week", "P1W"), ("90 s", "PT1M30S"), ("0.25h", "PT15M"), ("24h", "PT24H"),
            ("1 H 30 M", "PT1H30M"),
        ])
    func lengths(text: String, iso8601: String) throws {
        #expect(try DurationPhrase.parse(text).iso8601 == iso8601)
    }

    @Test(
        "What is no length is refused with what may be meant",
        arguments: [
            ("90", "'90' has no unit", ["90m", "90h"]), ("0m", "a length must be longer than nothing", []),
            ("-90m", "a length has no sign", []), ("1:30", "a length has units, a time of day has none", ["1h30"]),
            ("2 months", "months and years are not all of one length", ["30 days"]),
            ("1.5 days", "a part of a day is not a length that everyone counts alike", ["36h"]),
            ("1,5h", "the decimal mark is a point", ["1.5h"]), ("90 minuts", "'minuts' is not a length", ["minutes"]),
            ("11 years 3 days", "months and years are not all of one length", ["30 days"]),
            ("999999999 weeks", "it is longer than ten years", []),
            ("", "a length is missing", ["90m", "1h30", "2 days"]),
            ("1h70", "an hour has 60 minutes", []), ("1h 2h", "a unit stands in it twice", []),
            ("0.33333333h", "it does not come to whole seconds", []),
            ("soon", "'soon' is not a length", ["90m", "1h30", "2 days"]),
            ("PT0S", "a length must be longer than nothing", []),
            ("P9999999999D", "'P9999999999D' is not a length", nil),
        ] as [(String, String, [String]?)])
    func noLengths(text: String, reason: String, suggestions: [String]?) {
        let error = #expect(throws: PhraseError.self) { try DurationPhrase.parse(text) }
        if let suggestions {
            #expect(error?.reason == reason)
            #expect(error?.suggestions == suggestions)
        }
    }

    @Test(
        "Alarms, and the text that is kept of them",
        arguments: [
            ("15m", "-PT15M", "15 min before"), ("1d", "-P1D", "1 day before"),
            ("15m before", "-PT15M", "15 min before"), ("1 hour before the start", "-PT1H", "1 hour before"),
            ("10m after start", "+PT10M", "10 min after the start"),
            ("1h after end", "END+PT1H", "1 hour after the end"),
            ("1h after the end", "END+PT1H", "1 hour after the end"), ("at the start", "-PT0S", "at the start"),
            ("0m", "-PT0S", "at the start"), ("0", "-PT0S", "at the start"), ("start", "-PT0S", "at the start"),
            ("at end", "END+PT0S", "at the end"), ("2 weeks", "-P2W", "2 weeks before"),
            ("-PT15M", "-PT15M", "15 min before"),
            ("fri 9am", "2019-09-20T09:00:00+09:00[Asia/Seoul]", "Fri 20 Sep 2019, 09:00 Seoul"),
            ("2019-09-25 18:00", "2019-09-25T18:00:00+09:00[Asia/Seoul]", "Wed 25 Sep 2019, 18:00 Seoul"),
            ("wed 18:00 New York", "2019-09-18T18:00:00-04:00[America/New_York]", "Wed 18 Sep 2019, 18:00 New York"),
            ("10:00 UTC", "2019-09-16T10:00:00Z[UTC]", "Mon 16 Sep 2019, 10:00 UTC"),
            ("in 20 minutes", "2019-09-16T09:20:00+09:00[Asia/Seoul]", "Mon 16 Sep 2019, 09:20 Seoul"),
        ])
    func alarms(typed: String, text: String, words: String) throws {
        let trigger = try #require(try AlarmPhrase.parse(typed, in: .seoul))
        #expect(trigger.text == text)
        #expect(trigger.words == words)
        #expect(AlarmTrigger(text: text) == trigger)
        // What is shown can be typed again.
        #expect(try AlarmPhrase.parse(words, in: .seoul)?.words == words)
    }

    @Test("A fixed alarm in a gap of the clock keeps what was said")
    func alarmInGap() throws {
        let context = PhraseContext.at("2019-03-30T12:00", "Europe/Berlin")
        let trigger = try #require(try AlarmPhrase.parse("31 mar 02:30", in: context))
        #expect(trigger.text == "2019-03-31T02:30:00+01:00[Europe/Berlin]")
        #expect(AlarmTrigger(text: trigger.text) == trigger)
    }

    @Test(
        "An alarm may say what becomes of it when it is late",
        arguments: [
            ("15m", nil, "15 min before"), ("15m, drop when late", .drop, "15 min before, drop when late"),
            ("1h after end, Drop", .drop, "1 hour after the end, drop when late"),
            ("fri 9am, keep until told", .keep, "Fri 20 Sep 2019, 09:00 Seoul"),
            ("fri, 9am, drop if late", .drop, "Fri 20 Sep 2019, 09:00 Seoul, drop when late"),
        ] as [(String, WhenLate?, String)])
    func whenLate(typed: String, whenLate: WhenLate?, words: String) throws {
        let wish = try #require(try AlarmPhrase.wish(typed, in: .seoul))
        #expect(wish.whenLate == whenLate)
        let alarm = Alarm(id: "a", trigger: wish.trigger, whenLate: wish.whenLate ?? .keep)
        #expect(alarm.words == words)
        // What is shown can be typed again.
        let again = try #require(try AlarmPhrase.wish(words, in: .seoul))
        #expect(again.trigger == wish.trigger && again.whenLate ?? .keep == alarm.whenLate)
    }

    @Test("No alarm at all", arguments: ["none", "None", " off "])
    func noAlarm(text: String) throws {
        #expect(try AlarmPhrase.parse(text, in: .seoul) == nil)
    }

    @Test(
        "What is no alarm is refused",
        arguments: ["15", "15 before", "fri", "1h after", "1h after lunch", "none fri", "every friday 9am", ""])
    func refusedAlarms(text: String) {
        #expect(throws: PhraseError.self) { try AlarmPhrase.parse(text, in: .seoul) }
    }

    @Test(
        "What no alarm wrote is not read",
        arguments: ["", "15m", "PT15M", "--PT15M", "END", "END+-PT1H", "2019-09-25T18:00:00+09:00", "[]"])
    func foreignTriggerText(text: String) {
        #expect(AlarmTrigger(text: text) == nil)
    }
}
