import ConveneTestSupport
import Glibc
import LinuxTime
import Testing
import ZonedTime

@Suite("The zoneinfo directory")
struct ZoneinfoDirectoryTests {
    let directory = TemporaryDirectory()
    let zones: ZoneinfoDirectory

    init() {
        zones = ZoneinfoDirectory(path: directory.path)
    }

    @Test("Its path is TZDIR's, else the usual one")
    func systemPath() {
        #expect(ZoneinfoDirectory.systemPath { _ in nil } == "/usr/share/zoneinfo")
        #expect(ZoneinfoDirectory.systemPath { _ in "" } == "/usr/share/zoneinfo")
        #expect(ZoneinfoDirectory.systemPath { $0 == "TZDIR" ? "/zones" : nil } == "/zones")
    }

    @Test("Zones and links of tzdata.zi are known, and its version")
    func tzdata() {
        directory.write(tzdata("2026f"), to: "tzdata.zi")
        directory.write(zoneFile(hours: 9), to: "Asia/Tokyo")
        directory.write(zoneFile(hours: 9), to: "Japan")
        directory.write(zoneFile(hours: 1), to: "Mars/Olympus")

        #expect(zones.version == "2026f")
        #expect(zones.identifiers == ["Asia/Tokyo", "Etc/UTC", "Japan", "ROC"])
        #expect(zones.timeZone("Asia/Tokyo")?.identifier == "Asia/Tokyo")
        #expect(zones.timeZone("Japan")?.identifier == "Japan")
        #expect(zones.timeZone("Japan")?.offset(at: Instant(secondsSinceEpoch: 0)).secondsEastOfUTC == 32_400)
        // Not tzdb's, although it has a file; tzdb's, without a file.
        #expect(zones.timeZone("Mars/Olympus") == nil)
        #expect(zones.timeZone("Etc/UTC") == nil)
        #expect(zones.timeZone("asia/tokyo") == nil)
    }

    @Test("A link whose file a trimmed installation lacks is read from the zone that it stands for")
    func linkWithoutFile() {
        directory.write(tzdata("2026f"), to: "tzdata.zi")
        directory.write(zoneFile(hours: 9), to: "Asia/Tokyo")
        #expect(zones.timeZone("Japan")?.identifier == "Japan")
        #expect(zones.timeZone("ROC") == nil)
    }

    @Test("Without tzdata.zi the files themselves are looked at")
    func walk() {
        directory.write(zoneFile(hours: 9), to: "Asia/Tokyo")
        directory.write(zoneFile(hours: -3), to: "America/Argentina/Salta")
        directory.write(zoneFile(hours: 0), to: "UTC")
        directory.write(zoneFile(hours: 0), to: "posix/UTC")
        directory.write(zoneFile(hours: 0), to: "right/UTC")
        directory.write(zoneFile(hours: 0), to: "localtime")
        directory.write("# a table".utf8, to: "zone.tab")
        #expect(zones.identifiers == ["America/Argentina/Salta", "Asia/Tokyo", "UTC"])
        #expect(zones.timeZone("America/Argentina/Salta") != nil)
        #expect(zones.version == "unknown")
        #expect(zones.fingerprint.hasPrefix("unknown-"))
    }

    @Test("The file +VERSION is asked where tzdata.zi does not say")
    func versionFile() {
        directory.write("2024a\n".utf8, to: "+VERSION")
        #expect(zones.version == "2024a")
    }

    @Test("A directory that is missing has no zones")
    func missing() {
        let none = ZoneinfoDirectory(path: "/nonexistent")
        #expect(none.identifiers == [])
        #expect(none.timeZone("UTC") == nil)
        #expect(none.version == "unknown")
    }

    @Test(
        "A name that leads out of the directory, or is none, finds nothing",
        arguments: [
            "", "/", ".", "..", "../outside", "Asia/../Asia/Tokyo", "Asia/./Tokyo", "Asia//Tokyo", "/etc/localtime",
            "Asia/Tokyo/", "Asia/Tokyo\0", "Asia", "Asia/To kyo", "Ásia/Tokyo", "-Asia/Tokyo", "zone.tab", "~", "fifo",
            String(repeating: "A/", count: 5_000) + "A",
        ])
    func hostileNames(name: String) {
        directory.write(zoneFile(hours: 9), to: "Asia/Tokyo")
        directory.write("TZif2, but only at first sight".utf8, to: "zone.tab")
        mkfifo("\(directory.path)/fifo", 0o644)
        #expect(zones.timeZone(name) == nil)
    }

    @Test("Names in a hostile tzdata.zi lead nowhere")
    func hostileSource() {
        let outside = TemporaryDirectory()
        outside.write(zoneFile(hours: 1), to: "Zone")
        let target = "../" + (outside.path.split(separator: "/").last ?? "") + "/Zone"
        directory.write("# version 2026f\nZ ../a 0 - A\nL \(target) Good/Name\nL\nZ\nL x\n".utf8, to: "tzdata.zi")
        #expect(zones.identifiers == ["Good/Name"])
        #expect(zones.timeZone("Good/Name") == nil)
    }

    @Test("Damaged and oversized files count as absent")
    func damaged() {
        directory.write(zoneFile(hours: 9).prefix(50), to: "Cut")
        directory.write(zoneFile(hours: 9) + [UInt8](repeating: 0, count: 2 << 20), to: "Huge")
        directory.write("nothing of the kind".utf8, to: "Text")
        for name in ["Cut", "Huge", "Text"] { #expect(zones.timeZone(name) == nil, "\(name)") }
    }

    @Test("What was read stays until it is reloaded")
    func reload() {
        directory.write(tzdata("2026f"), to: "tzdata.zi")
        directory.write(zoneFile(hours: 9), to: "Asia/Tokyo")
        let epoch = Instant(secondsSinceEpoch: 0)
        let before = zones.fingerprint
        #expect(zones.timeZone("Asia/Tokyo")?.offset(at: epoch).secondsEastOfUTC == 9 * 3_600)

        directory.write(tzdata("2026g"), to: "tzdata.zi")
        directory.write(zoneFile(hours: 10), to: "Asia/Tokyo")
        #expect(zones.timeZone("Asia/Tokyo")?.offset(at: epoch).secondsEastOfUTC == 9 * 3_600)
        #expect(zones.fingerprint == before)

        zones.reload()
        #expect(zones.timeZone("Asia/Tokyo")?.offset(at: epoch).secondsEastOfUTC == 10 * 3_600)
        #expect(zones.version == "2026g")
        #expect(zones.fingerprint != before)
    }

    @Test("The fingerprint follows the data, not the directory")
    func fingerprint() {
        let other = TemporaryDirectory()
        directory.write(tzdata("2026f"), to: "tzdata.zi")
        other.write(tzdata("2026f"), to: "tzdata.zi")
        #expect(zones.fingerprint == ZoneinfoDirectory(path: other.path).fingerprint)
        other.write(Array(tzdata("2026f")) + Array("L Asia/Tokyo Nippon\n".utf8), to: "tzdata.zi")
        #expect(zones.fingerprint != ZoneinfoDirectory(path: other.path).fingerprint)
    }

    @Test("Every zone that the system's own tzdata names can be read")
    func systemZones() throws {
        let system = ZoneinfoDirectory(path: ZoneinfoDirectory.systemPath())
        try #require(system.version != "unknown", "tzdata is not installed")
        #expect(system.identifiers.count > 400)
        #expect(system.identifiers.filter { system.timeZone($0) == nil } == [])
    }

    private func tzdata(_ version: String) -> String.UTF8View {
        """
        # version \(version)
        # This zic input file is in the public domain.
        R j 1948 o - May Sa>=1 24 1 D
        Z Asia/Tokyo 9:18:59 - LMT 1887 D 31 15u
        9 j J%sT
        Z Etc/UTC 0 - UTC
        L Asia/Tokyo Japan
        L Asia/Taipei ROC

        """.utf8
    }
}

/// A zone file without transitions (RFC 9636, version 2), its clocks that many hours ahead of UTC.
func zoneFile(hours: Int) -> [UInt8] {
    let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]
    let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts
    let offset = withUnsafeBytes(of: Int32(hours * 3_600).bigEndian) { Array($0) }
    let data = offset + [0, 0] + Array("XXX\0".utf8)
    return header + data + header + data + Array("\nXXX\(-hours)\n".utf8)
}
