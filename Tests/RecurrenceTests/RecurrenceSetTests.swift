import Recurrence
import Testing
import ZonedTime

/// Rules, added dates, exclusions and overrides in one set.
@Suite struct RecurrenceSetTests {
    @Test("Every occurrence bears the reading that names it, wherever it was moved, and its own length")
    func occurrences() throws {
        // Given a weekly meeting with an added date, one of two hours, one less, one moved back and one moved on
        let set = RecurrenceSet(
            start: at("2019-09-02T10:00"), rules: [try RecurrenceRule("FREQ=WEEKLY;COUNT=6")],
            dates: [at("2019-09-18T09:00")], periods: [at("2019-09-20T14:00"): .seconds(7_200)],
            exclusions: [at("2019-09-16T10:00")],
            moves: [
                at("2019-09-09T10:00"): at("2019-09-27T10:00"), at("2019-09-30T10:00"): at("2019-09-12T08:00"),
                at("2019-09-20T14:00"): at("2019-09-20T15:00"), at("2019-09-10T10:00"): at("2019-09-11T10:00"),
            ])

        // Then all come in the order of their starts, and an override of nothing is nothing
        let expected = [
            occurrence("2019-09-02T10:00"), occurrence("2019-09-30T10:00", movedTo: "2019-09-12T08:00"),
            occurrence("2019-09-18T09:00"),
            occurrence("2019-09-20T14:00", movedTo: "2019-09-20T15:00", for: .seconds(7_200)),
            occurrence("2019-09-23T10:00"), occurrence("2019-09-09T10:00", movedTo: "2019-09-27T10:00"),
            occurrence("2019-10-07T10:00"),
        ]
        #expect(Array(set.occurrences(from: .min)) == expected)
        #expect(Array(set.occurrences(before: .max)) == expected.reversed())
        for (index, occurrence) in expected.enumerated() {
            #expect(Array(set.occurrences(from: occurrence.start)) == Array(expected[index...]))
            #expect(Array(set.occurrences(before: occurrence.start)) == expected[..<index].reversed())
            #expect(set.occurrence(occurrence.recurrenceID) == occurrence)
        }
        #expect(set.occurrence(at("2019-09-16T10:00")) == nil)
        #expect(set.occurrence(at("2019-09-10T10:00")) == nil)
    }

    @Test("Two that are moved to one reading are two, the earlier named first")
    func sameStart() throws {
        let set = RecurrenceSet(
            start: at("2019-09-02T10:00"), rules: [try RecurrenceRule("FREQ=DAILY;COUNT=3")],
            moves: [
                at("2019-09-02T10:00"): at("2019-09-04T10:00"), at("2019-09-03T10:00"): at("2019-09-04T10:00"),
            ])
        let names = ["2019-09-02T10:00", "2019-09-03T10:00", "2019-09-04T10:00"].map(at)
        #expect(set.occurrences(from: .min).map(\.recurrenceID) == names)
        #expect(set.occurrences(before: .max).map(\.recurrenceID) == names.reversed())
        #expect(set.occurrences(from: .min).allSatisfy { $0.start == at("2019-09-04T10:00") })
    }

    @Test("An exclusion wins over rule, added date and start, and COUNT counts what it takes away")
    func exclusions() throws {
        let set = RecurrenceSet(
            start: at("2019-09-02T10:00"), rules: [try RecurrenceRule("FREQ=DAILY;COUNT=4")],
            dates: [at("2019-09-10T10:00"), at("2019-09-11T10:00"), at("2019-09-03T10:00")],
            exclusions: ["2019-09-02T10:00", "2019-09-04T10:00", "2019-09-10T10:00", "2019-09-12T10:00"].map(at))
        let expected = ["2019-09-03T10:00", "2019-09-05T10:00", "2019-09-11T10:00"].map(at)
        #expect(Array(set.starts(from: .min)) == expected)
        #expect(Array(set.starts(before: .max)) == expected.reversed())
        #expect(set.next(after: at("2019-09-03T10:00")) == expected[1])
        #expect(set.previous(before: at("2019-09-11T10:00")) == expected[1])
        #expect(set.count(before: .max) == 3)
        #expect(set.last == expected[2])
    }

    @Test("Several rules count as one set, COUNT each for itself")
    func severalRules() throws {
        let rules = ["FREQ=WEEKLY;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=DAILY;UNTIL=20190903T100000"]
        let set = RecurrenceSet(start: at("2019-09-02T10:00"), rules: try rules.map { try RecurrenceRule($0) })
        let expected = [
            "2019-09-02T10:00", "2019-09-03T10:00", "2019-09-09T10:00", "2019-09-16T10:00", "2019-09-30T10:00",
            "2019-10-31T10:00",
        ].map(at)
        #expect(Array(set.starts(from: .min).prefix(6)) == expected)
        #expect(set.starts(before: at("2019-11-01T00:00")).reversed() == expected)
        #expect(set.count(before: at("2019-11-01T00:00")) == 6)
        #expect(set.isEndless)
        #expect(set.last == nil)
    }

    @Test(
        "UNTIL counts in its own form: a day, a reading, or an instant",
        arguments: [
            ("UNTIL=20190328", 2), ("UNTIL=20190329", 3), ("UNTIL=20190329T083000", 3), ("UNTIL=20190329T082959", 2),
            // Berlin, an hour ahead until 31 March: 07:30 UTC is 08:30, then 09:30.
            ("UNTIL=20190329T073000Z", 3), ("UNTIL=20190329T072959Z", 2), ("UNTIL=20190331T063000Z", 5),
            ("UNTIL=20190331T062959Z", 4), ("UNTIL=20190331T073000Z", 5), ("UNTIL=20190401T062959Z", 5),
        ])
    func until(part: String, count: Int) throws {
        let berlin = try #require(vectorZones["Europe/Berlin"])
        let rule = try RecurrenceRule("FREQ=DAILY;\(part)")
        let set = RecurrenceSet(start: at("2019-03-27T08:30"), rules: [rule], zone: berlin)
        #expect(set.starts(from: .min).map(\.self).count == count)
        #expect(set.count(before: .max) == count)
    }

    @Test("Clocks that jump put occurrences in another order, or make two of them one")
    func skippedReadings() throws {
        let newYork = try #require(vectorZones["America/New_York"])
        let set = RecurrenceSet(
            start: at("2019-03-10T02:30"), rules: [try RecurrenceRule("FREQ=DAILY;BYHOUR=2,3;BYMINUTE=15,30;COUNT=6")])
        let found = Array(set.resolvedStarts(from: .min, in: newYork))
        // 02:15 belongs to no day but the next; 02:30 and 03:30 are one instant.
        #expect(
            found.map { newYork.reading(at: $0.instant).iso8601 } == [
                "2019-03-10T03:15:00", "2019-03-10T03:30:00", "2019-03-11T02:15:00", "2019-03-11T02:30:00",
                "2019-03-11T03:15:00",
            ])
        #expect(found[1].nominal == at("2019-03-10T02:30"))
        guard case .gap = found[1].resolution else {
            Issue.record("The skipped reading is not told apart")
            return
        }
    }

    @Test("Added and excluded dates are read in every form that the RFC has")
    func dates() throws {
        let newYork = try #require(vectorZones["America/New_York"])
        // RFC 5545 §3.8.5.2's own examples are among them.
        let added = try RecurrenceDate.list(
            "19970714T083000,19970715T123000Z,19970716T083000/PT5H30M,19970717T123000Z/19970717T150000Z")
        #expect(added.map(\.text).joined(separator: ",").hasSuffix("19970717T123000Z/19970717T150000Z"))
        let excluded = try RecurrenceDate.list("19970715T083000,19970712T123000Z")
        let set = RecurrenceSet(
            start: at("1997-07-11T08:30"), rules: [try RecurrenceRule("FREQ=DAILY;COUNT=2")], added: added,
            excluded: excluded, zone: newYork)
        #expect(
            Array(set.occurrences(from: .min)) == [
                occurrence("1997-07-11T08:30"), occurrence("1997-07-14T08:30"),
                occurrence("1997-07-16T08:30", for: .seconds(19_800)),
                occurrence("1997-07-17T08:30", for: .seconds(9_000)),
            ])
        let days = try RecurrenceDate.list("19970101,19970120")
        #expect(days.map(\.text) == ["19970101", "19970120"])
        #expect(days[1].reading(in: newYork) == at("1997-01-20T00:00"))
    }

    @Test(
        "What is no date is refused where it goes wrong",
        arguments: [
            ("", 0), ("1997", 0), ("19970230", 0), ("19970101T25", 0), ("19970101,", 9), ("19970101;", 8),
            ("19970101/PT1H", 9), ("19970101T000000/PT", 16), ("19970101T000000/-PT1H", 16),
            ("19970101T000000/19970102", 16),
        ])
    func noDates(text: String, position: Int) {
        let error = #expect(throws: RecurrenceRuleError.self) { try RecurrenceDate.list(text) }
        #expect(error?.position == position, "\(text)")
    }

    private func occurrence(
        _ name: String, movedTo start: String? = nil, for duration: CalendarDuration? = nil
    ) -> RecurrenceSet.Occurrence {
        RecurrenceSet.Occurrence(recurrenceID: at(name), start: at(start ?? name), duration: duration)
    }

    private func at(_ text: String) -> CivilDateTime { CivilDateTime(iso8601: text) ?? .min }
}
