import ConveneTestSupport
import Glibc
import LinuxTime
import Testing
import ZonedTime

/// The clock is never set here: the whole machine would follow.
@Suite("The system's clock", .ownThread, .timeLimit(.minutes(5)))
struct RealtimeClockTests {
    @Test("It tells the system's time")
    func now() throws {
        let clock = try RealtimeClock(zoneinfo: nil, etc: nil)
        let before = systemSeconds()
        let now = clock.now().secondsSinceEpoch
        #expect((before...systemSeconds()).contains(now))
    }

    @Test("A past deadline comes at once, however long ago", arguments: [1, 0, -1, -3_600, Int64.min])
    func past(seconds: Int64) async throws {
        let clock = try RealtimeClock(zoneinfo: nil, etc: nil)
        clock.arm(at: seconds > 0 ? clock.now() : Instant(secondsSinceEpoch: seconds))
        #expect(await clock.events.first { _ in true } == .deadline)
    }

    @Test("A deadline to come is waited for")
    func future() async throws {
        let clock = try RealtimeClock(zoneinfo: nil, etc: nil)
        let deadline = clock.now().advanced(bySeconds: 1)
        clock.arm(at: deadline)
        #expect(await clock.events.first { _ in true } == .deadline)
        #expect(clock.now() >= deadline)
    }

    @Test("The deadline can be moved while it is waited for, from any thread")
    func moved() async throws {
        let clock = try RealtimeClock(zoneinfo: nil, etc: nil)
        clock.arm(at: .distantFuture)
        let reader = Task { await clock.events.first { _ in true } }
        await withTaskGroup { group in
            for _ in 1...8 {
                group.addTask {
                    clock.arm(at: clock.now().advanced(bySeconds: 3_600))
                    clock.arm(at: nil)
                }
            }
        }
        clock.arm(at: .distantPast)
        #expect(await reader.value == .deadline)
    }

    @Test("A stopped clock announces nothing more, and still tells the time")
    func stopped() async throws {
        let clock = try RealtimeClock(zoneinfo: nil, etc: nil)
        clock.stop()
        clock.arm(at: .distantPast)
        #expect(await clock.events.all() == [])
        #expect(clock.now().secondsSinceEpoch > 1_500_000_000)
    }

    @Test("A clock that is let go ends its thread and its stream")
    func letGo() async throws {
        let events = try RealtimeClock(zoneinfo: nil, etc: nil).events
        #expect(await events.all() == [])
    }

    @Test("Zone files that are renamed into place are announced, many as one")
    func zoneDataChanged() async throws {
        let zoneinfo = TemporaryDirectory()
        let clock = try RealtimeClock(zoneinfo: zoneinfo.path, etc: nil, pause: .milliseconds(1))
        #expect(clock.watchProblems == [])
        for number in 1...50 { zoneinfo.write("x".utf8, to: "Zone\(number)") }
        #expect(await clock.events.first { _ in true } == .zoneDataChanged)
    }

    @Test("Another local zone is announced, another file beside it is not")
    func localtime() async throws {
        let etc = TemporaryDirectory()
        let clock = try RealtimeClock(zoneinfo: nil, etc: etc.path, pause: .nanoseconds(0))
        var events = clock.events.makeAsyncIterator()
        etc.write("x".utf8, to: "passwd")
        clock.arm(at: .distantPast)
        #expect(await events.next() == .deadline)
        etc.link("localtime", to: "/usr/share/zoneinfo/Asia/Tokyo")
        #expect(await events.next() == .zoneDataChanged)
    }

    @Test("A directory that is not there is not watched, and the clock says so")
    func missingDirectory() throws {
        let clock = try RealtimeClock(zoneinfo: "/nonexistent/zoneinfo", etc: nil)
        #expect(
            clock.watchProblems == [
                "/nonexistent/zoneinfo is not watched for changes: No such file or directory"
            ])
    }
}

/// Seconds since 1970 as clock_gettime(2) has them: time(2) may be a tick behind.
private func systemSeconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec)
}
