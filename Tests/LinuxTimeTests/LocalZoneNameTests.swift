import ConveneTestSupport
import LinuxTime
import Testing

@Suite("The local zone's name")
struct LocalZoneNameTests {
    let etc = TemporaryDirectory()
    let zoneinfo = TemporaryDirectory()

    private func current(tz: String?) -> LocalZoneName {
        LocalZoneName.current(environment: { $0 == "TZ" ? tz : nil }, etc: etc.path, zoneinfo: zoneinfo.path)
    }

    @Test(
        "TZ may hold a name in several forms",
        arguments: [
            ("Europe/Berlin", "Europe/Berlin"), (":Europe/Berlin", "Europe/Berlin"), ("UTC", "UTC"), ("", "UTC"),
            (":", "UTC"), ("Japan", "Japan"), ("Etc/GMT+5", "Etc/GMT+5"), ("EST5EDT", "EST5EDT"),
            ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"), (":/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
            ("/srv/zoneinfo/posix/Asia/Tokyo", "Asia/Tokyo"), ("right/Asia/Tokyo", "Asia/Tokyo"),
        ])
    func names(tz: String, name: String) {
        zoneinfo.write(zoneFile(hours: -5), to: "EST5EDT")
        #expect(current(tz: tz) == .name(name))
    }

    @Test(
        "A rule, and what leads nowhere, has no name, and nothing else is asked then",
        arguments: [
            "CET-1CEST", "CET-1CEST,M3.5.0,M10.5.0/3", "<+03>-3", "PST8PDT", "/etc/passwd", "../Europe/Berlin",
            "Europe/../Berlin", "/usr/share/zoneinfo/../passwd", "Europe Berlin", "/", ":/",
        ])
    func unusable(tz: String) {
        etc.link("localtime", to: "/usr/share/zoneinfo/Asia/Tokyo")
        #expect(current(tz: tz) == .unusable(tz: tz))
        #expect(current(tz: tz).name == nil)
    }

    @Test("A path below the zoneinfo directory in use, whatever its name, is a name")
    func ownDirectory() {
        #expect(current(tz: "\(zoneinfo.path)/Asia/Seoul") == .name("Asia/Seoul"))
    }

    @Test("TZ may point to the link in /etc")
    func pathOfLink() {
        etc.link("localtime", to: "/usr/share/zoneinfo/Asia/Tokyo")
        #expect(current(tz: ":\(etc.path)/localtime") == .name("Asia/Tokyo"))
    }

    @Test(
        "Without TZ the link localtime tells",
        arguments: [
            ("/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"), ("../usr/share/zoneinfo/Etc/UTC", "Etc/UTC"),
            ("second", "Asia/Seoul"), ("loop", "UTC"), ("/etc/passwd", "UTC"),
        ])
    func link(target: String, name: String) {
        etc.link("second", to: "/usr/share/zoneinfo/Asia/Seoul")
        etc.link("loop", to: "loop")
        etc.link("localtime", to: target)
        #expect(current(tz: nil) == .name(name))
    }

    @Test("Where localtime is a copy, the file timezone tells")
    func timezoneFile() {
        etc.write(zoneFile(hours: 9), to: "localtime")
        etc.write("\n Asia/Tokyo \n".utf8, to: "timezone")
        #expect(current(tz: nil) == .name("Asia/Tokyo"))
        etc.write("../hostile\n".utf8, to: "timezone")
        #expect(current(tz: nil) == .name("UTC"))
    }

    @Test("Where nothing is said, it is UTC")
    func nothing() {
        #expect(current(tz: nil) == .name("UTC"))
    }
}
