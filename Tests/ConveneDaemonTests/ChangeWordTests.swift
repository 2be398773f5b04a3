import ConveneCore
import ConveneStore
import ConveneTestSupport
import Testing
import ZonedTime

@testable import Simulation

/// What the journal says of changes.
@Suite("The words of a change")
struct ChangeWordTests {
    private func moved(
        _ summary: String, zone: String = "Asia/Seoul", from: String = "2026-03-27T00:30:00", to start: String
    ) async throws -> String? {
        let scene = try await ReminderScene(at: "2026-03-26T00:00:00")
        try await scene.add(summary, at: from, zone: zone, alarms: [.before(7_200)])
        try await scene.run(until: "2026-03-26T14:10:00")
        #expect(scene.said.count == 1)
        try await scene.change(1) { meeting in
            try meeting.move(nil, to: meeting.timing.starting(at: .at(start)), in: SampleZones.shared)
        }
        try await scene.run(until: "2026-03-26T14:20:00")
        return scene.said.count == 2 ? scene.said.last : nil
    }

    @Test("A move says the day where that is another on the clock there, or not today, and else the hour alone")
    func moved() async throws {
        // On the clock of UTC both lie on the 26th, or on two days.
        #expect(try await moved("Tea", to: "2026-03-27T23:00:00") == "change: Tea moved: Fri 27 Mar, 23:00 Seoul")
        let today = try await moved("Tea", from: "2026-03-26T22:30:00", to: "2026-03-26T23:50:00")
        #expect(today == "change: Tea moved: 23:50 Seoul")
        #expect(try await moved("Tea", to: "2026-03-26T23:30:00") == "change: Tea moved: Thu 26 Mar, 23:30 Seoul")
        #expect(try await moved("Tea", to: "2026-04-01T10:00:00") == "change: Tea moved: Wed 1 Apr, 10:00 Seoul")
    }

    @Test("Half a year away or more, the day is named with its year")
    func movedByAYear() async throws {
        #expect(try await moved("Tea", to: "2026-09-25T10:00:00") == "change: Tea moved: Fri 25 Sep, 10:00 Seoul")
        #expect(try await moved("Tea", to: "2026-09-26T10:00:00") == "change: Tea moved: Sat 26 Sep 2026, 10:00 Seoul")
        #expect(
            try await moved("Consultations", to: "2027-04-01T10:00:00")
                == "change: Consulta… moved: Thu 1 Apr 2027, 10:00 Seoul")
    }

    @Test("It stays within 44 columns: first the name is cut, then the day of the week goes")
    func movedFar() async throws {
        let name = "Consultations on fisheries"
        #expect(
            try await moved(name, zone: "Asia/Seoul", to: "2026-04-21T10:00:00")
                == "change: Consultation… moved: Tue 21 Apr, 10:00 Seoul")
        #expect(
            try await moved(name, zone: "America/New_York", from: "2026-03-26T12:00:00", to: "2026-04-21T10:00:00")
                == "change: Consultat… moved: Tue 21 Apr, 10:00 New York")
        let timing = Timing(
            start: .at("2026-04-21T10:00:00"), duration: .seconds(60), zone: "UTC", city: "San Francisco de Macorís")
        let meeting = Meeting(uid: "u", number: 1, summary: name, segments: [Segment(timing)])
        let occurrence = try #require(try meeting.occurrence(of: nil, in: SampleZones.shared))
        let message = NotificationMessage(occurrence, at: .at("2026-03-26T00:00:00"), in: .utc, here: .utc)
        let words = message.moved(from: .at("2026-03-26T10:00:00"), in: .utc)
        #expect(words == "Consult… moved: 21 Apr, 10:00 San Francisco…")
        #expect(TextWidth.columns(of: words) <= NotificationMessage.columns)
    }

    @Test("The day is told where it is another than the one that was told there")
    func movedAcross() async throws {
        let seoul = try await ReminderScene(at: "2026-03-26T00:00:00")
        try await seoul.add("Talks", at: "2026-03-27T11:00:00", zone: "Asia/Seoul", alarms: [.before(86_400)])
        try await seoul.run(until: "2026-03-26T03:00:00")
        try await seoul.change(1) { meeting in
            let timing = Timing(
                start: .at("2026-03-26T16:15:00"), duration: .seconds(3_600), zone: "America/New_York", city: nil)
            try meeting.move(nil, to: timing, in: SampleZones.shared)
        }
        try await seoul.run(until: "2026-03-26T03:10:00")
        // The told Friday morning there lies on the same Thursday in New York.
        #expect(seoul.said.last == "change: Talks moved: Thu 26 Mar, 16:15 New York")
    }

    @Test("The same moment elsewhere is news, and is none where it is here again")
    func elsewhere() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T00:00:00")
        let talks = try await scene.add(
            "Talks", at: "2026-03-26T11:00:00", zone: "Asia/Seoul", alarms: [.before(3_600)])
        try await scene.run(until: "2026-03-26T01:01:00")
        func move(to zone: String) async throws {
            try await scene.change(1) { meeting in
                try meeting.move(nil, to: talks.timing.elsewhere(zone), in: SampleZones.shared)
            }
        }
        try await move(to: "Asia/Tokyo")
        try await move(to: "Asia/Seoul")
        try await scene.run(until: "2026-03-26T01:10:00")
        #expect(scene.said.count == 1)
        try await move(to: "Asia/Tokyo")
        try await scene.run(until: "2026-03-26T01:20:00")
        #expect(scene.said.dropFirst() == ["change: Talks moved: 11:00 Tokyo"])
    }

    @Test("Where a journal loses that it is elsewhere, it is said again")
    func elsewhereLost() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T00:00:00")
        let talks = try await scene.add(
            "Talks", at: "2026-03-26T11:00:00", zone: "Asia/Seoul", alarms: [.before(3_600)])
        try await scene.run(until: "2026-03-26T01:01:00")
        scene.journal.sync()
        try await scene.change(1) { meeting in
            try meeting.move(nil, to: talks.timing.elsewhere("Asia/Tokyo"), in: SampleZones.shared)
        }
        try await scene.run(until: "2026-03-26T01:04:00")
        #expect(scene.said.count == 2)
        try await scene.cutPower()
        #expect(scene.said.count == 1)
        try await scene.run(until: "2026-03-26T01:05:00")
        #expect(scene.said.dropFirst() == ["change: Talks moved: 11:00 Tokyo"])
    }

    @Test("What loses its date has none, and when it has one again takes place then")
    func noDate() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T00:00:00")
        let talks = try await scene.add("Talks", at: "2026-03-27T15:00:00", alarms: [.before(86_400)])
        try await scene.run(until: "2026-03-26T15:01:00")
        // The window begins at the very start that was told.
        let window = try Timing.window("2026-03-27", "2026-03-31")
        try await scene.change(1) { try $0.move(nil, to: window, in: SampleZones.shared) }
        try await scene.run(until: "2026-03-26T15:10:00")
        try await scene.change(1) { meeting in
            try meeting.move(nil, to: talks.timing.starting(at: .at("2026-03-30T11:00:00")), in: SampleZones.shared)
        }
        try await scene.run(until: "2026-03-26T15:20:00")
        #expect(
            scene.said.dropFirst() == [
                "change: No date in 27–31 Mar: Talks (UTC)", "change: Talks takes place: Mon 30 Mar, 11:00 UTC",
            ])
    }

    @Test("What has no date yet may be called off, and come back without one")
    func windowCalledOff() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T00:00:00")
        try await scene.add("Talks", at: "2026-03-27T15:00:00", alarms: [.before(86_400)])
        try await scene.run(until: "2026-03-26T15:01:00")
        let window = try Timing.window("2026-03-27", "2026-03-31")
        try await scene.change(1) { try $0.move(nil, to: window, in: SampleZones.shared) }
        try await scene.run(until: "2026-03-26T15:10:00")
        for (status, until) in [(Status.cancelled, "2026-03-26T15:20:00"), (.confirmed, "2026-03-26T15:30:00")] {
            try await scene.change(1) { $0.segments[0].status = status }
            try await scene.run(until: until)
        }
        #expect(
            scene.said.dropFirst() == [
                "change: No date in 27–31 Mar: Talks (UTC)", "change: Talks cancelled",
                "change: No date in 27–31 Mar: Talks (UTC)",
            ])
    }

    @Test("What is called off while it is under way is news until it would have ended")
    func underWay() async throws {
        for (cancelled, isNews) in [("2026-03-28T09:00:00", true), ("2026-03-30T09:00:00", false)] {
            let scene = try await ReminderScene(at: "2026-03-26T00:00:00")
            try await scene.add("Congress", at: "2026-03-27T09:00:00", for: .days(2), alarms: [.before(3_600)])
            try await scene.run(until: cancelled)
            try await scene.change(1) { $0.segments[0].status = .cancelled }
            try await scene.run(until: cancelled.replacing("09:00:00", with: "09:10:00"))
            #expect(scene.said.dropFirst() == (isNews ? ["change: Congress cancelled"] : []))
        }
    }

    @Test("The journal shows what it is told of a name with control characters in it")
    func harmless() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("a\u{1B}[2J\nb", at: "2026-03-26T14:00:00", alarms: [.before(3_600)])
        try await scene.run(until: "2026-03-26T13:10:00")
        #expect(scene.said == ["reminder: a␛[2J␊b in 1 h, 14:00 UTC"])
    }

    @Test("What only may take place is not said to, and its mark stands whole beside a long name")
    func unsettled() async throws {
        for status in [Status.possible, .proposed] {
            let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
            try await scene.add("Director-general consultations", at: "2026-03-26T14:00:00", alarms: [.before(3_600)])
            try await scene.change(1) { $0.segments[0].status = status }
            try await scene.run(until: "2026-03-26T13:10:00")
            try await scene.change(1) { $0.segments[0].status = .cancelled }
            try await scene.run(until: "2026-03-26T13:20:00")
            try await scene.change(1) { $0.segments[0].status = status }
            try await scene.run(until: "2026-03-26T13:30:00")
            #expect(
                scene.said == [
                    "reminder: Director-gener… (\(status)) in 1 h, 14:00 UTC",
                    "change: Director-general consultations cancelled",
                    "change: Director-ge… \(status): Thu 26 Mar, 14:00 UTC",
                ])
        }
    }

    @Test("An hour that is taken away is said, and what is told when the day is past has its day")
    func hourAndDay() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        let talks = try await scene.add("Talks", at: "2026-03-27T14:00:00", alarms: [.before(86_400)])
        try await scene.run(until: "2026-03-26T14:10:00")
        let open = try Timing.hourOpen("2026-03-27")
        try await scene.change(1) { try $0.move(nil, to: open, in: SampleZones.shared) }
        try await scene.run(until: "2026-03-26T14:20:00")
        #expect(scene.said.last == "change: Talks moved: Fri 27 Mar, hour open, UTC")
        try await scene.change(1) { meeting in
            try meeting.move(nil, to: talks.timing.starting(at: .at("2026-03-27T10:00:00")), in: SampleZones.shared)
        }
        scene.sleep(until: "2026-04-03T09:00:00")
        try await scene.settle()
        #expect(scene.said.last == "change: Talks moved: Fri 27 Mar, 10:00 UTC")
    }

    @Test("Of a date that was moved, the day on which it does not take place is the one that was told")
    func dayOfMovedDate() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        let weekly = try await scene.add(
            "Weekly", at: "2026-03-27T14:00:00", rule: "FREQ=WEEKLY", alarms: [.before(86_400)])
        try await scene.change(1) { meeting in
            try meeting.move(
                .at("2026-03-27T14:00:00"), to: weekly.timing.starting(at: .at("2026-03-28T14:00:00")),
                in: SampleZones.shared)
        }
        try await scene.run(until: "2026-03-27T14:10:00")
        try await scene.delete(1)
        try await scene.run(until: "2026-03-27T14:20:00")
        #expect(
            scene.said == [
                "reminder: Weekly tomorrow, 14:00 UTC", "change: Weekly does not take place: Sat 28 Mar",
            ])
    }

    @Test("What was cancelled and is not any more takes place, also while it is under way")
    func takesPlace() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Tea", at: "2026-03-26T14:00:00", alarms: [.before(3_600)])
        for (cancelled, undone, words) in [
            ("2026-03-26T13:10:00", "2026-03-26T13:20:00", "Tea takes place: Thu 26 Mar, 14:00 UTC"),
            ("2026-03-26T13:40:00", "2026-03-26T14:10:00", "Tea takes place: Thu 26 Mar, 14:00 UTC"),
        ] {
            try await scene.run(until: cancelled)
            try await scene.change(1) { $0.segments[0].status = .cancelled }
            try await scene.run(until: undone)
            #expect(scene.said.last == "change: Tea cancelled")
            try await scene.change(1) { $0.segments[0].status = .confirmed }
            try await scene.run(until: undone.replacing(":00:00", with: ":05:00").replacing("0:00", with: "5:00"))
            #expect(scene.said.last == "change: \(words)")
        }
    }

    @Test("What was said months ago of a meeting to come is followed by the change, too")
    func longAgo() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Summit", at: "2026-06-26T14:00:00", alarms: [.before(90 * 86_400)])
        try await scene.run(until: "2026-05-26T12:00:00")
        #expect(scene.said.count == 1)
        try await scene.change(1) { meeting in
            try meeting.move(nil, to: meeting.timing.starting(at: .at("2026-06-27T14:00:00")), in: SampleZones.shared)
        }
        try await scene.run(until: "2026-05-26T12:10:00")
        #expect(scene.said.last == "change: Summit moved: Sat 27 Jun, 14:00 UTC")
    }

    @Test("A new holder is in office from the first day, and not said to be before")
    func holder() async throws {
        for (since, words) in [
            ("2026-03-26", "now Mori: Talks"), ("2026-03-27", "from 27 Mar: Mori: Talks"),
            ("2027-01-01", "from 1 Jan 2027: Mori: Talks"),
        ] {
            let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
            let meeting = try await scene.add("Talks", at: "2026-05-26T15:00:00", alarms: [])
            let day = try #require(CivilDate(iso8601: since))
            try await scene.store.write(at: scene.time.now, by: ReminderScene.author) { transaction in
                try transaction.oweHolder(
                    "Mori", since: day, instead: "Kono", of: Office(party: "Japan", title: "FM"), at: [meeting],
                    record: "record")
            }
            scene.take(.scheduleEdited)
            try await scene.run(until: "2026-03-26T12:10:00")
            #expect(scene.said == ["change: Japan FM \(words)"])
        }
    }

    // MARK: Decisions that are taken back

    /// An FM meeting that waits for talks, of which it was said that it is to be decided, unless that is too soon.
    private func scene(saysDecision: Bool = true) async throws -> ReminderScene {
        let scene = try await ReminderScene(at: "2026-03-26T12:00:00")
        try await scene.add("Talks", at: "2026-04-01T15:00:00", alarms: [])
        try await scene.add("FM meeting", at: "2026-04-26T15:00:00", alarms: [])
        try await scene.change(2) { meeting in
            meeting.segments[0].status = .possible
            meeting.relations = [Relation(.dependsOn, target: 1)]
        }
        try await scene.change(1) { $0.segments[0].status = .cancelled }
        try await scene.store.write(at: scene.time.now, by: ReminderScene.author) { transaction in
            let meeting = try #require(try transaction.schedule.meeting(2))
            try transaction.oweDecision(
                about: meeting, because: "1 cancelled", record: "record", in: SampleZones.shared)
        }
        scene.take(.scheduleEdited)
        if saysDecision {
            try await scene.run(until: "2026-03-26T12:10:00")
            #expect(scene.said == ["decision: Decide: FM meeting, 1 cancelled"])
        }
        return scene
    }

    private func withdraw(_ scene: ReminderScene) async throws {
        try await scene.store.write(at: scene.time.now, by: ReminderScene.author) {
            try $0.withdrawDecisions(of: "record")
        }
        scene.take(.scheduleEdited)
    }

    private let takenBack = "change: No longer to decide: FM meeting"

    @Test("That something is to be decided is taken back once, also where a journal loses that")
    func takenBackOnce() async throws {
        let scene = try await scene()
        scene.journal.sync()
        try await withdraw(scene)
        try await scene.change(1) { $0.segments[0].status = .confirmed }
        try await scene.run(until: "2026-03-26T12:11:00")
        #expect(scene.said.count == 1)
        try await scene.run(until: "2026-03-26T12:14:00")
        #expect(scene.said.dropFirst() == [takenBack])
        try await scene.cutPower()
        try await scene.run(until: "2026-03-26T12:20:00")
        #expect(scene.said.dropFirst() == [takenBack])
        // It says nothing of when the meeting is: a move is no news to those who heard of nothing else.
        try await scene.change(2) { meeting in
            try meeting.move(nil, to: meeting.timing.starting(at: .at("2026-04-27T15:00:00")), in: SampleZones.shared)
        }
        try await scene.run(until: "2026-04-01T00:00:00")
        #expect(scene.said.count == 2)
    }

    @Test("What was not said yet, what still is to be decided and what was decided need not be taken back")
    func nothingTakenBack() async throws {
        let unsaid = try await scene(saysDecision: false)
        try await withdraw(unsaid)
        try await unsaid.change(1) { $0.segments[0].status = .confirmed }
        try await unsaid.run(until: "2026-03-31T12:00:00")
        #expect(unsaid.said == [])
        let still = try await scene()
        try await withdraw(still)
        try await still.run(until: "2026-03-31T12:00:00")
        #expect(still.said.count == 1)
        let decided = try await scene()
        try await decided.change(2) { $0.segments[0].status = .confirmed }
        try await withdraw(decided)
        try await decided.change(1) { $0.segments[0].status = .confirmed }
        try await decided.run(until: "2026-03-31T12:00:00")
        #expect(decided.said.count == 1)
    }
}
