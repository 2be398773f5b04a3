import Testing
import ZonedTime

@Suite struct ISO8601Tests {
    @Test("A date reads and writes as ten characters")
    func date() {
        #expect(CivilDate(iso8601: "2019-09-20") == CivilDate(year: 2019, month: 9, day: 20))
        #expect(CivilDate(year: 2019, month: 9, day: 20)?.iso8601 == "2019-09-20")
        #expect(CivilDate(iso8601: "x2019-09-20x".dropFirst().dropLast())?.iso8601 == "2019-09-20")
    }

    @Test(
        "What is not quite a date is none",
        arguments: [
            "", "2019-9-20", "2019-09-2", "20190920", "2019-09-20 ", " 2019-09-20", "2019-09-31", "+2019-09-20",
            "0000-01-01", "2019-09-20T", "２019-09-20", "2019–09–20", "2019-09-2\u{0}",
        ])
    func noDate(text: String) {
        #expect(CivilDate(iso8601: text) == nil)
    }

    @Test("A time may come without seconds, and is written with them")
    func time() {
        #expect(CivilTime(iso8601: "11:00") == CivilTime(hour: 11, minute: 0))
        #expect(CivilTime(iso8601: "23:59:58") == CivilTime(hour: 23, minute: 59, second: 58))
        #expect(CivilTime(hour: 9, minute: 5)?.iso8601 == "09:05:00")
        for text in ["", "24:00", "9:05", "09:60", "09:05:60", "09:05:", "09:05:00.5", "-9:05", "0905"] {
            #expect(CivilTime(iso8601: text) == nil, "\(text)")
        }
    }

    @Test("A date-time may have a space for its T, and no seconds")
    func dateTime() {
        let expected = CivilDateTime(year: 2019, month: 9, day: 20, hour: 11)
        for text in ["2019-09-20T11:00:00", "2019-09-20T11:00", "2019-09-20 11:00"] {
            #expect(CivilDateTime(iso8601: text) == expected, "\(text)")
        }
        #expect(expected?.iso8601 == "2019-09-20T11:00:00")
        for text in ["2019-09-20", "2019-09-20T", "2019-09-20T11", "2019-09-20T11:00:00Z", "2019-09-20  11:00"] {
            #expect(CivilDateTime(iso8601: text) == nil, "\(text)")
        }
    }
}

/// Instants in RFC 3339's notation.
@Suite struct RFC3339Tests {
    @Test(
        "The examples of RFC 3339 §5.8",
        arguments: [
            ("1985-04-12T23:20:50.52Z", 482_196_050),
            ("1996-12-19T16:39:57-08:00", 851_042_397),
            ("1990-12-31T23:59:60Z", 662_688_000),
            ("1990-12-31T15:59:60-08:00", 662_688_000),
            ("1937-01-01T12:00:27.87+00:20", -1_041_337_173),
        ] as [(String, Int64)])
    func examples(text: String, seconds: Int64) {
        #expect(Instant(rfc3339: text) == Instant(secondsSinceEpoch: seconds))
    }

    @Test("Lower case, a space, and an unknown offset read too")
    func tolerated() {
        let eleven = Instant(secondsSinceEpoch: 1_568_944_800)
        for text in ["2019-09-20T11:00:00+09:00", "2019-09-20t02:00:00z", "2019-09-20 02:00:00-00:00"] {
            #expect(Instant(rfc3339: text) == eleven, "\(text)")
        }
    }

    @Test(
        "What RFC 3339 does not know is refused",
        arguments: [
            "", "2019-09-20", "2019-09-20T02:00:00", "2019-09-20T02:00Z", "2019-09-20T02:00:00.Z",
            "2019-09-20T02:00:00+9:00", "2019-09-20T02:00:00+0900", "2019-09-20T02:00:00+24:00",
            "2019-09-20T02:00:60Z", "2019-09-20T24:00:00Z", "2019-09-20T02:00:00Z ", "2019-09-20T02:00:61Z",
        ])
    func refused(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test("An instant is written at the offset that is asked for, and stays exact")
    func written() {
        let eleven = Instant(secondsSinceEpoch: 1_568_944_800)
        #expect(eleven.rfc3339(at: Offset(secondsEastOfUTC: 32_400)) == "2019-09-20T11:00:00+09:00")
        #expect(eleven.rfc3339(at: .utc) == "2019-09-20T02:00:00Z")
        #expect(eleven.rfc3339(at: Offset(secondsEastOfUTC: -12_600)) == "2019-09-19T22:30:00-03:30")
        // Local mean time: Tokyo +9:18:59, Monrovia −0:43:08; less than a minute is no offset.
        #expect(eleven.rfc3339(at: Offset(secondsEastOfUTC: 33_539)) == "2019-09-20T11:18:00+09:18")
        #expect(eleven.rfc3339(at: Offset(secondsEastOfUTC: -2_588)) == "2019-09-20T01:17:00-00:43")
        #expect(eleven.rfc3339(at: Offset(secondsEastOfUTC: -59)) == "2019-09-20T02:00:00Z")
        for offset in stride(from: -93_000, through: 93_000, by: 997) {
            let text = eleven.rfc3339(at: Offset(secondsEastOfUTC: offset))
            #expect(Instant(rfc3339: text) == eleven, "\(text)")
        }
    }
}
