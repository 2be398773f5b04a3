import ConveneAPI
import ConveneTestSupport
import Testing

@Suite("A journald that is away", .ownThread)
struct JournalFaultTests {
    @Test("Not running at the start: what is due waits, status says why, and journald's start delivers it once")
    func notRunning() async throws {
        let journal = try PrivateJournald()
        journal.kill()
        let daemon = RunningDaemon(journal: journal)
        try await daemon.start()
        try daemon.add("Talks", at: now() + 3)

        let waiting = try await pending(1, daemon)
        #expect(
            waiting.pendingReason
                == "journald does not take entries (nobody listens at its socket); what is due waits")
        let shown = try await daemon.convene("status")
        #expect(shown.output.contains("worth a look"))
        #expect(shown.output.contains("Waiting     1 to be said: journald does not take entries"))

        try journal.start()
        try await expectSaidOnce(daemon)
    }

    @Test("Stopped in its tracks: what is due waits, status says why, and it is delivered once when journald goes on")
    func stopped() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.flush()
        daemon.journal.pause()
        try daemon.add("Talks", at: now() + 3)

        let waiting = try await pending(1, daemon)
        #expect(waiting.pendingReason == "sent, and not yet seen in the journal")

        daemon.journal.resume()
        try await expectSaidOnce(daemon)
    }

    @Test("Stopped for longer than its queue lasts: everything waits, and each is delivered once")
    func queueFull() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.flush()
        daemon.journal.pause()
        let start = now() + 4
        let meetings = (1...600).map {
            NewMeeting(summary: "Talk \($0)", when: typed(start), alarms: ["1s"])
        }
        try daemon.call(AddMany.self, AddMany.Parameters(meetings: meetings))
        try await until(start)
        // Reads and writes do not wait for the journal.
        #expect(try daemon.status().pending == 600)
        #expect(try daemon.call(List.self, List.Parameters(limit: 700)).occurrences.count == 600)

        daemon.journal.resume()
        try await eventually("all to be delivered") { try daemon.status().pending == 0 }
        try daemon.flush()
        let said = try await daemon.journal.entries("CONVENE_KIND=reminder")
        #expect(said.count == 600)
        #expect(Set(said.map { $0["CONVENE_NOTIFICATION_ID"] }).count == 600)
    }

    @Test("Killed with an entry in its queue: that entry is lost, and sent again")
    func killedWithQueue() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.flush()
        daemon.journal.pause()
        try daemon.add("Talks", at: now() + 3)
        _ = try await eventually("the reminder to be sent") {
            let status = try daemon.status()
            return status.pending == 1 && status.pendingReason == "sent, and not yet seen in the journal" ? true : nil
        }
        daemon.journal.kill()
        try daemon.journal.start()
        try await expectSaidOnce(daemon)
    }

    @Test("Restarted while nothing is due, it is found again")
    func restarted() async throws {
        let daemon = try await RunningDaemon.started()
        try daemon.flush()
        daemon.journal.stop()
        try daemon.journal.start()
        try daemon.add("Talks", at: now() + 3)
        try await expectSaidOnce(daemon)
    }

    @Test(
        "Killed while a rehearsal is idle: the rehearsal ends with what is wrong, and the first look of the day says it"
    )
    func killedWhileIdle() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-16 09:00 Seoul")
        _ = try await daemon.convene("add", "Talks", "18 sep 10:00", "--remind", "1h")
        _ = try await daemon.convene("rehearse", "--to", "17 sep 09:00")
        daemon.journal.kill()
        let went = try await daemon.convene("rehearse", "--to", "18 sep 09:30")
        #expect(went.status != 0)
        let words = went.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("nothing could be recorded for 10 s: journald does not take entries"))
        let page = try await daemon.convene()
        #expect(page.output.contains("\n! Not said yet: 1, for journald does not take entries"))
        try daemon.journal.start()
        _ = try await daemon.convene("rehearse", "--to", "18 sep 09:30")
        #expect(try await daemon.convene().output.contains("Not said yet") == false)
        #expect(try await daemon.journal.entries("CONVENE_KIND=reminder").count == 1)
    }

    private func pending(_ count: Int, _ daemon: RunningDaemon) async throws -> GetStatus.Reply {
        try await eventually("\(count) reminders to wait") {
            let status = try daemon.status()
            return status.pending == count ? status : nil
        }
    }

    private func expectSaidOnce(_ daemon: RunningDaemon) async throws {
        _ = try await daemon.journal.entries("CONVENE_KIND=reminder", count: 1)
        try daemon.flush()
        #expect(try await daemon.journal.entries("CONVENE_KIND=reminder").count == 1)
        let status = try daemon.status()
        #expect(status.pending == 0 && status.journalProblem == nil)
    }
}
