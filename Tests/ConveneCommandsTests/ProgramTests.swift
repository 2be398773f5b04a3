import ConveneAPI
import ConveneTestSupport
import Testing
import Varlink

@testable import ConveneCommands

@Suite("The program, talking to a daemon that says what a test wants", .ownThread)
struct ProgramTests {
    private func value(_ encodable: some Encodable) -> JSONValue {
        (try? JSONValue(encoding: encodable)) ?? .null
    }

    private func refusal(_ error: ScheduleError) -> ErrorReply {
        error.reply
    }

    @Test("A meeting is added with the words as typed, and printed back")
    func add() throws {
        let change = Samples.change(Samples.lunch)
        let daemon = try FakeDaemon { _ in [["change": value(change)]] }
        let outcome = try Program.run(
            ["add", "Lunch", "fri", "12:30", "--for", "90m", "--in", "Tokyo"],
            daemon: daemon)
        #expect(outcome.errors == "")
        #expect(
            outcome.output == """
                2  Lunch                                                               confirmed
                   Fri 20 Sep 2019, 12:30–14:00   Tokyo (same time here)

                """)
        #expect(outcome.status == 0)
        #expect(
            daemon.calls == [
                Call(
                    method: "org.convene.Schedule.Add",
                    parameters: [
                        "meeting": ["summary": "Lunch", "when": "fri 12:30", "duration": "90m", "city": "Tokyo"],
                        "zoneOfReader": "Asia/Seoul",
                    ])
            ])
    }

    @Test("A refusal ends with status 1, and its reason is on standard error")
    func refused() throws {
        let refusal = refusal(
            .notUnderstood(
                field: "when", text: "31 sep", position: 0, length: 6, reason: "there is no 31 September",
                suggestions: ["30 sep", "1 oct"]))
        let daemon = try FakeDaemon { _ throws(ErrorReply) in throw refusal }
        let outcome = try Program.run(["move", "dg", "31 sep"], daemon: daemon)
        #expect(outcome.status == 1)
        #expect(outcome.output == "")
        #expect(
            outcome.errors == """
                convene: there is no 31 September; nothing was changed
                    31 sep
                    ^^^^^^  did you mean '30 sep' or '1 oct'?

                """)
    }

    @Test("In JSON a refusal is on standard output as the protocol has it")
    func refusedInJSON() throws {
        let refusal = refusal(.ambiguousReference(reference: "l", candidates: []))
        let daemon = try FakeDaemon { _ throws(ErrorReply) in throw refusal }
        let outcome = try Program.run(["show", "l", "--json"], daemon: daemon)
        #expect(outcome.status == 1)
        #expect(
            try JSONValue(json: Array(outcome.output.dropLast().utf8)) == [
                "error": "org.convene.Schedule.AmbiguousReference", "parameters": ["reference": "l", "candidates": []],
            ])
        #expect(outcome.errors.hasPrefix("convene: 'l' may be one of several\n"))
    }

    @Test("Without a daemon the status is 3, for a line that cannot be read 2, for what was asked 0")
    func statuses() throws {
        #expect(try Program.run(["--socket", "/tmp/nobody/listens", "list"]).status == 3)
        let unknown = try Program.run(["frobnicate"])
        #expect(unknown.status == 2 && unknown.output == "" && unknown.errors.hasPrefix("convene: 'frobnicate'"))
        #expect(!unknown.errors.contains("did you mean"))
        #expect(try Program.run(["list", "--from"]).status == 2)
        let version = try Program.run(["--version"])
        #expect(version.status == 0 && version.output.contains("."))
        #expect(try Program.run(["completion", "fish"]).output.contains("complete -c 'convene'"))
    }

    @Test("A daemon that hangs up leaves open whether a change was made")
    func hungUp() throws {
        let daemon = try FakeDaemon { _ in [] }
        let outcome = try Program.run(["held", "dg"], daemon: daemon)
        #expect(outcome.status == 3)
        #expect(
            outcome.errors == """
                convene: the daemon hung up before it answered (the connection ended)
                    Whether the change was made: convene log -n 1

                """)
    }

    @Test("In JSON a list is a line an occurrence, with what a later daemon may add")
    func listInJSON() throws {
        var first = value(Samples.talks)
        if case .object(var members) = first {
            members["secrecy"] = "a fact of tomorrow\u{9B}"
            first = .object(members)
        }
        let more: [JSONValue] = [
            ["occurrences": [first]], ["occurrences": [value(Samples.lunch), value(Samples.debate)]],
        ]
        let daemon = try FakeDaemon { _ in more }
        let outcome = try Program.run(["list", "--json"], daemon: daemon)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].contains(#""secrecy":"a fact of tomorrow\u009b""#))
        #expect(try JSONValue(json: Array(lines[1].utf8)) == value(Samples.lunch))
        #expect(daemon.calls.first?.more == true)
    }

    @Test("A list that is cut says so")
    func cut() throws {
        let occurrences = value(List.Reply(occurrences: Array(repeating: Samples.lunch, count: 51)))
        let daemon = try FakeDaemon { _ in [occurrences] }
        let outcome = try Program.run(["list"], daemon: daemon)
        #expect(outcome.output.split(separator: "\n").count == 51)
        #expect(outcome.errors == "convene: there are more: -n 100, or --until DATE\n")
        #expect(daemon.calls.first?.parameters["limit"] == 51)
    }

    @Test("A batch goes in one call, or in parts where that is wished")
    func batch() throws {
        let daemon = try FakeDaemon { call in
            guard case .array(let meetings) = call.parameters["meetings"] else { return [[:]] }
            return [["numbers": .array(meetings.indices.map { .integer(Int64($0 + 7)) })]]
        }
        let input = #"{"summary":"A"}"# + "\n\n" + #"{"summary":"B","when":"fri"}"# + "\n" + #"{"summary":"C"}"#
        let whole = try Program.run(["add", "--batch"], daemon: daemon, input: input)
        #expect(whole.output == "Added 3 meetings: 7–9\n")
        #expect(daemon.calls.count == 1)
        _ = try Program.run(["add", "--batch", "--chunk", "2"], daemon: daemon, input: input)
        #expect(daemon.calls.count == 3)
        let refused = try Program.run(["add", "--batch"], daemon: daemon, input: input + "\n{}")
        #expect(refused.status == 2)
        #expect(refused.errors == "convene: line 5: 'summary' is missing; nothing was added\n")
        #expect(daemon.calls.count == 3)
    }

    @Test("What is wrong in a batch is told with its line, and with what was added before it")
    func batchRefused() throws {
        let refusal = refusal(
            .notUnderstood(
                field: "meetings[1].when", text: "31 sep", position: 0, length: 6, reason: "there is no 31 September",
                suggestions: []))
        let daemon = try FakeDaemon { call throws(ErrorReply) in
            guard case .array(let meetings) = call.parameters["meetings"] else { return [[:]] }
            if meetings.count > 1, meetings[1]["when"] != nil { throw refusal }
            return [["numbers": .array(meetings.indices.map { .integer(Int64($0 + 7)) })]]
        }
        let plain = #"{"summary":"A"}"# + "\n"
        let input = plain + plain + "\n" + plain + #"{"summary":"B","when":"31 sep"}"#
        let outcome = try Program.run(["add", "--batch", "--chunk", "2"], daemon: daemon, input: input)
        #expect(outcome.status == 1)
        #expect(
            outcome.errors == """
                convene: 2 meetings were added; none from line 4 on
                convene: line 5: there is no 31 September
                    31 sep
                    ^^^^^^

                """)
    }

    @Test("More than a frame holds is refused before anything is sent")
    func tooLong() throws {
        let daemon = try FakeDaemon { _ in [["numbers": []]] }
        let line = #"{"summary":"\#(String(repeating: "a", count: 1_000_000))"}"# + "\n"
        let input = String(repeating: line, count: 5)
        let refused = try Program.run(["add", "--batch"], daemon: daemon, input: input)
        #expect(refused.status == 2)
        #expect(refused.errors.hasPrefix("convene: line 5: one transaction holds at most 4 MiB; nothing was added\n"))
        #expect(daemon.calls.isEmpty)
        #expect(try Program.run(["add", "--batch", "--chunk", "9"], daemon: daemon, input: input).status == 0)
        #expect(daemon.calls.count == 2)
    }

    @Test("Questions of a batch are answered in their order, the unanswerable ones too")
    func questions() throws {
        let daemon = try FakeDaemon { call throws(ErrorReply) in
            guard case .array(let questions)? = call.parameters["questions"] else { return [] }
            // A reply for each answer: where one ends is the daemon's to say.
            return questions.map { question in
                let answer: JSONValue =
                    question["rrule"] == "X"
                    ? ["error": "rrule: there is no part X"]
                    : ["occurrences": [question["dtstart"] ?? .null], "complete": true]
                return ["answers": [answer]]
            }
        }
        let outcome = try Program.run(
            ["preview", "--batch"], daemon: daemon,
            input: """
                {"id":"a","dtstart":"2027-01-01","tzid":"VALUE=DATE","expect":[]}
                {"id":2,"dtstart":"2027-01-02","tzid":null,"rrule":"X"}
                {"id":3}
                nonsense
                {"id":[4],"dtstart":"2027-01-04"}
                """)
        let answers = try outcome.output.split(separator: "\n").map { try JSONValue(json: Array($0.utf8)) }
        try #require(answers.count == 5)
        #expect(answers[0] == ["id": "a", "occurrences": ["2027-01-01"], "complete": true])
        #expect(answers[1] == ["id": 2, "error": "rrule: there is no part X"])
        #expect(answers[2] == ["id": 3, "error": "'dtstart' is missing"])
        #expect(answers[3]["error"] != nil)
        #expect(answers[4] == ["id": [4], "occurrences": ["2027-01-04"], "complete": true])
        #expect(outcome.status == 0)
    }

    @Test("A batch goes to the daemon in portions, and comes back whole and in order")
    func portions() throws {
        let daemon = try FakeDaemon { call throws(ErrorReply) in
            guard case .array(let questions)? = call.parameters["questions"] else { return [] }
            let answers = questions.map { question -> JSONValue in
                ["occurrences": [question["dtstart"] ?? .null], "complete": true]
            }
            return [["answers": .array(answers)]]
        }
        let long = String(repeating: "2027-01-01,", count: 20_000)
        let dates = (0..<1_000).map { $0 == 500 ? long : "date \($0)" }
        let input = dates.enumerated().map { #"{"id":\#($0),"dtstart":"\#($1)"}"# + "\n\n" }.joined()
        let outcome = try Program.run(["preview", "--batch"], daemon: daemon, input: input)
        let expected = dates.enumerated().map { #"{"complete":true,"id":\#($0),"occurrences":["\#($1)"]}"# + "\n" }
        #expect(outcome.output == expected.joined())
        #expect((4...20).contains(daemon.calls.count))
    }

    @Test("A watch runs a command for each event, without a shell")
    func watch() throws {
        let event = Watch.Reply(
            cursor: "c1",
            notification: Notification(
                id: "n", position: 1, kind: "reminder", message: "Talks; $(rm -rf /)",
                dueAt: "2019-09-20T10:45:00+09:00",
                here: "2019-09-20T10:45:00", lateSeconds: 0, number: 1))
        let reply = value(event)
        let daemon = try FakeDaemon { _ in [reply, reply] }
        let outcome = try Program.run(
            ["watch", "--exec", "sh", "-c", #"echo "$1 $CONVENE_MESSAGE"; cat"#, "sh", "--json"], daemon: daemon)
        let line = reply.jsonLine
        #expect(outcome.output == String(repeating: "--json Talks; $(rm -rf /)\n" + line, count: 2))
        #expect(outcome.status == 0)
    }

    @Test("A command of a watch finds the fields of the entry and its identity, and nothing else, in its environment")
    func watchEnvironment() throws {
        let said = value(
            Watch.Reply(
                cursor: "L1N1",
                notification: Notification(
                    id: "d/1", position: 1, kind: "reminder", message: "Talks in 15 min",
                    dueAt: "2019-09-20T10:45:00+09:00", here: "2019-09-20T10:45:00", lateSeconds: 0, number: 1,
                    fields: ["CONVENE_SUMMARY": "Talks", "CONVENE_ZONE": "Asia/Tokyo", "LD_PRELOAD": "evil.so"])))
        let changed = value(
            Watch.Reply(
                cursor: "L2N1",
                change: LogRecord(
                    id: "f00d", position: 2, at: "2019-09-18T14:11:00+09:00", here: "2019-09-18T14:11:00", byUid: 0,
                    byName: "root", verb: "add", number: 2, summary: "Lunch", what: "new", undone: false)))
        let daemon = try FakeDaemon { _ in [said, changed] }
        let outcome = try Program.run(
            ["watch", "--exec", "sh", "-c", "env | grep -e ^CONVENE -e ^LD_PRELOAD | grep -v SOCKET | sort; echo"],
            daemon: daemon)
        #expect(
            outcome.output == """
                CONVENE_CURSOR=L1N1
                CONVENE_KIND=reminder
                CONVENE_MESSAGE=Talks in 15 min
                CONVENE_NOTIFICATION_ID=d/1
                CONVENE_NUMBER=1
                CONVENE_SUMMARY=Talks
                CONVENE_ZONE=Asia/Tokyo

                CONVENE_BY=root
                CONVENE_CURSOR=L2N1
                CONVENE_KIND=change
                CONVENE_MESSAGE=Lunch: new
                CONVENE_NUMBER=2
                CONVENE_RECORD=f00d
                CONVENE_SUMMARY=Lunch
                CONVENE_VERB=add


                """)
    }

    @Test("A watch goes on behind what it has dealt with where the connection ends, and repeats nothing")
    func watchGoesOn() throws {
        func event(_ position: Int) -> JSONValue {
            value(
                Watch.Reply(
                    cursor: "L\(position)N0",
                    change: LogRecord(
                        id: "r\(position)", position: position, at: "2019-09-18T14:11:00+09:00",
                        here: "2019-09-18T14:11:00", byUid: 0, byName: "root", verb: "add", number: position,
                        summary: "Talks", what: "new", undone: false)))
        }
        let begun = value(Watch.Reply(cursor: "L1N0"))
        let events = (2...4).map(event)
        let daemon = try FakeDaemon { call throws(ErrorReply) in
            switch call.parameters["after"] {
            case nil: [begun, .hangUp]
            case "L1N0": [events[0], events[1], .hangUp]
            default: [events[2]]
            }
        }
        let outcome = try Program.run(["watch", "--exec", "sh", "-c", "echo $CONVENE_RECORD"], daemon: daemon)
        #expect(outcome.output == "r2\nr3\nr4\n")
        #expect(
            outcome.errors == """
                convene: the daemon hung up; waiting for it (at cursor L1N0)
                convene: the daemon hung up; waiting for it (at cursor L3N0)

                """)
        #expect(daemon.calls.map { $0.parameters["after"] } == [nil, "L1N0", "L3N0"])
    }

    @Test("Where a watch's command cannot be run at all, it stops before that event, and says how to go on")
    func watchCannotRun() throws {
        let reply = value(Watch.Reply(cursor: "L1N0"))
        let event = value(
            Watch.Reply(
                cursor: "L1N1",
                notification: Notification(
                    id: "n", position: 1, kind: "reminder", message: "Talks", dueAt: "2019-09-20T10:45:00+09:00",
                    here: "2019-09-20T10:45:00", lateSeconds: 0)))
        let daemon = try FakeDaemon { _ in [reply, event, event] }
        let outcome = try Program.run(["watch", "--exec", "/no/such/program"], daemon: daemon)
        #expect(outcome.status == 1)
        #expect(
            outcome.errors == """
                convene: /no/such/program cannot be run: No such file or directory
                    To go on where this stopped: convene watch --after L1N0 --exec …

                """)
    }

    @Test("A check that finds something names it, says what to do, and fails")
    func check() throws {
        let faults = [
            Fault(place: "queue", number: 1, summary: "Talks", what: "1 row is missing", rebuildable: true),
            Fault(place: "file", what: "row 3 missing from index dated_by_start", rebuildable: false),
        ]
        let reply = value(Check.Reply(meetings: 9, faults: faults, countFaults: 120, rebuilt: 0))
        let outcome = try Program.run(["check"], daemon: FakeDaemon { _ in [reply] })
        #expect(
            outcome.output == """
                 ! queue        1 Talks: 1 row is missing
                 ! file         row 3 missing from index dated_by_start
                 … and 118 more

                """)
        #expect(
            outcome.errors == """
                convene: 120 faults in 9 meetings: the database is damaged
                    Stop the daemon, keep a copy of its database, and bring back a backup, or
                    what can be read: sqlite3 convene.db .recover | sqlite3 recovered.db

                """)
        #expect(outcome.status == 1)
    }

    @Test(
        "A verb that is none is told in two lines, with the one that may have been meant",
        arguments: [
            (["lst"], "'lst' is no verb of convene", "did you mean 'list'? All of them: convene help"),
            (
                ["--color", "never", "hedl", "dg"], "'hedl' is no verb of convene",
                "did you mean 'held'? All of them: convene help"
            ),
            (
                ["remind", "lsit", "dg"], "'lsit' is nothing that 'convene remind' can do",
                "did you mean 'list'? All of them: convene help remind"
            ),
        ])
    func unknownVerb(arguments: [String], sentence: String, hint: String) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.status == 2 && outcome.output == "")
        #expect(outcome.errors == "convene: \(sentence)\n    \(hint)\n")
    }

    @Test("People name a change by its position in the log")
    func undo() throws {
        let record = LogRecord(
            id: "f00d", position: 17, at: "2019-09-18T14:11:00+09:00", here: "2019-09-18T14:11:00", byUid: 0,
            byName: "root", verb: "add", number: 2, summary: "Lunch", what: "new", undone: false)
        let undone = value(Undo.Reply(undone: record))
        let daemon = try FakeDaemon { _ in [undone] }
        #expect(try Program.run(["undo", "#17"], daemon: daemon).output == "Undone: 2 Lunch is planned no more.\n")
        #expect(daemon.calls.last?.parameters["record"] == "17")
    }
}
