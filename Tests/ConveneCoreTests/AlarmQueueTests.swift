import ConveneCore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

/// What the queue of alarms holds for a series, and what it moves on to.
@Suite("The queue of alarms")
struct AlarmQueueTests {
    private let zones = SampleZones.shared
    private let quarter = Alarm(id: "a", trigger: .beforeStart(.seconds(900)))

    private func rows(
        of meeting: Meeting, after reading: String, owed: [QueuedAlarm] = []
    ) throws -> [QueuedAlarm] {
        try meeting.queue(after: .at(reading), owed: owed, standard: .initial, in: zones)
    }

    /// Goes on from row to row as the store does after each delivery, so far as there are any.
    private func said(_ first: QueuedAlarm?, of meeting: Meeting, limit: Int) throws -> [String] {
        var said: [String] = []
        var row = first
        while let present = row, said.count < limit {
            said.append("\(present.start.iso8601.dropFirst(5).dropLast(3))")
            row = try present.recurrenceID.flatMap { try meeting.queue(following: $0, of: present.alarm, in: zones) }
        }
        return said
    }

    @Test("A series that was moved to an earlier weekday goes on date by date, and comes to an end")
    func movedToEarlierDay() throws {
        var talks = try fridays("FREQ=WEEKLY;BYDAY=FR;COUNT=4")
        talks.alarms = .own([quarter])
        try talks.moveAll(
            from: .at("2019-09-21T00:00:00"), to: { _ in .tokyo("2019-09-26T11:00:00") }, in: zones)
        let first = try rows(of: talks, after: "2019-09-01T00:00:00").first
        #expect(
            try said(first, of: talks, limit: 10) == [
                "09-20T11:00", "09-26T11:00", "10-03T11:00", "10-10T11:00",
            ])
    }

    @Test("A series cannot go on from before a date that stays")
    func beforeDateThatStays() throws {
        var talks = try fridays("FREQ=WEEKLY;BYDAY=FR")
        let before = talks
        #expect(throws: MeetingProblem.beforeDateThatStays(.at("2019-09-27T11:00:00"))) {
            try talks.moveAll(
                from: .at("2019-09-28T00:00:00"), to: { _ in .tokyo("2019-09-26T11:00:00") }, in: zones)
        }
        // What fails changes nothing that is kept.
        #expect(try before.comes(after: "2019-09-21T00:00:00", limit: 1) == ["09-27T11:00 confirmed"])
    }

    @Test(
        "A fixed time is that of the whole series: also behind its last date, and where every date was moved",
        arguments: [false, true])
    func fixedTime(isMoved: Bool) throws {
        var talks = try fridays("FREQ=WEEKLY;COUNT=2")
        let zone = try zones.zone(named: "Asia/Tokyo")
        let due = Instant.at("2019-12-20T00:00:00")
        talks.alarms = .own([
            Alarm(id: "f", trigger: .at(due, said: ZonedReading(zone.reading(at: due), zone: "Asia/Tokyo")))
        ])
        if isMoved {
            for day in ["20", "27"] {
                try talks.move(.at("2019-09-\(day)T11:00:00"), to: .tokyo("2019-09-\(day)T12:00:00"), in: zones)
            }
        }
        // Every date is over.
        let held = try rows(of: talks, after: "2019-12-01T00:00:00")
        #expect(held.map(\.due) == [due])
        #expect(try rows(of: talks, after: "2019-12-20T00:00:00") == [])
    }

    @Test("Where the first of several that are owed is called off, the others stay owed")
    func owedBehind() throws {
        var talks = try fridays("FREQ=DAILY;COUNT=5")
        talks.alarms = .own([quarter])
        let first = try rows(of: talks, after: "2019-09-01T00:00:00")
        #expect(first.map(\.start) == [.at("2019-09-20T11:00:00")])
        // The journal was away for days; the 21st is owed, too.
        let owed = try talks.eachOwed(first, by: .at("2019-09-21T02:30:00"), in: zones)
        #expect(owed.map(\.start) == [.at("2019-09-20T11:00:00"), .at("2019-09-21T11:00:00")])
        try talks.setStatus(.cancelled, of: .at("2019-09-20T11:00:00"), at: .at("2019-09-21T02:30:00"), in: zones)
        let rest = try rows(of: talks, after: "2019-09-21T02:30:00", owed: owed)
        #expect(rest.map(\.start) == [.at("2019-09-22T11:00:00"), .at("2019-09-21T11:00:00")])
    }

    @Test("What is owed of a date stays owed where that is a meeting of its own since, or the date of a series")
    func owedAcrossForms() throws {
        var single = try fridays("FREQ=DAILY;COUNT=5")
        single.alarms = .own([quarter])
        let ofSeries = try rows(of: single, after: "2019-09-01T00:00:00")
        let series = single
        _ = try single.endRule(at: .at("2019-09-01T00:00:00"), in: zones)
        let ofSingle = try rows(of: single, after: "2019-09-20T01:50:00", owed: ofSeries)
        #expect(ofSingle.map(\.recurrenceID) == [nil])
        #expect(ofSingle.map(\.start) == ofSeries.map(\.start))
        let again = try rows(of: series, after: "2019-09-20T01:50:00", owed: ofSingle)
        #expect(again.map(\.recurrenceID) == [.at("2019-09-21T11:00:00"), .at("2019-09-20T11:00:00")])
    }

    @Test("What is owed of a series stands for none of the dates that another rule has behind it")
    func owedOfAnotherRule() throws {
        var talks = try fridays("FREQ=DAILY;INTERVAL=2")
        talks.alarms = .own([quarter])
        let owed = try talks.eachOwed(
            rows(of: talks, after: "2019-09-01T00:00:00"), by: .at("2019-09-22T12:00:00"), in: zones)
        talks.segments[0].rule = try RecurrenceRule("FREQ=DAILY")
        let rest = try rows(of: talks, after: "2019-09-22T12:00:00", owed: owed)
        #expect(rest.map { $0.start.date.day }.sorted() == [20, 22, 23])
    }

    @Test("Another hour takes dates that were added, and an UNTIL with a time, along")
    func hourTakesAll() throws {
        var talks = try fridays("FREQ=DAILY;UNTIL=20190923T110000")
        talks.segments[0].dates = [.at("2019-10-05T11:00:00")]
        try talks.moveAll(from: .at("2019-09-01T00:00:00"), to: { _ in .tokyo("2019-09-20T12:00:00") }, in: zones)
        #expect(
            try talks.comes(after: "2019-09-01T00:00:00", limit: 9).map { $0.prefix(11) } == [
                "09-20T12:00", "09-21T12:00", "09-22T12:00", "09-23T12:00", "10-05T12:00",
            ])
    }
}
