import ConveneCore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

@Suite("Changing a series")
struct MeetingEditingTests {
    let zones = SampleZones.shared

    @Test("One date moves, keeps its name, and the others stay")
    func movesOne() throws {
        var talks = try fridays()
        try talks.move(.at("2019-09-27T11:00:00"), to: .tokyo("2019-09-26T16:00:00"), in: zones)
        #expect(
            try talks.comes(after: "2019-09-21T00:00:00") == [
                "09-26T16:00 confirmed", "10-04T11:00 confirmed", "10-11T11:00 confirmed", "10-18T11:00 confirmed",
            ])
        #expect(talks.overrides.map(\.recurrenceID) == [.at("2019-09-27T11:00:00")])
        #expect(talks.segments.count == 1)
    }

    @Test("A date that the series does not have can be neither moved nor called off")
    func noSuchDate() throws {
        var talks = try fridays()
        let before = talks
        let none = CivilDateTime.at("2019-09-26T11:00:00")
        #expect(throws: MeetingProblem.noSuchOccurrence(none)) {
            try talks.move(none, to: .tokyo("2019-09-28T11:00:00"), in: zones)
        }
        #expect(throws: MeetingProblem.noSuchOccurrence(none)) {
            try talks.setStatus(.cancelled, of: none, at: .at("2019-09-20T00:00:00"), in: zones)
        }
        #expect(throws: MeetingProblem.noSuchOccurrence(none)) { try talks.exclude(none, in: zones) }
        #expect(talks == before)
    }

    @Test("Another hour from the next date on: the past stays, and what was changed before follows")
    func movesAll() throws {
        var talks = try fridays()
        try talks.move(.at("2019-10-11T11:00:00"), to: .tokyo("2019-10-10T11:00:00"), in: zones)
        try talks.exclude(.at("2019-10-18T11:00:00"), in: zones)
        let now = Instant.at("2019-09-30T00:00:00")
        let strays = try talks.moveAll(
            from: now,
            to: { $0.starting(at: CivilDateTime($0.start.date, CivilDateTime.at("2019-01-01T15:00:00").time)) },
            in: zones)
        #expect(strays == [])
        #expect(
            try talks.comes(after: "2019-09-01T00:00:00", limit: 6) == [
                "09-20T11:00 confirmed", "09-27T11:00 confirmed", "10-04T15:00 confirmed", "10-10T11:00 confirmed",
                "10-25T15:00 confirmed", "11-01T15:00 confirmed",
            ])
        #expect(talks.segments.map(\.endsBefore) == [.at("2019-10-04T11:00:00"), nil])
        #expect(talks.overrides.map(\.recurrenceID) == [.at("2019-10-11T15:00:00")])
    }

    @Test("What was noted of a date, and put off, goes along to another hour and to another day")
    func notesGoAlong() throws {
        for (moved, noted) in [
            ("2019-09-27T15:00:00", "2019-10-04T15:00:00"), ("2019-09-28T11:00:00", "2019-10-05T11:00:00"),
        ] {
            var talks = try fridays()
            let name = CivilDateTime.at("2019-10-04T11:00:00")
            talks.notes = [DatedNote(date: name.date, text: "bring the map", recurrenceID: name)]
            talks.snoozes = [Snooze(id: "s", recurrenceID: name, trigger: .beforeStart(.seconds(300)))]
            try talks.moveAll(from: .at("2019-09-21T00:00:00"), to: { $0.starting(at: .at(moved)) }, in: zones)
            #expect(talks.notes.map(\.recurrenceID) == [.at(noted)])
            #expect(talks.snoozes.map(\.recurrenceID) == [.at(noted)])
        }
    }

    @Test("Another weekday: what was changed before stays as a date of its own, and is listed")
    func keepsStrays() throws {
        var talks = try fridays("FREQ=WEEKLY;BYDAY=FR")
        try talks.move(.at("2019-10-11T11:00:00"), to: .tokyo("2019-10-10T09:00:00"), in: zones)
        let strays = try talks.moveAll(
            from: .at("2019-09-30T00:00:00"), to: { _ in .tokyo("2019-10-02T11:00:00") }, in: zones)
        #expect(strays == [.at("2019-10-11T11:00:00")])
        #expect(
            try talks.comes(after: "2019-09-30T00:00:00") == [
                "10-02T11:00 confirmed", "10-09T11:00 confirmed", "10-10T09:00 confirmed", "10-16T11:00 confirmed",
            ])
    }

    @Test(
        "Left out, a date that was moved stays as one of its own, also when the rule ends; one that was called off is gone"
    )
    func leavesOut() throws {
        var talks = try fridays()
        let (moved, calledOff) = (CivilDateTime.at("2019-10-11T11:00:00"), CivilDateTime.at("2019-10-18T11:00:00"))
        try talks.move(moved, to: .tokyo("2019-10-10T09:00:00"), in: zones)
        try talks.setStatus(.cancelled, of: calledOff, at: .at("2019-09-30T00:00:00"), in: zones)
        let begun = try talks.beginSegment(at: .at("2019-09-30T00:00:00"), in: zones) {
            $0.exclusions = [moved, calledOff]
        }
        #expect(begun.strays == [moved])
        #expect(
            try talks.comes(after: "2019-09-30T00:00:00") == [
                "10-04T11:00 confirmed", "10-10T09:00 confirmed", "10-25T11:00 confirmed", "11-01T11:00 confirmed",
            ])
        let ended = try talks.endRule(at: .at("2019-09-30T00:00:00"), in: zones)
        #expect(ended.strays == [moved])
        #expect(
            try talks.comes(after: "2019-09-30T00:00:00") == ["10-04T11:00 confirmed", "10-10T09:00 confirmed"])
    }

    @Test("A date beside the rule that comes next does not give the rule its hour")
    func dateBeside() throws {
        var talks = try fridays()
        try talks.move(.at("2019-09-27T11:00:00"), to: .tokyo("2019-09-27T16:00:00"), in: zones)
        let now = Instant.at("2019-09-21T00:00:00")
        try talks.beginSegment(at: now, in: zones) { segment in
            segment.timing = segment.timing.starting(at: .at("2019-10-02T17:00:00"))
            segment.rule = try? RecurrenceRule("FREQ=WEEKLY;BYDAY=WE")
        }
        let expected = [
            "09-27T16:00 confirmed", "10-02T17:00 confirmed", "10-09T17:00 confirmed", "10-16T17:00 confirmed",
        ]
        #expect(try talks.comes(after: "2019-09-21T00:00:00") == expected)
        try talks.setStatus(.cancelled, of: nil, at: now, in: zones)
        #expect(
            try talks.comes(after: "2019-09-21T00:00:00")
                == expected.map { $0.replacing("confirmed", with: "cancelled") })
        // Another day of that date says nothing of the days of the rule; another hour is the rule's, too.
        #expect(throws: MeetingProblem.dayIsInRule) {
            try talks.moveAll(from: now, to: { $0.starting(at: .at("2019-09-28T17:00:00")) }, in: zones)
        }
        var later = talks
        try later.moveAll(from: now, to: { $0.starting(at: .at("2019-09-27T18:30:00")) }, in: zones)
        #expect(try later.comes(after: "2019-09-28T00:00:00", limit: 1) == ["10-02T18:30 cancelled"])
        try talks.moveAll(
            from: .at("2019-09-28T00:00:00"), to: { $0.starting(at: .at("2019-10-02T18:00:00")) }, in: zones)
        #expect(
            try talks.comes(after: "2019-09-28T00:00:00", limit: 2) == [
                "10-02T18:00 cancelled", "10-09T18:00 cancelled",
            ])
    }

    @Test("A COUNT is what is left of it after a change, also where dates were left out")
    func splitsCount() throws {
        var talks = try fridays("FREQ=WEEKLY;COUNT=5")
        try talks.exclude(.at("2019-09-27T11:00:00"), in: zones)
        try talks.beginSegment(at: .at("2019-09-30T00:00:00"), in: zones) { $0.status = .possible }
        #expect(talks.segments.map { $0.rule?.text } == ["FREQ=WEEKLY;COUNT=5", "FREQ=WEEKLY;COUNT=3"])
        #expect(
            try talks.comes(after: "2019-09-01T00:00:00", limit: 9) == [
                "09-20T11:00 confirmed", "10-04T11:00 possible", "10-11T11:00 possible", "10-18T11:00 possible",
            ])
        #expect(throws: MeetingProblem.seriesIsOver) {
            try talks.beginSegment(at: .at("2019-11-01T00:00:00"), in: zones) { $0.status = .confirmed }
        }
    }

    @Test("Called off as a whole, it takes everything to come with it, also what has a date or a status of its own")
    func cancelsAll() throws {
        var talks = try fridays()
        // The 27th is moved behind the cancellation, the 11th was only possible, the 20th is held.
        try talks.move(.at("2019-09-27T11:00:00"), to: .tokyo("2019-10-03T10:00:00"), in: zones)
        try talks.setStatus(.possible, of: .at("2019-10-11T11:00:00"), at: .at("2019-09-20T00:00:00"), in: zones)
        try talks.setStatus(.held, of: .at("2019-09-20T11:00:00"), at: .at("2019-09-20T08:00:00"), in: zones)
        try talks.setStatus(.cancelled, of: nil, at: .at("2019-09-30T00:00:00"), in: zones)
        #expect(
            try talks.comes(after: "2019-09-01T00:00:00", limit: 5) == [
                "09-20T11:00 held", "10-03T10:00 cancelled", "10-04T11:00 cancelled", "10-11T11:00 cancelled",
                "10-18T11:00 cancelled",
            ])
    }

    @Test("Nothing is held before it begins, and what was held does not change")
    func held() throws {
        var talks = try fridays()
        let first = CivilDateTime.at("2019-09-20T11:00:00")
        // 01:59:59 UTC is a second before 11:00 in Tokyo.
        #expect(throws: MeetingProblem.notBegun()) {
            try talks.setStatus(.held, of: first, at: .at("2019-09-20T01:59:59"), in: zones)
        }
        try talks.setStatus(.held, of: first, at: .at("2019-09-20T02:00:00"), in: zones)
        #expect(throws: MeetingProblem.held) { try talks.move(first, to: .tokyo("2019-09-21T11:00:00"), in: zones) }
        #expect(throws: MeetingProblem.held) { try talks.exclude(first, in: zones) }
        #expect(throws: MeetingProblem.statusChange(from: .held, to: .cancelled)) {
            try talks.setStatus(.cancelled, of: first, at: .at("2019-09-21T00:00:00"), in: zones)
        }
    }

    @Test("What was postponed takes place again when it gets a date")
    func revives() throws {
        var talks = series("2019-09-20T11:00:00", zone: "Asia/Tokyo", nil)
        try talks.setStatus(.postponed, of: nil, at: .at("2019-09-18T00:00:00"), in: zones)
        try talks.move(nil, to: .tokyo("2019-10-02T11:00:00"), in: zones)
        #expect(try talks.comes(after: "2019-09-18T00:00:00") == ["10-02T11:00 confirmed"])
    }

    @Test("An end before the start, and a zone that there is none of, are refused")
    func refuses() throws {
        var talks = series("2019-09-20T11:00:00", zone: "Asia/Tokyo", nil)
        let before = talks
        #expect(throws: MeetingProblem.endBeforeStart) {
            try talks.move(nil, to: .tokyo("2019-09-21T11:00:00", minutes: 0), in: zones)
        }
        let nowhere = Timing(start: .at("2019-09-21T11:00:00"), duration: .seconds(60), zone: "Nowhere", city: nil)
        #expect(throws: MeetingProblem.self) { try talks.move(nil, to: nowhere, in: zones) }
        #expect(talks == before)
    }
}
