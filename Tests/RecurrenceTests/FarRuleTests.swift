import Recurrence
import Testing
import ZonedTime

/// Questions that lead far: their answers are computed, not walked to.
@Suite struct FarRuleTests {
    @Test(
        "What is counted beyond a round of the calendar is what there is",
        arguments: [
            ("2000-02-29T09:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
            ("2004-02-29T09:00", "FREQ=YEARLY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=29;BYHOUR=9,10"),
            ("2001-01-01T09:00", "FREQ=YEARLY;BYWEEKNO=53,-1;BYDAY=MO,SU"),
            ("2001-03-04T09:00", "FREQ=YEARLY;INTERVAL=7;BYDAY=53SU,1MO,-1FR"),
            ("2001-03-04T09:00", "FREQ=YEARLY;BYDAY=SU,FR;BYSETPOS=3,-1,-52"),
            ("2001-03-30T09:00", "FREQ=MONTHLY;INTERVAL=5;BYDAY=5FR"),
            ("2001-03-31T09:00", "FREQ=MONTHLY;BYMONTHDAY=31,29"),
            ("2001-03-31T09:00", "FREQ=MONTHLY;INTERVAL=24;BYDAY=SA;BYSETPOS=5"),
            ("2001-03-31T09:00", "FREQ=MONTHLY;BYDAY=SA,SU;BYHOUR=9,17;BYSETPOS=-1,-3"),
            ("2001-03-31T09:00", "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;BYMONTHDAY=1,30,31"),
            ("2001-03-31T09:00", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD;BYMONTHDAY=-31,30"),
            ("2001-03-31T09:00", "FREQ=DAILY;INTERVAL=11;BYMONTHDAY=13,31"),
            ("2001-03-31T09:00", "FREQ=DAILY;INTERVAL=30;BYDAY=SA,MO"),
            ("2001-03-31T09:00", "FREQ=WEEKLY;INTERVAL=6;BYDAY=SA,MO;WKST=SU"),
            ("2001-03-31T09:00", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA,MO;BYMONTH=3,12"),
            ("2001-03-31T09:00", "FREQ=HOURLY;INTERVAL=6;BYMONTHDAY=31;BYMINUTE=0,30"),
            ("2001-03-31T09:00", "FREQ=HOURLY;INTERVAL=1501;BYMINUTE=0,30"),
            ("2001-03-31T09:00", "FREQ=HOURLY;INTERVAL=35;BYHOUR=9,10"),
        ])
    func counted(start: String, text: String) throws {
        let start = try #require(CivilDateTime(iso8601: start))
        var rule = try RecurrenceRule(text)
        let set = RecurrenceSet(start: start, rules: [rule])
        var walk = set.starts(from: .min)
        var count = 0
        while let reading = walk.next(), reading.date.year < 2_850 {
            // Each is looked up where few are, else some.
            if count % 499 == 0 { #expect(set.count(before: reading) == count, "\(reading.iso8601)") }
            count += 1
        }
        let far = try #require(CivilDateTime(iso8601: "2850-01-01T00:00"))
        #expect(set.count(before: far) == count)
        let last = try #require(set.previous(before: far))
        rule.end = .count(set.givesStart ? count : count - 1)
        #expect(RecurrenceSet(start: start, rules: [rule]).last == last)
    }

    @Test(
        "A rule that never matches has no instances, wherever it is asked",
        arguments: [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30,31", "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
            "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "FREQ=MONTHLY;BYDAY=6MO,-6TU",
            "FREQ=YEARLY;BYWEEKNO=30;BYMONTH=1", "FREQ=YEARLY;BYDAY=MO;BYSETPOS=54", "FREQ=DAILY;BYSETPOS=2;BYHOUR=9",
            "FREQ=WEEKLY;INTERVAL=4;BYMONTH=2;BYDAY=MO;BYSETPOS=2", "FREQ=HOURLY;INTERVAL=24;BYHOUR=3",
            "FREQ=HOURLY;INTERVAL=168;BYDAY=TU", "FREQ=HOURLY;BYMONTH=6;BYMONTHDAY=31",
            "FREQ=MINUTELY;INTERVAL=60;BYMINUTE=7", "FREQ=MINUTELY;INTERVAL=7;BYDAY=TU;BYHOUR=0;BYMINUTE=0",
            "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=10", "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1",
            "FREQ=SECONDLY;INTERVAL=604800;BYDAY=TU", "FREQ=SECONDLY;INTERVAL=86400;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=SECONDLY;INTERVAL=2147483647;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=SECONDLY;INTERVAL=14;BYDAY=TU;BYHOUR=0;BYMINUTE=0;BYSECOND=2",
        ])
    func never(text: String) throws {
        // A Monday, with which none of them goes.
        let start = try #require(CivilDateTime(iso8601: "2001-01-01T00:00:00"))
        let far = try #require(CivilDateTime(iso8601: "9000-01-01T00:00:00"))
        var rule = try RecurrenceRule(text)
        for end in [RecurrenceRule.End.never, .count(3)] {
            rule.end = end
            let set = RecurrenceSet(start: start, rules: [rule])
            #expect(!set.givesStart)
            #expect(set.next(after: start) == nil)
            #expect(set.next(after: far) == nil)
            #expect(set.previous(before: far) == start)
            #expect(set.count(before: far) == 1)
            #expect(!set.isEndless)
            #expect(set.last == start)
        }
    }

    @Test("The calendar's ends are no trouble")
    func ends() throws {
        for text in [
            "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,SU", "FREQ=MONTHLY;BYMONTHDAY=-1,31", "FREQ=YEARLY;BYWEEKNO=1,53",
            "FREQ=YEARLY;BYDAY=1MO,-1FR", "FREQ=HOURLY", "FREQ=SECONDLY;INTERVAL=2147483647",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;BYMONTHDAY=31,-31",
            "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD;BYYEARDAY=366,-366", "FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1",
            "FREQ=YEARLY;INTERVAL=2147483647", "FREQ=DAILY;INTERVAL=2147483647", "FREQ=MONTHLY;INTERVAL=2147483647",
            "FREQ=WEEKLY;INTERVAL=2147483647;BYDAY=FR", "FREQ=DAILY;INTERVAL=2147483647;BYMONTHDAY=31",
            "FREQ=DAILY;COUNT=2147483647", "FREQ=YEARLY;COUNT=2147483647", "FREQ=SECONDLY;COUNT=2147483647",
        ] {
            let rule = try RecurrenceRule(text)
            let early = RecurrenceSet(start: .min, rules: [rule])
            #expect(Array(early.starts(from: .min).prefix(40)).first == .min, "\(text)")
            #expect(early.previous(before: .min) == nil, "\(text)")
            let late = RecurrenceSet(start: try #require(CivilDateTime(iso8601: "9999-12-01T00:00:00")), rules: [rule])
            let last = try #require(late.previous(before: .max))
            #expect(last.date.year == 9_999, "\(text)")
            #expect(late.next(after: .max) == nil, "\(text)")
            #expect(late.count(before: .max) >= 1, "\(text)")
        }
    }
}
