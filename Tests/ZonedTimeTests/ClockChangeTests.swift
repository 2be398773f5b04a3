import ConveneTestSupport
import Testing
import ZonedTime

/// Clock changes that break what is usually taken for granted.
@Suite struct ClockChangeTests {
    @Test("Lord Howe's clocks jump by half an hour only")
    func lordHowe() throws {
        let zone = try zone("Australia/Lord_Howe")
        let standard = Offset(secondsEastOfUTC: 37_800)
        let daylight = Offset(secondsEastOfUTC: 39_600)
        #expect(zone.resolve(try reading("2024-10-06T02:15")) == .gap(before: standard, after: daylight))
        #expect(zone.resolve(try reading("2024-10-06T02:30")) == .unique(daylight))
        #expect(zone.resolve(try reading("2024-04-07T01:30")) == .fold(before: daylight, after: standard))
        #expect(zone.resolve(try reading("2024-04-07T02:00")) == .unique(standard))
        #expect(zone.instant(of: try reading("2024-04-07T01:45")).rfc3339(at: .utc) == "2024-04-06T14:45:00Z")
    }

    @Test("Samoa had no 30 December 2011: its first instant is that of the 31st")
    func apia() throws {
        let zone = try zone("Pacific/Apia")
        let skipped = try reading("2011-12-30T10:00")
        #expect(
            zone.resolve(skipped)
                == .gap(before: Offset(secondsEastOfUTC: -36_000), after: Offset(secondsEastOfUTC: 50_400)))
        // The same hour of the next day there is
        #expect(zone.reading(at: zone.instant(of: skipped)).iso8601 == "2011-12-31T10:00:00")
        let friday = zone.firstInstant(of: skipped.date)
        #expect(friday.rfc3339(at: .utc) == "2011-12-30T10:00:00Z")
        #expect(zone.reading(at: friday).iso8601 == "2011-12-31T00:00:00")
        #expect(zone.firstInstant(of: try #require(CivilDate(iso8601: "2011-12-31"))) == friday)
    }

    @Test("Dublin's daylight saving time is in winter, and takes an hour away")
    func dublin() throws {
        let zone = try zone("Europe/Dublin")
        let winter = zone.localTimeType(at: try instant("2050-01-15T12:00:00Z"))
        let summer = zone.localTimeType(at: try instant("2050-07-15T12:00:00Z"))
        #expect(winter == LocalTimeType(offset: .utc, isDaylightSaving: true, abbreviation: "GMT"))
        #expect(
            summer
                == LocalTimeType(
                    offset: Offset(secondsEastOfUTC: 3_600), isDaylightSaving: false, abbreviation: "IST"))
        let march = try #require(zone.nextTransition(after: try instant("2050-01-15T12:00:00Z")))
        #expect(march == Transition(instant: try instant("2050-03-27T01:00:00Z"), before: winter, after: summer))
        #expect(zone.previousTransition(before: try instant("2050-07-15T12:00:00Z")) == march)
        #expect(zone.previousTransition(before: march.instant)?.instant == (try instant("2049-10-31T01:00:00Z")))
    }

    @Test("São Paulo's summer began at 01:00, for there was no midnight")
    func saoPaulo() throws {
        let zone = try zone("America/Sao_Paulo")
        // Into summer: the day begins at one
        let sunday = try #require(CivilDate(iso8601: "2018-11-04"))
        #expect(zone.reading(at: zone.firstInstant(of: sunday)).iso8601 == "2018-11-04T01:00:00")
        // Out of it: Saturday's last hour is repeated, and Sunday still begins at midnight
        #expect(
            zone.resolve(try reading("2018-02-17T23:30"))
                == .fold(before: Offset(secondsEastOfUTC: -7_200), after: Offset(secondsEastOfUTC: -10_800)))
        let later = zone.firstInstant(of: try #require(CivilDate(iso8601: "2018-02-18")))
        #expect(later.rfc3339(at: Offset(secondsEastOfUTC: -10_800)) == "2018-02-18T00:00:00-03:00")
    }

    @Test("Newfoundland's clocks went back over midnight: the day's first instant is its first midnight")
    func stJohns() throws {
        let zone = try zone("America/St_Johns")
        let day = try #require(CivilDate(iso8601: "2005-10-30"))
        let first = zone.firstInstant(of: day)
        #expect(first.rfc3339(at: zone.offset(at: first)) == "2005-10-30T00:00:00-02:30")
    }

    @Test("Nuuk's summer begins an hour before the Sunday that its rule names")
    func nuuk() throws {
        let zone = try zone("America/Nuuk")
        #expect(
            zone.resolve(try reading("2031-03-29T23:30"))
                == .gap(before: Offset(secondsEastOfUTC: -7_200), after: Offset(secondsEastOfUTC: -3_600)))
        #expect(
            zone.resolve(try reading("2031-10-25T23:30"))
                == .fold(before: Offset(secondsEastOfUTC: -3_600), after: Offset(secondsEastOfUTC: -7_200)))
        let next = zone.nextTransition(after: try instant("9999-01-01T00:00:00Z"))
        #expect(next?.instant == (try instant("9999-03-28T01:00:00Z")))
    }

    private func zone(_ identifier: String) throws -> TimeZone {
        try #require(VectorZones(.slim).timeZone(identifier))
    }

    private func reading(_ text: String) throws -> CivilDateTime {
        try #require(CivilDateTime(iso8601: text))
    }

    private func instant(_ text: String) throws -> Instant {
        try #require(Instant(rfc3339: text))
    }
}
