import ConveneAPI
import ConveneTestSupport
import Testing

@Suite("convene check", .ownThread)
struct CheckStoryTests {
    @Test("Proves a daemon's database while it is at work, and finds and mends what is derived wrongly")
    func story() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.add("Talks", at: now() + 3)
        try daemon.add("Call", at: now() + 86_400)
        _ = try await daemon.journal.entries("CONVENE_KIND=reminder", count: 1)
        try daemon.flush()
        let content = "2 meetings: what is derived agrees with what was written; the file is whole\n"
        #expect(try await daemon.convene("check") == RunningDaemon.Outcome(status: 0, output: content))

        // Somebody's hand in the file, while the daemon runs.
        let damage = try ChildProcess("sqlite3", [daemon.databasePath, "DELETE FROM queue WHERE meeting = 2"])
        #expect(try await damage.end() == .exited(0))
        let found = try await daemon.convene("check")
        #expect(
            found
                == RunningDaemon.Outcome(
                    status: 1, output: " ! queue        2 Call: 1 row is missing\n",
                    errors: """
                        convene: 1 fault in 2 meetings: what is derived is not what was written
                            To write it anew from what people wrote: convene check --rebuild

                        """))
        let mended = try await daemon.convene("check", "--rebuild")
        #expect(mended.status == 1)
        #expect(
            mended.errors == """
                convene: 1 fault in 2 meetings; 1 meeting written anew
                    Look once more: convene check

                """)
        #expect(try await daemon.convene("check") == RunningDaemon.Outcome(status: 0, output: content))
        let due = try ChildProcess("sqlite3", [daemon.databasePath, "SELECT count(*) FROM queue WHERE meeting = 2"])
        #expect(try await due.end() == .exited(0))
        #expect(due.output == "1\n")
    }
}
