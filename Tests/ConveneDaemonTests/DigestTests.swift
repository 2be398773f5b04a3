import ConveneCore
import ConveneStore
import ConveneTestSupport
import Recurrence
import Testing
import ZonedTime

@testable import Simulation

/// The day's sheet.
@Suite("The day's sheet")
struct DigestTests {
    private func weekdays(_ id: String = "sheet", at hour: String = "08:00", zone: String = "UTC") throws -> Digest {
        Digest(
            id: id, start: .at("2026-03-26T\(hour):00"), rule: try RecurrenceRule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            zone: zone)
    }

    @Test("It names what the day brings on the reader's clock, once each weekday")
    func weekday() async throws {
        // Thursday.
        let scene = try await ReminderScene(at: "2026-03-26T07:00:00")
        try await scene.add("DG talks", at: "2026-03-26T11:00:00", zone: "Asia/Tokyo", alarms: [])
        try await scene.add("Lunch", at: "2026-03-26T12:30:00", alarms: [])
        try await scene.add("Night call", at: "2026-03-27T02:00:00", alarms: [])
        try await scene.set(try weekdays())
        try await scene.run(until: "2026-03-30T09:00:00")
        #expect(
            scene.said == [
                "digest: Thu 26 Mar, UTC time: 2 meetings\n02:00 DG talks, Tokyo\n12:30 Lunch, UTC",
                "digest: Fri 27 Mar, UTC time: 1 meeting\n02:00 Night call, UTC",
                "digest: Mon 30 Mar, UTC time: nothing planned",
            ])
        #expect(scene.identities[0][0].hasSuffix("/digest:sheet/2026-03-26T08:00:00[UTC]"))
        #expect(scene.nextDue == .at("2026-03-31T08:00:00"))
    }

    @Test("What began the day before is there until it ends, and all day where it lasts that long")
    func overnight() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T07:00:00")
        try await scene.add("Train", at: "2026-03-26T23:30:00", alarms: [])
        try await scene.add("Flight", at: "2026-03-26T22:00:00", for: .seconds(20 * 3_600), alarms: [])
        try await scene.add("Siege", at: "2026-03-26T21:00:00", for: .seconds(40 * 3_600), alarms: [])
        try await scene.set(try weekdays())
        try await scene.run(until: "2026-03-27T09:00:00")
        #expect(
            scene.said.last
                == "digest: Fri 27 Mar, UTC time: 3 meetings\nall day Siege, UTC\nuntil 18:00 Flight, UTC"
                + "\nuntil 00:30 Train, UTC")
    }

    @Test("Late within a day it still comes; after a long downtime those that were missed are one entry")
    func late() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T07:00:00")
        try await scene.set(try weekdays())
        try await scene.settle()
        scene.sleep(until: "2026-03-26T11:00:00")
        try await scene.settle()
        #expect(scene.said == ["digest: Thu 26 Mar, UTC time: nothing planned"])
        scene.sleep(until: "2026-04-08T09:30:00")
        try await scene.settle()
        #expect(
            scene.said.dropFirst() == [
                "missed: Missed: 8 sheets of the day, 27 Mar – 7 Apr", "digest: Wed 8 Apr, UTC time: nothing planned",
            ])
        #expect(Set(scene.identities.flatMap { $0 }).count == 10)
        #expect(scene.nextDue == .at("2026-04-09T08:00:00"))
        // Each of them has its own record, by its day.
        let missed = try await scene.store.read { try $0.missed(limit: 20) }
        #expect(missed.count == 8)
        #expect(missed.first?.message == "Missed: the day's sheet of Tue 7 Apr")
        #expect(missed.last?.message == "Missed: the day's sheet of Fri 27 Mar")
        #expect(missed.last?.due == .at("2026-03-27T08:00:00"))
        #expect(Set(missed.map { $0.due.advanced(bySeconds: Int64($0.late)) }) == [.at("2026-04-08T09:30:00")])
    }

    @Test("One that the journal has lost brings back none that came while it was off")
    func lost() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T07:00:00")
        try await scene.set(try weekdays())
        try await scene.run(until: "2026-03-27T07:59:00")
        try await scene.set(nil)
        try await scene.run(until: "2026-03-27T08:05:00")
        try await scene.set(try weekdays())
        try await scene.run(until: "2026-03-28T09:00:00")
        #expect(scene.said == ["digest: Thu 26 Mar, UTC time: nothing planned"])
        try await scene.cutPower()
        #expect(scene.said == [])
        try await scene.settle()
        #expect(scene.said == ["missed: Missed: the day's sheet of Thu 26 Mar"])
        #expect(scene.nextDue == .at("2026-03-30T08:00:00"))
    }

    @Test("A crash between its sending and its record says it no second time")
    func crash() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T07:00:00")
        try await scene.set(try weekdays())
        try await scene.settle()
        scene.sleep(until: "2026-03-26T08:00:00")
        try await scene.settle(journald: false)
        try await scene.restart()
        try await scene.settle()
        #expect(scene.said == ["digest: Thu 26 Mar, UTC time: nothing planned"])
        #expect(scene.nextDue == .at("2026-03-27T08:00:00"))
    }

    @Test("Off, it comes no more; set anew, it is a new one, and what was said stays said")
    func off() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T07:00:00")
        try await scene.set(try weekdays())
        try await scene.run(until: "2026-03-26T08:30:00")
        try await scene.set(nil)
        try await scene.settle()
        #expect(scene.nextDue == nil)
        try await scene.set(try weekdays("other", at: "09:00"))
        try await scene.run(until: "2026-03-26T10:00:00")
        #expect(scene.said.count == 2)
        #expect(scene.nextDue == .at("2026-03-27T09:00:00"))
    }

    @Test("Other zone data while nobody runs: it comes when the clock there shows its hour, and not at the old instant")
    func zoneData() async throws {
        let zones = SimulatedZones()
        // 08:00 there is 07:00 in UTC, and by the new data 08:00.
        let scene = try await ReminderScene(at: "2027-01-13T06:00:00", zones: zones)
        try await scene.set(try weekdays(zone: "Sim/North"))
        try await scene.settle()
        zones.change("Sim/North", from: Instant.at("2027-01-02T00:00:00").secondsSinceEpoch, by: -3_600)
        scene.time.step(bySeconds: 5_400)
        try await scene.restart()
        try await scene.run(until: "2027-01-13T08:01:00")
        #expect(scene.said == ["digest: Wed 13 Jan, North time: nothing planned"])
        let fields = try #require(scene.journal.entries.last?.fields)
        #expect(fields.contains { $0.name == EntryField.due && $0.value == "2027-01-13T08:00:00Z" })
        #expect(scene.journal.entries.last?.sentAt == Instant.at("2027-01-13T08:00:00").secondsSinceEpoch)
    }

    @Test("Other zone data while nothing is planned: the timer follows it to an earlier hour, and to a later one")
    func zoneDataAlone() async throws {
        for (seconds, due) in [(3_600, "2027-01-13T06:00:00"), (-3_600, "2027-01-13T08:00:00")] as [(Int64, String)] {
            let zones = SimulatedZones()
            let scene = try await ReminderScene(at: "2027-01-13T05:00:00", zones: zones)
            try await scene.set(try weekdays(zone: "Sim/North"))
            try await scene.settle()
            #expect(scene.nextDue == .at("2027-01-13T07:00:00"))
            zones.change("Sim/North", from: Instant.at("2027-01-02T00:00:00").secondsSinceEpoch, by: seconds)
            scene.take(.zoneDataChanged)
            try await scene.settle()
            #expect(scene.nextDue == .at(due))
        }
    }

    @Test("Turned off and back by undo within two minutes, what was due meanwhile is said; later it is not")
    func undone() async throws {
        for (end, isSaid) in [("2026-03-26T08:01:00", true), ("2026-03-26T08:01:30", false)] {
            let scene = try await ReminderScene(at: "2026-03-26T07:00:00")
            try await scene.set(try weekdays())
            try await scene.run(until: "2026-03-26T07:59:15")
            try await scene.set(nil)
            try await scene.run(until: end)
            #expect(scene.said == [])
            try await scene.store.write(at: scene.time.now, by: ReminderScene.author) { transaction in
                let last = try transaction.schedule.latestLogEntry(by: ReminderScene.author.uid)
                try transaction.restoreRegister(before: try #require(last))
            }
            scene.take(.scheduleEdited)
            try await scene.settle()
            #expect(scene.said == (isSaid ? ["digest: Thu 26 Mar, UTC time: nothing planned"] : []))
            #expect(scene.nextDue == .at("2026-03-27T08:00:00"))
        }
    }

    @Test("Turned off, back by undo, and off again by undoing that")
    func undoneTwice() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T07:00:00")
        try await scene.set(try weekdays())
        try await scene.set(nil)
        for _ in 1...2 {
            try await scene.store.write(at: scene.time.now, by: ReminderScene.author) { transaction in
                let last = try #require(try transaction.schedule.log(after: 0, limit: 10).last)
                try transaction.restoreRegister(before: last)
                try transaction.logRegister(name: "", .init(verb: "undo", what: "", undoes: last.id))
            }
        }
        #expect(try await scene.store.read { try $0.settings().digest } == nil)
        try await scene.settle()
        #expect(scene.nextDue == nil)
    }

    @Test("One that was on its way when it was turned off and on brings none back that is past")
    func onItsWay() async throws {
        let scene = try await ReminderScene(at: "2026-03-26T07:00:00")
        try await scene.set(try weekdays())
        try await scene.settle()
        scene.sleep(until: "2026-03-26T08:00:00")
        try await scene.settle(journald: false)
        scene.sleep(until: "2026-03-27T09:00:00")
        try await scene.set(nil)
        try await scene.set(try weekdays())
        try await scene.settle()
        #expect(scene.said == ["digest: Thu 26 Mar, UTC time: nothing planned"])
        #expect(scene.nextDue == .at("2026-03-30T08:00:00"))
    }

    @Test("It keeps its hour where the clocks change")
    func clockChange() async throws {
        // London: clocks go forward on Sunday, 29 March.
        let scene = try await ReminderScene(at: "2026-03-27T10:00:00")
        try await scene.set(try weekdays(zone: "Europe/London"))
        try await scene.settle()
        #expect(scene.nextDue == .at("2026-03-30T07:00:00"))
    }

    @Test(
        "What people type for it",
        arguments: [
            ("weekdays 08:00", "every weekday at 08:00, Seoul"), ("daily 7:30", "every day at 07:30, Seoul"),
            ("08:00", "every day at 08:00, Seoul"), ("monday 9am Tokyo", "every Monday at 09:00, Tokyo"),
        ])
    func phrases(typed: String, words: String) throws {
        let zones = SampleZones.shared
        let context = PhraseContext(
            now: .at("2019-09-16T00:00:00"), readerZone: try zones.zone(named: "Asia/Seoul"), zones: zones,
            cities: Cities(zones: zones))
        let digest = try #require(try DigestPhrase.parse(typed, in: context) { "id" })
        #expect(digest.words == words)
        #expect(Digest(text: digest.text) == digest)
    }

    @Test(
        "Without an hour, or with exceptions, it is refused",
        arguments: ["weekdays", "fridays 8:00 except 24 dec", "every hour from 8:00", "FREQ=MINUTELY", ""])
    func refused(typed: String) throws {
        let zones = SampleZones.shared
        let context = PhraseContext(
            now: .at("2019-09-16T00:00:00"), readerZone: .utc, zones: zones, cities: Cities(zones: zones))
        #expect(throws: PhraseError.self) { try DigestPhrase.parse(typed, in: context) { "id" } }
    }
}
