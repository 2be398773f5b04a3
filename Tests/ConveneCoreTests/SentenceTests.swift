import ConveneCore
import ConveneTestSupport
import Foundation
import Testing
import ZonedTime

@testable import Recurrence

@Suite("What the program says of a series")
struct SentenceTests {
    @Test(
        "What is left out is said in full, days that follow each other as a span, and can be typed back",
        arguments: [
            (
                "every friday except 20 dec – 31 jan, 6 mar",
                "every Friday, except 20 December 2019 – 31 January 2020, 6 March 2020"
            ),
            (
                "every day except october 2019, 24 dec, 26 dec",
                "every day, except 1 October 2019 – 31 October 2019, 24 December 2019, 26 December 2019"
            ),
            ("every friday except 4 oct, 11 oct", "every Friday, except 4 October 2019, 11 October 2019"),
        ])
    func leftOut(typed: String, said: String) throws {
        func segment(_ text: String) throws -> Segment {
            let start = try #require(CivilDateTime(iso8601: "2019-09-27T10:00:00"))
            var segment = Segment(Timing(start: start, duration: .seconds(3_600), zone: "Asia/Seoul", city: nil))
            try segment.recur(as: try RecurrencePhrase.parse(text, in: .seoul), in: .utc)
            return segment
        }
        let first = try segment(typed)
        let sentence = try #require(first.sentence)
        #expect(sentence == said)
        #expect(try segment(sentence).exclusions == first.exclusions)
    }

    @Test(
        "Rules are said as people would say them",
        arguments: [
            ("FREQ=DAILY", "every day"),
            ("FREQ=DAILY;INTERVAL=3;COUNT=10", "every 3 days, 10 times"),
            ("FREQ=WEEKLY", "every Thursday"),
            ("FREQ=WEEKLY;BYDAY=MO,WE", "every Monday and Wednesday"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "every 2 weeks on Monday and Wednesday"),
            ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
            ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,TU,WE,TH,FR", "every 2 weeks on weekdays, weeks begin on Sunday"),
            ("FREQ=MONTHLY", "every month on the 24th"),
            ("FREQ=MONTHLY;BYDAY=3FR;UNTIL=20261220", "every month on the third Friday, until 20 December 2026"),
            ("FREQ=MONTHLY;BYDAY=1FR,-1FR", "every month on the first and last Friday"),
            ("FREQ=MONTHLY;BYDAY=TU,-1FR", "every month on every Tuesday and the last Friday"),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday"),
            ("FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", "every month on the third Tuesday, Wednesday or Thursday"),
            ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every month on every Friday if it is the 13th"),
            (
                "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
                "every month on every Saturday if it is the 7th to 13th"
            ),
            ("FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "every month on the 1st, 15th and last day"),
            ("FREQ=MONTHLY;BYMONTHDAY=-2", "every month on the second to last day"),
            (
                "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;BYMONTHDAY=31",
                "every month on the 31st, or the last day of the month"
            ),
            (
                "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD;BYMONTH=2;BYMONTHDAY=29",
                "every year on 29 February, or the next day"
            ),
            ("FREQ=YEARLY", "every year on 24 October"),
            ("FREQ=YEARLY;BYMONTH=6,7", "every year on the 24th of June and July"),
            ("FREQ=YEARLY;BYDAY=20MO", "every year on the 20th Monday of the year"),
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "every year on the last Sunday of March"),
            ("FREQ=YEARLY;BYMONTH=6,7,8;BYDAY=TH", "every year on every Thursday of June to August"),
            ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "every year on every Monday in week 20"),
            ("FREQ=YEARLY;BYYEARDAY=1,100,-1", "every year on the 1st, 100th and last day of the year"),
            (
                "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
                "every 4 years on every Tuesday of November if it is the 2nd to 8th"
            ),
            ("FREQ=DAILY;BYMONTH=1;UNTIL=20000131T140000Z", "every day in January, until 14:00 UTC on 31 January 2000"),
            ("FREQ=DAILY;BYHOUR=9,17", "every day at 09:00 and 17:00"),
            ("FREQ=DAILY;BYHOUR=9", "every day"),
            (
                "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
                "every day in hours 9 to 16 at minutes 0, 20 and 40"
            ),
            ("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000", "every 3 hours, until 17:00 on 2 September 1997"),
            ("FREQ=MINUTELY;INTERVAL=15;BYDAY=MO,TU,WE,TH,FR", "every 15 minutes if it is a weekday"),
            (
                "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1,15;BYSETPOS=-1",
                "every year on the 1st and 15th of January, only the last of these each year"
            ),
        ])
    func sentences(text: String, sentence: String) throws {
        let start = try #require(CivilDateTime(iso8601: "2019-10-24T09:00:00"))
        #expect(try RecurrenceRule(text).sentence(startingOn: start) == sentence)
    }

    @Test(
        "What is said of a rule is read as that rule",
        arguments: [("rfc5545", 52), ("rrule-random", 6_000), ("skip", 180), ("tz", 600), ("seek", 340)])
    func vectors(name: String, count: Int) throws {
        let file = try Data(contentsOf: VectorZones.vectors.appending(path: "\(name).jsonl"))
        var read = 0
        var failures: [String] = []
        for line in file.split(separator: UInt8(ascii: "\n")) {
            let vector = try JSONDecoder().decode(Vector.self, from: line)
            guard let rule = try? RecurrenceRule(vector.rrule) else { continue }
            let start = try #require(
                CivilDateTime(iso8601: vector.dtstart.count == 10 ? vector.dtstart + "T00:00" : vector.dtstart))
            if let failure = SentenceTests.failure(rule, start) { failures.append(failure) } else { read += 1 }
        }
        for failure in failures.prefix(10) { Issue.record("\(failure)") }
        #expect(read == count)
    }

    private struct Vector: Decodable {
        let dtstart: String
        let rrule: String
    }

    @Test("What is said of any rule that there can be is read as that rule", arguments: 0..<20)
    func generated(seed: UInt64) throws {
        var source = RuleSource(seed: seed)
        var failures: [String] = []
        for _ in 0..<100 {
            let rule = try source.rule()
            if let failure = SentenceTests.failure(rule, source.start()) { failures.append(failure) }
        }
        for failure in failures.prefix(5) { Issue.record("seed \(seed): \(failure)") }
    }

    /// What is wrong, where a rule's sentence is not read as a rule that is the same once each has taken from its
    /// start what it leaves open: the day, and an hour that is that of the start.
    private static func failure(_ rule: RecurrenceRule, _ start: CivilDateTime) -> String? {
        let sentence = rule.sentence(startingOn: start)
        do {
            let context = PhraseContext.utc
            let phrase = try RecurrencePhrase.parse(sentence, in: context, from: start.date)
            let found = phrase.rule.withParts(of: start, isWholeDays: false)
            if found == rule.withParts(of: start, isWholeDays: false) { return nil }
            return "\(rule.text) is said as '\(sentence)', which is read as \(phrase.rule.text)"
        } catch {
            let place = error.text.unicodeScalars.dropFirst(error.range.lowerBound).prefix(20)
            // A rule without any date is no series.
            if error.reason == "it never comes to a date" { return nil }
            return "\(rule.text) is said as '\(sentence)': \(error.reason) at '\(String(place))'"
        }
    }
}
