import ConveneCore
import ConveneTestSupport
import Testing
import ZonedTime

@testable import ConveneStore

/// What was seen in the journal is recorded, and the queue moves on.
@Suite("The record of what was said")
struct DeliveryTests {
    let scene = StoreScene()

    private func owed(_ store: MeetingStore, by now: Instant) async throws -> [OwedReminder] {
        try await store.owed(by: now, limit: 100, isUnderWay: { _ in false }, countUnderWay: 0).reminders
    }

    @Test("The row moves to the next occurrence, and its wall clock stays where the clocks change")
    func advance() async throws {
        let store = try scene.open()
        try await store.add(.talks(rule: "FREQ=WEEKLY", alarms: .quarter))
        #expect(try await store.queue() == ["2026-03-26T14:45 -PT15M"])
        #expect(try await owed(store, by: .at("2026-03-26T14:44:59")).isEmpty)
        let row = try #require(try await owed(store, by: .at("2026-03-26T14:45:00")).first)

        let count = try await store.recordDelivered(
            [SeenEntry(row)], upTo: "cursor-1", in: .boot("boot-1"), at: .at("2026-03-26T14:45:01"))
        #expect(count == 1)
        #expect(try await store.isDelivered(row.identity))
        #expect(try await store.journalCursor() == "cursor-1")
        #expect(try await store.queue() == ["2026-04-02T13:45 -PT15M"])
    }

    @Test("Recording twice changes nothing but the cursor")
    func twice() async throws {
        let store = try scene.open()
        try await store.add(.talks(rule: "FREQ=WEEKLY", alarms: .quarter))
        let row = try #require(try await owed(store, by: .at("2026-03-26T14:45:00")).first)
        try await store.recordDelivered(
            [SeenEntry(row)], upTo: "1", in: .boot("boot-1"), at: .at("2026-03-26T14:45:01"))
        let queue = try await store.dump("SELECT * FROM queue")
        let count = try await store.recordDelivered(
            [SeenEntry(row), SeenEntry(row)], upTo: "2", in: .boot("boot-1"), at: .at("2026-03-26T14:46:00"))
        #expect(count == 0)
        #expect(try await store.dump("SELECT * FROM queue") == queue)
        #expect(try await store.dump("SELECT count(*) FROM notification") == ["1"])
        #expect(try await store.dump("SELECT * FROM outbox") == [])
        #expect(try await store.journalCursor() == "2")
    }

    @Test("Of what is late, reminders and what waits in the outbox share the room", arguments: 0...5)
    func late(room: Int) async throws {
        let store = try scene.open()
        for uid in ["a", "b", "c"] { try await store.add(.talks(uid, alarms: .quarter)) }
        for count in 1...2 { try await store.oweTest("test-\(count)", at: .at("2026-03-26T14:45:00")) }
        let owed = try await store.owed(
            by: .at("2026-03-26T14:50:00"), limit: 500, late: room, isUnderWay: { _ in false }, countUnderWay: 0)
        #expect(owed.reminders.count + owed.outbox.count == room)
        #expect(room == 5 || owed.hasMoreLate)
    }

    @Test("An entry that stands for several moves each of them on")
    func several() async throws {
        let store = try scene.open()
        try await store.add(.talks("a", alarms: .quarter))
        try await store.add(.talks("b", alarms: .quarter))
        let rows = try await owed(store, by: .at("2026-03-26T14:45:00"))
        #expect(rows.count == 2)
        let entry = SeenEntry(
            identities: rows.map(\.identity), kind: .missed, message: "2 missed", uid: nil, meeting: nil,
            recurrenceID: nil,
            startsAt: nil, due: rows[0].alarm.due, late: 0, fields: "{}")
        #expect(
            try await store.recordDelivered([entry], upTo: nil, in: .boot("b"), at: .at("2026-03-26T15:00:00")) == 2)
        #expect(try await store.queue() == [])
    }

    @Test("After the meeting was moved, what was on its way moves no row, and the change is owed")
    func movedInFlight() async throws {
        let store = try scene.open()
        try await store.add(.talks(alarms: .quarter))
        let row = try #require(try await owed(store, by: .at("2026-03-26T14:45:00")).first)
        let now = Instant.at("2026-03-26T14:45:01")
        try await store.change(1, at: now) { meeting in
            let later = meeting.timing.starting(at: .at("2026-03-26T17:00:00"))
            try meeting.move(nil, to: later, in: SampleZones.shared)
        }
        #expect(try await store.queue() == ["2026-03-26T16:45 -PT15M"])

        try await store.recordDelivered([SeenEntry(row)], upTo: nil, in: .boot("b"), at: now)
        #expect(try await store.queue() == ["2026-03-26T16:45 -PT15M"])
        let later = now.advanced(bySeconds: ScheduleSettings.usualChangePause)
        let news = try await store.owed(by: later, limit: 9, isUnderWay: { _ in false }, countUnderWay: 0).outbox
        #expect(news.map(\.kind) == [.change])
        #expect(news.map(\.meeting) == [1])
        #expect(news.map(\.told) == [.at("2026-03-26T15:00:00")])
        #expect(try await store.nextDeadline(after: now) == later)

        // Once it was said, it is owed no more.
        let told = SeenEntry(
            identities: news.map(\.identity), kind: .change, message: "moved", uid: "talks", meeting: 1,
            recurrenceID: nil,
            startsAt: .at("2026-03-26T17:00:00"), due: later, late: 0, fields: "{}")
        try await store.recordDelivered([told], upTo: nil, in: .boot("b"), at: later)
        #expect(try await store.dump("SELECT * FROM outbox") == [])
    }

    @Test("A clock that is set back lets no news wait longer than its pause")
    func pauseWithClockSetBack() async throws {
        let store = try scene.open()
        let meeting = try await store.add(.talks(alarms: .quarter))
        try await store.deliverAll(by: .at("2026-03-26T14:45:00"))
        try await store.write(at: .at("2026-03-26T14:50:00"), by: StoreScene.author) { transaction in
            try transaction.delete(meeting, .init(verb: "delete", what: "deleted"))
        }
        let setBack = Instant.at("2026-03-26T11:50:00")
        #expect(try await store.nextDeadline(after: setBack) == .at("2026-03-26T14:52:00"))
        try await store.shortenPauses(at: setBack)
        #expect(try await store.nextDeadline(after: setBack) == .at("2026-03-26T11:52:00"))
    }

    @Test("A meeting deleted after its reminder was seen owes the news, with the fields that name it")
    func deletedAfterwards() async throws {
        let store = try scene.open()
        let meeting = try await store.add(.talks(alarms: .quarter))
        try await store.deliverAll(by: .at("2026-03-26T14:45:00"))
        let now = Instant.at("2026-03-26T14:50:00")
        try await store.write(at: now, by: StoreScene.author) { transaction in
            try transaction.delete(meeting, .init(verb: "delete", what: "deleted"))
        }
        let later = now.advanced(bySeconds: ScheduleSettings.usualChangePause)
        let news = try await store.owed(by: later, limit: 9, isUnderWay: { _ in false }, countUnderWay: 0).outbox
        #expect(news.map(\.kind) == [.change])
        #expect(news.first?.summary == "Talks talks")
        #expect(news.first?.fields?["CONVENE_MEETING"] == "talks")
    }

    @Test("What is brought back as of before owes what was due meanwhile; what is brought back as of now does not")
    func broughtBack() async throws {
        let store = try scene.open()
        for (uid, moment) in [("slip", Instant.at("2026-03-26T14:44:30")), ("later", nil)] {
            let meeting = try await store.add(.talks(uid, alarms: .quarter))
            try await store.write(at: .at("2026-03-26T14:44:30"), by: StoreScene.author) { transaction in
                try transaction.delete(meeting, .init(verb: "delete", what: "deleted"))
            }
            try await store.write(at: .at("2026-03-26T14:45:10"), by: StoreScene.author) { transaction in
                _ = try transaction.insert(
                    meeting, number: meeting.number, owedSince: moment, .init(verb: "undo", what: "undone"))
            }
        }
        #expect(try await owed(store, by: .at("2026-03-26T14:45:10")).map(\.meeting.uid) == ["slip"])
        #expect(try await store.queue() == ["2026-03-26T14:45 -PT15M"])
    }

    @Test("A move there and back says nothing twice")
    func thereAndBack() async throws {
        let store = try scene.open()
        let evening = Alarms.own([Alarm(id: "evening", trigger: .at(.at("2026-03-25T18:00:00"), in: .utc))])
        try await store.add(.talks(alarms: evening))
        try await store.deliverAll(by: .at("2026-03-25T18:00:00"))
        // The clock was set back, and somebody looks at it again.
        try await store.change(1, at: .at("2026-03-25T17:00:00")) { $0.note = "bring the map" }
        #expect(try await store.queue() == [])
    }

    @Test("A series goes on after an edit with a clock that was set back")
    func clockSetBack() async throws {
        let store = try scene.open()
        try await store.add(.talks(rule: "FREQ=DAILY", alarms: .quarter))
        try await store.deliverAll(by: .at("2026-03-27T14:45:00"))
        #expect(try await store.queue() == ["2026-03-28T14:45 -PT15M"])
        // By this clock the reminder of the 27th is still to come, but it was said.
        try await store.change(1, at: .at("2026-03-27T14:00:00")) { $0.note = "bring the map" }
        #expect(try await store.queue() == ["2026-03-28T14:45 -PT15M"])
    }

    @Test("What is under way is read past, up to the limit")
    func underWay() async throws {
        let store = try scene.open()
        for name in ["a", "b", "c", "d"] { try await store.add(.talks(name, alarms: .quarter)) }
        let all = try await owed(store, by: .at("2026-03-26T14:45:00")).map(\.identity)
        let first = Set(all.prefix(2))
        let rest = try await store.owed(
            by: .at("2026-03-26T14:45:00"), limit: 1, isUnderWay: { first.contains($0) }, countUnderWay: 2)
        #expect(rest.reminders.map(\.identity) == [all[2]])
    }

    @Test("Where nothing can be recorded, what is due behind what is under way is found, and when the next one is")
    func pastUnderWay() async throws {
        let store = try scene.open()
        try await store.add(.talks(rule: "FREQ=DAILY", alarms: .quarter))
        func find(by now: Instant) async throws -> (dates: [String], next: Instant?) {
            let first = try await store.owed(by: now, limit: 9, isUnderWay: { _ in false }, countUnderWay: 0).reminders[
                0]
            let owed = try await store.owed(
                by: now, limit: 9, pastUnderWay: true, isUnderWay: { $0 == first.identity }, countUnderWay: 1)
            return (owed.reminders.map { $0.alarm.start.iso8601 }, owed.next)
        }
        let before = try await find(by: .at("2026-03-27T14:44:59"))
        #expect(before.dates == [] && before.next == .at("2026-03-27T14:45:00"))
        let due = try await find(by: .at("2026-03-27T14:45:00"))
        #expect(due.dates == ["2026-03-27T15:00:00"] && due.next == .at("2026-03-28T14:45:00"))
    }

    // MARK: A new boot

    @Test("What a lost journal took is owed again where the schedule still says it; the rest counts as looked up")
    func lostBoot() async throws {
        let store = try scene.open()
        for (name, start) in [("a", "2026-03-26T12:00:00"), ("b", "2026-03-26T15:00:00"), ("c", "2026-03-26T15:05:00")]
        {
            try await store.add(.talks(name, at: start, alarms: .quarter))
            try await store.deliverAll(by: Instant.at(start).advanced(bySeconds: -900))
        }
        // Ten minutes before the last record the journal was surely on disk.
        let doubtful = try await store.lastRecorded(notIn: "boot-2")
        #expect(doubtful.map { $0.split(separator: "/")[1] } == ["b", "c"])
        #expect(try await store.lastRecorded(notIn: "boot-1") == [])

        let now = Instant.at("2026-03-26T14:55:00")
        try await store.oweAgain([doubtful[1]], boot: "boot-2", at: now)
        #expect(try await !store.isDelivered(doubtful[1]))
        #expect(try await store.isDelivered(doubtful[0]))
        let again = try await owed(store, by: now)
        #expect(again.map(\.identity) == [doubtful[1]])
        #expect(again.map(\.meeting.summary) == ["Talks c"])
        #expect(again.map(\.alarm.due) == [.at("2026-03-26T14:50:00")])

        // Said again, it is settled for this boot.
        let entry = SeenEntry(
            identities: [doubtful[1]], kind: .reminder, message: "again", uid: "c", meeting: 3, recurrenceID: nil,
            startsAt: .at("2026-03-26T15:05:00"), due: .at("2026-03-26T14:50:00"), late: 300, fields: "{}")
        try await store.recordDelivered([entry], upTo: nil, in: .boot("boot-2"), at: now)
        #expect(try await store.queue() == [])
        #expect(try await store.lastRecorded(notIn: "boot-3").map { $0.split(separator: "/")[1] } == ["c"])
        #expect(try await store.lastRecorded(notIn: "boot-2") == [])
    }

    @Test("A series goes on past a date that is owed again on its own")
    func seriesMeetsOwnRow() async throws {
        // Given a backup that has not recorded the first date, and a journal that has lost the second
        let store = try scene.open()
        try await store.add(.talks(rule: "FREQ=DAILY", alarms: .quarter))
        let first = try #require(try await owed(store, by: .at("2026-03-26T14:45:00")).first)
        let second = first.identity.replacing("2026-03-26", with: "2026-03-27")
        let entry = SeenEntry(
            identities: [second], kind: .reminder, message: "second", uid: "talks", meeting: 1,
            recurrenceID: .at("2026-03-27T15:00:00"), startsAt: .at("2026-03-27T15:00:00"),
            due: .at("2026-03-27T14:45:00"), late: 0, fields: "{}")
        try await store.recordDelivered([entry], upTo: nil, in: .boot("boot-1"), at: .at("2026-03-27T14:45:00"))
        try await store.oweAgain([second], boot: "boot-2", at: .at("2026-03-27T14:50:00"))
        #expect(try await store.queue() == ["2026-03-26T14:45 -PT15M", "2026-03-27T14:45 -PT15M"])

        // When both are said, the third is next
        #expect(try await store.deliverAll(by: .at("2026-03-27T14:50:00")) == [first.identity, second])
        #expect(try await store.queue() == ["2026-03-28T14:45 -PT15M"])
    }

    @Test("Every uid under which the daemon ran is kept")
    func uids() async throws {
        let store = try scene.open()
        #expect(try await store.ownUIDs(including: 992) == [992])
        #expect(try await store.ownUIDs(including: 61_000) == [992, 61_000])
        #expect(try await store.ownUIDs(including: 992) == [992, 61_000])
    }

    @Test("A test entry is owed at once, and withdrawn when told")
    func test() async throws {
        let store = try scene.open()
        try await store.oweTest("d/test:1", at: StoreScene.now)
        let owed = try await store.owed(by: StoreScene.now, limit: 9, isUnderWay: { _ in false }, countUnderWay: 0)
        #expect(owed.outbox.map(\.identity) == ["d/test:1"])
        #expect(try await store.read { try $0.countOwed(by: StoreScene.now) } == 1)
        try await store.withdraw("d/test:1")
        #expect(try await store.read { try $0.countOwed(by: StoreScene.now) } == 0)
    }
}
