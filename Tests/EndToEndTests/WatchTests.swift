import ConveneAPI
import ConveneTestSupport
import Foundation
import Glibc
import Testing

@Suite("A watch over a daemon that comes and goes", .ownThread)
struct WatchTests {
    @Test("It goes on from its cursor after kills, stops and starts: nothing is lost, nothing comes twice")
    func restarts() async throws {
        let daemon = try await RunningDaemon.started()
        let watch = try ChildProcess(
            BuiltPrograms.path("convene"), ["watch", "--json"],
            environment: ["CONVENE_SOCKET": daemon.socketPath, "TZ": "UTC"])
        // The first line is the cursor from which on it follows.
        try await eventually("the watch to follow") { watch.output.contains("L0N0") }
        for round in 1...4 {
            try daemon.add("Before \(round)", at: now() + 3)
            if round % 2 == 0 { try await daemon.kill() } else { try await daemon.stop() }
            try await daemon.start()
            try daemon.add("After \(round)", at: now() + 3)
        }
        let said = try await daemon.journal.entries("CONVENE_KIND=reminder", count: 8)
        let events = try await eventually("all to be told") {
            let events = try watch.output.split(separator: "\n").dropFirst().map {
                try JSONDecoder().decode(Watch.Reply.self, from: Data($0.utf8))
            }
            return events.count >= 16 ? events : nil
        }
        let log = try daemon.call(GetLog.self, GetLog.Parameters(limit: 100)).records
        #expect(events.compactMap(\.change?.id) == log.map(\.id).reversed())
        #expect(
            events.compactMap(\.notification?.id).sorted() == said.compactMap { $0["CONVENE_NOTIFICATION_ID"] }.sorted()
        )
        #expect(events.compactMap(\.notification?.position) == Array(1...8))
        #expect(watch.look() == nil)
        let lines = watch.errors.split(separator: "\n")
        // It is told, and nothing else is; how often depends on what came in between.
        #expect(!lines.isEmpty && lines.allSatisfy { $0.contains("; waiting for it (at cursor L") })
    }

    @Test("A command is run once for each, with the entry's fields, also for what happened while the daemon was away")
    func exec() async throws {
        let daemon = try await RunningDaemon.started()
        let files = TemporaryDirectory()
        let script = #"echo "$CONVENE_KIND $CONVENE_NOTIFICATION_ID$CONVENE_RECORD $CONVENE_SUMMARY" >> "$0""#
        let watch = try ChildProcess(
            BuiltPrograms.path("convene"),
            ["watch", "--after", "L0N0", "--exec", "sh", "-c", script, "\(files.path)/events"],
            environment: ["CONVENE_SOCKET": daemon.socketPath, "TZ": "UTC"])
        try daemon.add("Talks", at: now() + 4)
        try await eventually("the change") { files.text(of: "events").contains("Talks") }
        try await daemon.kill()
        try await daemon.start()

        let entry = try #require(try await daemon.journal.entries("CONVENE_KIND=reminder", count: 1).first)
        try await eventually("the reminder") { files.text(of: "events").contains("reminder") }
        let record = try #require(try daemon.call(GetLog.self, GetLog.Parameters()).records.first)
        let identity = try #require(entry["CONVENE_NOTIFICATION_ID"])
        #expect(files.text(of: "events") == "change \(record.id) Talks\nreminder \(identity) Talks\n")
        #expect(watch.look() == nil)
    }

    @Test("A cursor that the database has not come to is refused: what it stands for is not there")
    func foreignCursor() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.add("Talks", at: now() + 86_400)
        let watch = try await daemon.convene("watch", "--after", "L7N0")
        #expect(watch.status == 1)
        #expect(watch.errors.hasPrefix("convene: this database has not come that far"))
        #expect(watch.errors.contains("L1N0"))
    }
}
