import ConveneAPI
import ConveneTestSupport
import Foundation
import Testing

/// The machine's own zone, which somebody changes while the daemon runs.
@Suite("The machine's zone", .ownThread)
struct MachineZoneTests {
    @Test("'Tomorrow' in the journal follows the link that names the zone, without a restart")
    func follows() async throws {
        let directory = TemporaryDirectory()
        let link = "\(directory.path)/localtime"
        func choose(_ zone: String) throws {
            try? FileManager.default.removeItem(atPath: link)
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: "/usr/share/zoneinfo/\(zone)")
        }
        try choose("America/New_York")
        // TZ names a file, as it may (tzset(3)); it is read again with /etc/localtime's zone.
        let daemon = RunningDaemon(
            journal: try PrivateJournald(), rehearsal: "2019-09-16 09:00 Seoul", timeZone: ":\(link)")
        try await daemon.start()
        #expect(try daemon.status().machineZone == "America/New_York")
        for (name, day) in [("First", "18"), ("Second", "19")] {
            let added = try await daemon.run(["add", name, "\(day) sep 8:00 Tokyo", "--remind", "1d"])
            #expect(added.status == 0, "\(added.errors)")
        }
        _ = try await daemon.run(["rehearse", "--to", "17 sep 12:00"])

        try choose("Asia/Tokyo")
        daemon.signal(SIGHUP)
        try await eventually("the zone to be read again") { try daemon.status().machineZone == "Asia/Tokyo" }
        _ = try await daemon.run(["rehearse", "--to", "18 sep 12:00"])

        let entries = try await daemon.journal.entries("CONVENE_KIND=reminder", count: 2)
        #expect(entries.map { $0["MESSAGE"] } == ["First: Wed 08:00 Tokyo", "Second tomorrow, 08:00 Tokyo"])
    }
}
