import Testing
import ZonedTime

/// Footers: POSIX TZ strings, with the wider hours of RFC 9636 §3.3.1.
@Suite struct PosixRuleTests {
    @Test(
        "Footers say when the clocks change",
        arguments: [
            ("EST5EDT,M3.2.0,M11.1.0", "2050-03-13T07:00:00Z", "2050-11-06T06:00:00Z"),
            // Hours beyond a day, before it, and 29 February passed over and counted.
            ("IST-2IDT,M3.4.4/26,M10.5.0", "2050-03-25T00:00:00Z", "2050-10-29T23:00:00Z"),
            ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2050-03-26T00:00:00Z", "2050-10-28T23:00:00Z"),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T01:00:00Z", "2050-10-30T01:00:00Z"),
            ("<+00>0<+01>,J59,J60", "2048-02-28T02:00:00Z", "2048-03-01T01:00:00Z"),
            ("<+00>0<+01>,58/0,59/0", "2048-02-28T00:00:00Z", "2048-02-28T23:00:00Z"),
            ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2050-10-01T15:30:00Z", "2050-04-02T15:00:00Z"),
            ("XXX-1:02:03YYY,M1.1.0/-167,M6.5.0/167", "2049-12-25T23:57:57Z", "2050-07-02T20:57:57Z"),
        ])
    func changes(footer: String, daylight: String, standard: String) throws {
        let zone = try ZoneFile.footer(footer).zone()
        for (text, isDaylightSaving) in [(daylight, true), (standard, false)] {
            let instant = try #require(Instant(rfc3339: text))
            let change = try #require(zone.nextTransition(after: instant.advanced(bySeconds: -1)))
            #expect(change.instant.rfc3339(at: .utc) == text)
            #expect(change.after.isDaylightSaving == isDaylightSaving)
            #expect(zone.previousTransition(before: instant.advanced(bySeconds: 1)) == change)
            #expect(zone.localTimeType(at: instant) == change.after)
            #expect(zone.localTimeType(at: instant.advanced(bySeconds: -1)) == change.before)
        }
    }

    @Test(
        "Dates that meet or overtake each other, in all years or in some, are refused",
        arguments: [
            // 02:00 on the standard clock is 03:00 on the other one.
            "AAA0BBB,J100/2,J100/3",
            // Across New Year: daylight saving time would begin before the last one ended, or as it ends.
            "AAA0BBB,0/0,363/49", "AAA0BBB,0/0,363/49:00:01", "AAA0BBB,M12.5.0/167,M1.1.0/-167",
            // Only in leap years, and only in years that begin on certain days.
            "AAA0BBB,59,J60/3", "AAA0BBB,M3.1.0,J66/3",
        ])
    func overtaking(footer: String) {
        #expect(throws: TZifError.malformedFooter(footer)) { try ZoneFile.footer(footer).zone() }
    }

    @Test(
        "The clocks change for the last time in year 9999 and for the first time in year 1, and each change is one",
        arguments: ["AAA0BBB,J1/2,M10.5.0", "AAA0BBB,M10.5.0,J1/2", "EST5EDT,M3.2.0,M11.1.0"])
    func ends(footer: String) throws {
        let zone = try ZoneFile.footer(footer).zone()
        var instant = try #require(Instant(rfc3339: "9998-01-01T00:00:00Z"))
        var count = 0
        while let change = zone.nextTransition(after: instant) {
            #expect(zone.localTimeType(at: change.instant) == change.after)
            #expect(zone.localTimeType(at: change.instant.advanced(bySeconds: -1)) == change.before)
            #expect(change.before != change.after)
            instant = change.instant
            count += 1
        }
        // Two a year, and one of 10000-01-01 that is still on somebody's last day of the calendar.
        #expect((4...5).contains(count))

        instant = try #require(Instant(rfc3339: "0003-01-01T00:00:00Z"))
        count = 0
        while let change = zone.previousTransition(before: instant) {
            #expect(zone.localTimeType(at: change.instant) == change.after)
            #expect(zone.localTimeType(at: change.instant.advanced(bySeconds: -1)) == change.before)
            instant = change.instant
            count += 1
        }
        #expect((4...5).contains(count))
    }

    @Test(
        "Daylight saving time all the year is no change at all",
        arguments: ["XXX3EDT4,0/0,J365/23", "EST5EDT,0/0,J365/25"])
    func alwaysDaylight(footer: String) throws {
        let zone = try ZoneFile.footer(footer).zone()
        #expect(zone.nextTransition(after: .distantPast) == nil)
        let daylight = LocalTimeType(
            offset: Offset(secondsEastOfUTC: -14_400), isDaylightSaving: true, abbreviation: "EDT")
        for text in ["2050-01-01T00:00:00Z", "2050-01-01T04:30:00Z", "2050-07-01T00:00:00Z", "2050-12-31T23:59:59Z"] {
            #expect(zone.localTimeType(at: try #require(Instant(rfc3339: text))) == daylight)
        }
    }

    @Test(
        "What is listed ahead of a rule is what its arithmetic says",
        arguments: [
            "EST5EDT,M3.2.0,M11.1.0", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "IST-1GMT0,M10.5.0,M3.5.0/1",
        ])
    func listed(footer: String) throws {
        // Given a file with nothing to list from, and one that begins in 1970
        let computed = try ZoneFile.footer(footer).zone()
        var file = ZoneFile.footer(footer)
        file.transitions = [(0, 0)]
        let listed = try file.zone()

        // Then both change at the same instants, before and after the list ends
        var instant = Instant(secondsSinceEpoch: 0)
        let end = try #require(Instant(rfc3339: "2110-01-01T00:00:00Z"))
        while instant < end {
            let next = try #require(computed.nextTransition(after: instant))
            #expect(listed.nextTransition(after: instant) == next)
            #expect(listed.previousTransition(before: next.instant.advanced(bySeconds: 1)) == next)
            for seconds in stride(from: -7_200 as Int64, through: 7_200, by: 1_800) {
                let reading = next.instant.advanced(bySeconds: seconds).reading(at: next.before.offset)
                #expect(listed.resolve(reading) == computed.resolve(reading))
                let range = computed.uniqueRange(containing: reading)
                #expect(listed.uniqueRange(containing: reading)?.offset == range?.offset)
            }
            instant = next.instant
        }
    }

    @Test(
        "What is no footer is refused",
        arguments: [
            "A", "EST", "ES5", "5", "EST25", "EST5:60", "EST5:0", "EST5 ", "EST5EDT", "EST5EDT,", "EST5EDT,M3.2.0",
            "EST5EDT,M3.2.0,", "EST5EDT,M13.1.0,M1.1.0", "EST5EDT,M0.1.0,M1.1.0", "EST5EDT,M1.6.0,M1.1.0",
            "EST5EDT,M1.0.0,M1.1.0", "EST5EDT,M1.1.7,M2.1.0", "EST5EDT,J0,J1", "EST5EDT,J366,J1", "EST5EDT,366,1",
            "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0/-168,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x", "<EST5", "<>5",
            ":EST5", "EST99999999999999999999", "EST5EDT,M3.2.0/2/2,M11.1.0", "ÄST5",
        ])
    func refused(footer: String) {
        #expect(throws: TZifError.malformedFooter(footer)) { try ZoneFile.footer(footer).zone() }
    }
}
