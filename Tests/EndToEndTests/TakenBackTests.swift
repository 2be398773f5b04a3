import ConveneTestSupport
import Testing

@Suite("What undo takes back that the journal has said", .ownThread)
struct TakenBackTests {
    @Test("A decision that was asked for, where what it depends on has a date again; and an undo of that")
    func fixedAgain() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-11 09:00 Seoul")
        for line in [
            ["add", "DG talks", "20 sep 10:00"], ["add", "FM", "26 sep 15:30", "--if", "1"], ["postpone", "1"],
            ["rehearse", "--to", "11 sep 09:10"], ["fix", "1", "20 sep 11:00"], ["undo"],
            ["rehearse", "--to", "11 sep 09:20"], ["fix", "1", "20 sep 11:00"], ["rehearse", "--to", "11 sep 09:30"],
            ["cancel", "1"], ["rehearse", "--to", "11 sep 09:40"], ["fix", "1", "21 sep 11:00"],
            ["rehearse", "--to", "11 sep 09:50"], ["undo"], ["rehearse", "--to", "11 sep 10:00"], ["undo"],
            ["rehearse", "--to", "11 sep 10:10"],
        ] {
            let went = try await daemon.run(line)
            #expect(went.status == 0, "\(line): \(went.errors)")
        }
        let entries = try await daemon.journal.entries("-t", "convened")
        #expect(
            entries.map { $0["MESSAGE"] ?? "" } == [
                "Decide: FM, 1 postponed", "No longer to decide: FM", "Decide: FM, 1 cancelled",
                "No longer to decide: FM", "Decide: FM, 1 cancelled", "No longer to decide: FM",
            ])
    }

    @Test("Asked for each of two dates; asked for two reasons, and taken back once")
    func asked() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-11 09:00 Seoul")
        for line in [
            ["add", "W", "12 sep 10:00", "--for", "30m", "--repeat", "every day", "--remind", "none"],
            ["add", "FM", "26 sep 15:30", "--if", "w@2019-09-12"], ["cancel", "w@2019-09-12"],
            ["rehearse", "--to", "11 sep 09:10"], ["edit", "fm", "--if", "w@2019-09-13"], ["cancel", "w@2019-09-13"],
            ["rehearse", "--to", "11 sep 09:20"], ["add", "A", "20 sep 10:00"],
            ["add", "B", "27 sep 10:00", "--if", "a"], ["cancel", "a"], ["rehearse", "--to", "11 sep 09:30"],
            ["delete", "a"], ["rehearse", "--to", "11 sep 09:40"], ["undo"], ["rehearse", "--to", "11 sep 09:50"],
            ["undo"], ["rehearse", "--to", "11 sep 10:00"],
        ] {
            let went = try await daemon.run(line)
            #expect(went.status == 0, "\(line): \(went.errors)")
        }
        let entries = try await daemon.journal.entries("-t", "convened")
        #expect(
            entries.map { $0["MESSAGE"] ?? "" } == [
                "Decide: FM, 1@2019-09-12 cancelled", "Decide: FM, 1@2019-09-13 cancelled", "Decide: B, 3 cancelled",
                "Decide: B, 3 deleted", "No longer to decide: B",
            ])
    }

    @Test("A decision that was not asked for yet, or is to be asked for again, outlives a date that is taken back")
    func waiting() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-11 09:00 Seoul")
        for line in [
            ["add", "DG talks", "20 sep 10:00"], ["add", "FM", "26 sep 15:30", "--if", "1"], ["postpone", "1"],
            ["fix", "1", "20 sep 11:00"], ["undo"], ["rehearse", "--to", "11 sep 09:10"], ["fix", "1", "20 sep 11:00"],
            ["undo"], ["rehearse", "--to", "15 sep 09:00"],
        ] {
            let went = try await daemon.run(line)
            #expect(went.status == 0, "\(line): \(went.errors)")
        }
        let entries = try await daemon.journal.entries("-t", "convened")
        #expect(entries.map { $0["MESSAGE"] ?? "" } == ["Decide: FM, 1 postponed", "Still to decide: FM, 1 postponed"])
    }

    @Test("A decision that was asked for, and a move to another day")
    func undone() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-11 09:00 Seoul")
        for line in [
            ["add", "DG talks", "20 sep 10:00"], ["add", "FM", "26 sep 15:30", "--if", "1"], ["cancel", "1"],
            ["rehearse", "--to", "11 sep 09:10"], ["undo"], ["rehearse", "--to", "11 sep 09:20"],
            ["rehearse", "--to", "19 sep 12:00"], ["move", "1", "24 sep 10:00"], ["rehearse", "--to", "19 sep 12:10"],
        ] {
            let went = try await daemon.run(line)
            #expect(went.status == 0, "\(line): \(went.errors)")
        }
        let entries = try await daemon.journal.entries("-t", "convened")
        #expect(
            entries.map { "\($0["CONVENE_KIND"] ?? ""): \($0["MESSAGE"] ?? "")" }.filter { !$0.hasPrefix("fence") } == [
                "decision: Decide: FM, 1 cancelled", "change: No longer to decide: FM",
                "reminder: DG talks tomorrow, 10:00 Seoul", "change: DG talks moved: Tue 24 Sep, 10:00 Seoul",
            ])
    }
}
