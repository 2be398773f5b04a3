import ConveneAPI
import ConveneTestSupport
import Glibc
import Testing

@Suite("Bad input", .ownThread)
struct BadInputTests {
    @Test("What is typed wrong is refused with the place marked, and changes nothing")
    func refusesPhrases() async throws {
        let daemon = try await RunningDaemon.started(rehearsal: "2019-09-16 09:00 Seoul")
        let went = try await Transcript(BadInputTests.session).replayed(on: daemon)
        #expect(went == BadInputTests.session)
    }

    @Test("A call that is wrong in itself is refused by name, and changes nothing")
    func refusesCalls() async throws {
        let daemon = try await RunningDaemon.started()
        for (call, error, parameters) in BadInputTests.calls {
            let connection = try RawConnection(path: daemon.socketPath)
            connection.send(Array(call.utf8) + [0])
            let reply = try connection.receive()
            #expect(reply == #"{"error":"\#(error)","parameters":\#(parameters)}"#, "\(call)")
        }
        try await expectUntouched(daemon)
    }

    @Test("Where the output is closed, the program says so, and the socket does not get the page")
    func closedOutput() async throws {
        let daemon = try await RunningDaemon.started()
        let shell = try ChildProcess(
            "/bin/sh", ["-c", #"exec "$0" --socket "$1" list >&-"#, BuiltPrograms.path("convene"), daemon.socketPath],
            environment: ["TZ": "Asia/Seoul"], input: [])
        #expect(try await shell.end() == .exited(1))
        #expect(shell.errors == "convene: output could not be written: Bad file descriptor\n")
    }

    @Test("Text that is not UTF-8 is refused, and so is what follows on that connection")
    func refusesBadText() async throws {
        let daemon = try await RunningDaemon.started()
        let call = Array(#"{"method":"org.convene.Schedule.Add","parameters":{"meeting":{"summary":""#.utf8)
        let connection = try RawConnection(path: daemon.socketPath)
        connection.send(call + [0xFF, 0xFE] + Array(#""}}}"#.utf8) + [0])
        let reply = try connection.receive()
        let place = "(message) byte 73: not valid UTF-8"
        #expect(
            reply == #"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"\#(place)"}}"#)
        #expect(try connection.receive() == nil)
        try await expectUntouched(daemon)
    }

    @Test("A call longer than four MiB is refused, and so are its bytes without end")
    func refusesOversized() async throws {
        let daemon = try await RunningDaemon.started()
        let call = Array(#"{"method":"org.convene.Schedule.Add","parameters":{"meeting":{"summary":""#.utf8)
        let connection = try RawConnection(path: daemon.socketPath)
        let tookAll = connection.send(call + [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 20))
        #expect(!tookAll)
        let reply = try connection.receive()
        let reason = "(message) longer than 4194304 bytes"
        #expect(
            reply == #"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"\#(reason)"}}"#)
        #expect(try connection.receive() == nil)
        try await expectUntouched(daemon)
    }

    @Test("Half a call, and then nothing, changes nothing, and others are served meanwhile")
    func forgetsHalf() async throws {
        let daemon = try await RunningDaemon.started()
        let half = Array(#"{"method":"org.convene.Schedule.Add","parameters":{"meeting":{"summary":"x","wh"#.utf8)
        let waiting = try RawConnection(path: daemon.socketPath)
        waiting.send(half)
        let leaving = try RawConnection(path: daemon.socketPath)
        leaving.send(half)
        leaving.finish()
        #expect(try leaving.receive() == nil)
        try await expectUntouched(daemon)

        // The other one goes on, and is answered.
        waiting.send(Array(#"en":"2030-09-20 10:00"}}}"#.utf8) + [0])
        #expect(try waiting.receive()?.contains(#""summary":"x""#) == true)
    }

    // A walk through them, for one of the answers, would take minutes.
    @Test("A rule with a million occurrences, one a second, is listed like another", .timeLimit(.minutes(5)))
    func boundsDenseRule() async throws {
        let daemon = try await RunningDaemon.started()
        let rule = "FREQ=SECONDLY;COUNT=1000000"
        let added = try await daemon.convene(
            "add", "Drip", "2030-01-01 00:00", "--for", "1s", "--repeat", rule, "--remind", "none", zone: "UTC")
        #expect(added.status == 0, "\(added.errors)")
        let plain = try await daemon.run(["list", "-n", "20"])
        #expect(plain.output.split(separator: "\n").count >= 20)

        // In the middle, at the end, and all that one answer may hold.
        let middle = try daemon.call(List.self, List.Parameters(from: "2030-01-07 00:00", limit: 3))
        #expect(middle.occurrences.map(\.startsAt) == (0..<3).map { "2030-01-07T00:00:0\($0)Z" })
        let end = try daemon.call(List.self, List.Parameters(from: "2030-01-12 13:46:38"))
        #expect(end.occurrences.map(\.startsAt) == ["2030-01-12T13:46:38Z", "2030-01-12T13:46:39Z"])
        let all = try daemon.call(List.self, List.Parameters())
        #expect(all.occurrences.count == 1_000)
        #expect(peakMemory(of: daemon) < 200_000, "KiB")
        #expect(daemon.isRunning)
    }

    @Test("What a series still has on a day is listed from any hour of it")
    func listsRestOfDay() async throws {
        let daemon = try await RunningDaemon.started()
        for rule in ["FREQ=HOURLY;INTERVAL=6", "FREQ=DAILY;BYHOUR=1,13,19"] {
            let added = try await daemon.convene(
                "add", "Rounds", "2030-01-01 01:00", "--for", "10m", "--repeat", rule, zone: "UTC")
            #expect(added.status == 0, "\(added.errors)")
        }
        let listed = try daemon.call(List.self, List.Parameters(from: "2030-01-03 13:05", limit: 6))
        #expect(
            listed.occurrences.map { $0.startsAt.dropFirst(8).prefix(8) }
                == ["03T13:00", "03T13:00", "03T19:00", "03T19:00", "04T01:00", "04T01:00"])
    }

    /// In KiB, proc(5).
    private func peakMemory(of daemon: RunningDaemon) -> Int {
        guard let file = fopen("/proc/\(daemon.pid)/status", "r") else { return .max }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, 256, file) != nil {
            let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                .split { " \t\n".contains($0) }
            if words.first == "VmHWM:" { return Int(words[1]) ?? .max }
        }
        return .max
    }

    /// The daemon is well, and nothing was ever written down.
    private func expectUntouched(_ daemon: RunningDaemon) async throws {
        let log = try daemon.call(GetLog.self, GetLog.Parameters())
        #expect(log.records == [])
        #expect(try daemon.status().meetings == 0)
    }
}

extension BadInputTests {
    static let session = """
        $ convene add Talks "31 sep"
        convene: there is no 31 September; nothing was changed
            31 sep
            ^^^^^^  did you mean '30 sep' or '1 oct'?
        [1]
        $ convene add Talks "2019-02-29 10:00"
        convene: there is no 29 February 2019; nothing was changed
            2019-02-29 10:00
            ^^^^^^^^^^  did you mean '2019-02-28' or '2019-03-01'?
        [1]
        $ convene add Talks "fri 25:00"
        convene: there is no hour 25; a day has them from 0 to 23; nothing was changed
            fri 25:00
                ^^^^^
        [1]
        $ convene add Talks "fri 10:00" --zone Mars/Olympus
        convene: no time zone and no known city is called 'Mars/Olympus'; nothing was
                 changed
            Zones are named like Asia/Tokyo.
        [1]
        $ convene add Talks "fri 10:00 Atlantis"
        convene: no city or zone 'Atlantis' is known; nothing was changed
            fri 10:00 Atlantis
                      ^^^^^^^^
        [1]
        $ convene add Talks "fri 10:00" --in Atlantis
        convene: no time zone and no known city is called 'Atlantis'; nothing was
                 changed
            Zones are named like Asia/Tokyo.
        [1]
        $ convene add Talks "fri 10:00" --repeat FREQ=DAILY;BYDAY=XX
        convene: a weekday is MO, TU, WE, TH, FR, SA or SU; nothing was changed
            FREQ=DAILY;BYDAY=XX
                             ^
        [1]
        $ convene add Talks "fri 10:00" --repeat FREQ=SOMETIMES
        convene: FREQ is YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY or SECONDLY;
                 nothing was changed
            FREQ=SOMETIMES
                 ^
        [1]
        $ convene add Talks "fri 10:00" --repeat FREQ=DAILY;COUNT=3;UNTIL=20300101
        convene: COUNT and UNTIL exclude each other; nothing was changed
            FREQ=DAILY;COUNT=3;UNTIL=20300101
                               ^
        [1]
        $ convene add Talks "fri 10:00" --repeat "every other blue moon"
        convene: 'blue' does not say how often; nothing was changed
            every other blue moon
                        ^^^^  did you mean 'day', 'friday' or '2 weeks'?
        [1]
        $ convene add Talks "fri 10:00–9:00"
        convene: it ends before it begins; nothing was changed
            fri 10:00–9:00
                ^^^^^^^^^^
        [1]
        $ convene add Talks "2019-09-30 – 2019-09-24"
        convene: it ends before it begins; nothing was changed
            2019-09-30 – 2019-09-24
            ^^^^^^^^^^^^^^^^^^^^^^^  did you mean '2019-09-24 – 2019-09-30'?
        [1]
        $ convene add Talks "fri 10:00" --for 90
        convene: '90' has no unit; nothing was changed
            90
            ^^  did you mean '90m' or '90h'?
        [1]
        $ convene add Talks "fri 10:00" --status maybe
        convene: there is no such status; nothing was changed
            maybe
            ^^^^^
            did you mean 'proposed', 'possible', 'confirmed', 'postponed', 'cancelled'
            or 'held'?
        [1]
        $ convene add Talks "fri 10:00" --remind soonish
        convene: 'soonish' is not a day, an hour or a city; nothing was changed
            soonish
            ^^^^^^^
        [1]
        $ convene add "" "fri 10:00"
        convene: a meeting needs a name; nothing was changed

            ^
        [1]
        $ convene list
        Nothing is planned then.
        $ convene log
        Nothing has been changed yet.

        """

    /// Calls, and the errors that they are answered with.
    static let calls: [(call: String, error: String, parameters: String)] = [
        (
            #"{"method":"org.convene.Schedule.List","parameters":{"lmit":3}}"#,
            "org.varlink.service.InvalidParameter", #"{"parameter":"lmit"}"#
        ),
        (
            add(#"{"meeting":{"summary":"x","when":"fri 10:00","colour":"red"}}}"#),
            "org.varlink.service.InvalidParameter", #"{"parameter":"meeting.colour"}"#
        ),
        (
            add(#"{"meeting":{"summary":"x\u0000y","when":"fri 10:00"}}}"#),
            "org.varlink.service.InvalidParameter", #"{"parameter":"(message) byte 75: U+0000 in a string"}"#
        ),
        (
            add(#"{"meeting":{"summary":"x\ud800y","when":"fri 10:00"}}}"#),
            "org.varlink.service.InvalidParameter", #"{"parameter":"(message) byte 75: half of a surrogate pair"}"#
        ),
        (
            add(#"{"meeting":{"summary":3,"when":"fri 10:00"}}}"#),
            "org.varlink.service.InvalidParameter", #"{"parameter":"meeting.summary"}"#
        ),
        (
            add(#"{"meeting":{"when":"fri 10:00"}}}"#),
            "org.varlink.service.InvalidParameter", #"{"parameter":"meeting.summary"}"#
        ),
        (
            add(#"{"meeting":{"summary":"x","when":"fri 10:00"},"zoneOfReader":"Mars/Olympus"}}"#),
            "org.convene.Schedule.UnknownZone", #"{"name":"Mars/Olympus","suggestions":[]}"#
        ),
        (
            #"hello"#,
            "org.varlink.service.InvalidParameter", #"{"parameter":"(message) byte 0: 0x68 cannot stand here"}"#
        ),
        (
            #"[1]"#,
            "org.varlink.service.InvalidParameter", #"{"parameter":"(message)"}"#
        ),
        (
            #""#,
            "org.varlink.service.InvalidParameter",
            #"{"parameter":"(message) byte 0: the text ends here, but the value does not"}"#
        ),
        (
            #"{}"#,
            "org.varlink.service.InvalidParameter", #"{"parameter":"method"}"#
        ),
        (
            #"{"method":3}"#,
            "org.varlink.service.InvalidParameter", #"{"parameter":"method"}"#
        ),
        (
            #"{"method":"nodot"}"#,
            "org.varlink.service.InterfaceNotFound", #"{"interface":""}"#
        ),
        (
            #"{"method":"org.example.Nothing.Get"}"#,
            "org.varlink.service.InterfaceNotFound", #"{"interface":"org.example.Nothing"}"#
        ),
        (
            #"{"method":"org.convene.Schedule.Nothing"}"#,
            "org.varlink.service.MethodNotFound", #"{"method":"org.convene.Schedule.Nothing"}"#
        ),
        (
            #"{"method":"org.convene.Schedule.Add","parameters":[1]}"#,
            "org.varlink.service.InvalidParameter", #"{"parameter":"parameters"}"#
        ),
        (
            #"{"method":"org.convene.Schedule.Watch"}"#,
            "org.varlink.service.ExpectedMore", #"{}"#
        ),
        (
            #"{"method":"org.convene.Schedule.List","extra":1}"#,
            "org.varlink.service.InvalidParameter", #"{"parameter":"extra"}"#
        ),
        (
            #"{"method":"org.convene.Schedule.List","parameters":{"limit":99999999999999999999}}"#,
            "org.varlink.service.InvalidParameter", #"{"parameter":"limit"}"#
        ),
        (
            #"{"method":"org.convene.Schedule.Rehearse","parameters":{"to":"tomorrow"}}"#,
            "org.convene.Schedule.NotRehearsing", #"{}"#
        ),
    ]

    /// A call of Add, from its parameters on.
    private static func add(_ parameters: String) -> String {
        #"{"method":"org.convene.Schedule.Add","parameters":"# + parameters
    }
}
