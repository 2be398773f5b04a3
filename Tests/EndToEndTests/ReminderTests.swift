import ConveneAPI
import ConveneTestSupport
import Foundation
import Testing

@Suite("A reminder on the real clock", .ownThread)
struct ReminderTests {
    @Test("It arrives in the journal when it is due, is found by every field, and those who watch are told")
    func arrives() async throws {
        let daemon = try await RunningDaemon.started()
        let start = now() + 4
        let watch = try ChildProcess(
            BuiltPrograms.path("convene"), ["watch", "--json", "--after", "L0N0"],
            environment: ["CONVENE_SOCKET": daemon.socketPath, "TZ": "UTC"])
        let change = try daemon.add("Talks", at: start)
        try await eventually("the change in the watch") { watch.output.contains("\n") }

        let entry = try #require(try await daemon.journal.entries("-t", "convened", count: 1).first)

        let database = try daemon.status().databaseId
        let uid = change.meeting.uid
        let identity = try #require(entry["CONVENE_NOTIFICATION_ID"])
        #expect(identity.hasPrefix("\(database)/\(uid)/"))
        let fields = [
            "MESSAGE": "Talks in 1 s, \(typed(start).dropFirst(11).prefix(5)) UTC", "PRIORITY": "5",
            "MESSAGE_ID": "5f1d3cfa0a8c4c2b9ad0c1c0b8f7e201", "SYSLOG_IDENTIFIER": "convened",
            "CONVENE_KIND": "reminder", "CONVENE_DATABASE": database, "CONVENE_NOTIFICATION_ID": identity,
            "CONVENE_MEETING": uid, "CONVENE_NUMBER": "1", "CONVENE_REVISION": "1", "CONVENE_SUMMARY": "Talks",
            "CONVENE_STATUS": "confirmed", "CONVENE_START": rfc3339(start), "CONVENE_END": rfc3339(start + 3_600),
            "CONVENE_ZONE": "UTC", "CONVENE_DUE": rfc3339(start - 1), "CONVENE_LATE_SEC": "0",
        ]
        #expect(entry.fields.filter { fields[$0.key] != nil }.compactMapValues(\.first) == fields)
        #expect(Set(entry.ours.keys).isSubset(of: fields.keys))
        for (name, value) in fields {
            let found = try await daemon.journal.entries("-t", "convened", "\(name)=\(value)")
            #expect(found == [entry], "by \(name)")
        }

        let told = try await eventually("the notification in the watch") {
            let lines = watch.output.split(separator: "\n")
            return lines.count == 2
                ? try lines.map { try JSONDecoder().decode(Watch.Reply.self, from: Data($0.utf8)) } : nil
        }
        #expect(told[0].change?.summary == "Talks")
        #expect(told[1].notification?.id == identity)
        #expect(told[1].notification?.message == fields["MESSAGE"])
        let status = try daemon.status()
        #expect(status.pending == 0 && status.delivered == 1)
    }

    @Test("It is said once, also where the daemon starts again and again")
    func saidOnce() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.add("Talks", at: now() + 3)
        _ = try await daemon.journal.entries("-t", "convened", count: 1)
        for _ in 1...3 {
            #expect(try await daemon.stop() == .exited(0))
            try await daemon.start()
        }
        try daemon.flush()
        #expect(try await daemon.journal.entries("CONVENE_KIND=reminder").count == 1)
    }

    @Test("A daemon that was down when it was due says it at its start, and how late")
    func catchesUp() async throws {
        let daemon = try await RunningDaemon.started()
        let start = now() + 3
        try daemon.add("Talks", at: start)
        try await daemon.kill()
        try await until(start + 1)

        try await daemon.start()

        let entry = try #require(try await daemon.journal.entries("-t", "convened", count: 1).first)
        #expect(entry["CONVENE_KIND"] == "reminder")
        #expect(entry["CONVENE_DUE"] == rfc3339(start - 1))
        let late = try #require(entry["CONVENE_LATE_SEC"].flatMap { Int($0) })
        #expect(entry["MESSAGE"] == "Talks began \(late - 1) s ago")
        let written = try #require(entry["__REALTIME_TIMESTAMP"].flatMap { Int($0) }) / 1_000_000
        #expect((2...(written - (start - 1))).contains(late))
    }

    @Test("A daemon that was down over the whole meeting says that it was missed, once")
    func missed() async throws {
        let daemon = try await RunningDaemon.started()
        let start = now() + 3
        try daemon.add("Talks", at: start, for: "1s")
        try await daemon.kill()
        try await until(start + 1)

        for _ in 1...2 {
            try await daemon.start()
            try daemon.flush()
            let entries = try await daemon.journal.entries("CONVENE_NUMBER=1")
            #expect(entries.map { $0["CONVENE_KIND"] } == ["missed"])
            #expect(entries.first?["MESSAGE"]?.hasPrefix("Missed: Talks, ") == true)
            #expect(entries.first?["CONVENE_DUE"] == rfc3339(start - 1))
            try await daemon.kill()
        }
    }

    @Test("Minutes late, it says so first; after the meeting it was missed")
    func late() async throws {
        let daemon = try await RunningDaemon.started()
        let tomorrow = (now() / 86_400 + 2) * 86_400
        try daemon.add("Talks", at: tomorrow + 12 * 3_600, alarms: ["15m"])
        try daemon.add("Lunch", at: tomorrow + 11 * 3_600, alarms: ["15m"])
        try await daemon.kill()

        // A rehearsal on a copy begins when the lunch is over and the talks have begun.
        let rehearsal = RunningDaemon(
            journal: daemon.journal, rehearsal: typed(tomorrow + 12 * 3_600 + 120) + " UTC",
            copying: daemon.databasePath)
        try await rehearsal.start()

        let entries = try await daemon.journal.entries("-t", "convened", count: 2)
        #expect(
            entries.map {
                [
                    $0["CONVENE_KIND"], $0["MESSAGE"]?.replacing(/, \w+ \d+ \w+,/, with: ", DAY,"),
                    $0["CONVENE_LATE_SEC"],
                ]
            }
                == [
                    ["missed", "Missed: Lunch, DAY, 11:00 UTC", "4620"],
                    ["reminder", "Late: Talks began 2 min ago", "1020"],
                ])
    }

    @Test("A meeting that was cancelled, moved away or deleted before says nothing")
    func cancelled() async throws {
        let daemon = try await RunningDaemon.started()
        let start = now() + 15
        for summary in ["Cancelled", "Moved", "Deleted", "Held to"] { try daemon.add(summary, at: start) }
        try daemon.call(Cancel.self, Cancel.Parameters(reference: "Cancelled"))
        try daemon.call(Move.self, Move.Parameters(reference: "Moved", when: typed(start + 3_600)))
        try daemon.call(Delete.self, Delete.Parameters(reference: "Deleted"))

        _ = try await daemon.journal.entries("CONVENE_SUMMARY=Held to", count: 1)
        try daemon.flush()

        let entries = try await daemon.journal.entries("-t", "convened")
        #expect(entries.compactMap { $0["CONVENE_SUMMARY"] } == ["Held to"])
    }
}
