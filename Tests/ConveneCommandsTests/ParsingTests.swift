import ArgumentParser
import ConveneAPI
import Testing
import Varlink

@testable import ConveneCommands

@Suite("What is typed becomes a verb and what belongs to it")
struct ParsingTests {
    private func parse<Verb: ParsableCommand>(_ verb: Verb.Type, _ arguments: String...) throws -> Verb {
        try #require(try Invocation(arguments).parse() as? Verb)
    }

    @Test("A meeting may be typed without quotes around its time, its options anywhere")
    func add() throws {
        let add = try parse(
            AddCommand.self, "add", "Lunch", "--for", "90m", "fri", "12:30", "--in", "Tokyo", "--remind", "15m",
            "--remind", "1h after end", "--quiet")
        #expect(add.summary == "Lunch")
        #expect(add.when.phrase == "fri 12:30")
        #expect(add.duration == "90m")
        #expect(add.city == "Tokyo")
        #expect(add.remind == ["15m", "1h after end"])
        #expect(add.quietly.quiet)
    }

    @Test("Options for every verb stand before it or after it")
    func global() throws {
        for arguments in [
            ["--json", "--socket", "/tmp/s", "--zone-of-reader", "Asia/Seoul", "list", "-n", "3"],
            ["list", "-n", "3", "--zone-of-reader=Asia/Seoul", "--socket", "/tmp/s", "--json"],
        ] {
            let list = try #require(try Invocation(arguments).parse() as? ListCommand)
            #expect(list.global.json && list.global.socket == "/tmp/s")
            #expect(try list.global.values.readerZone() == "Asia/Seoul")
            #expect(list.count == 3)
        }
    }

    @Test("Without a verb it is the page for the morning")
    func overview() throws {
        #expect(try !parse(OverviewCommand.self).global.json)
        #expect(try parse(OverviewCommand.self, "--json").global.json)
    }

    @Test("Statuses are read in any case, and 'tentative' as possible")
    func statuses() throws {
        let list = try parse(ListCommand.self, "list", "--status", "Tentative", "--status", "held")
        #expect(list.status == [.status(.possible), .status(.held)])
    }

    @Test("What stands behind --exec belongs to the command that is run")
    func exec() throws {
        let watch = try parse(
            WatchCommand.self, "watch", "--after", "c1", "--exec", "notify-send", "--json", "--version", "-h")
        #expect(watch.exec == ["notify-send", "--json", "--version", "-h"])
        #expect(!watch.global.json)
        #expect(watch.after == "c1")
    }

    @Test(
        "Every verb can be read",
        arguments: [
            ["show", "3"], ["next"], ["next", "dg", "-n", "2"], ["edit", "3", "--place", ""],
            ["move", "fm", "thu", "16:15", "--for", "50m", "--all", "--from", "1 oct", "--revision", "3"],
            ["fix", "fm", "thu 15:30", "--outside-window"], ["confirm", "dg", "--at", "11:00", "--for", "90m"],
            ["cancel", "dg@27 sep", "--reason", "rain"], ["held", "dg", "Views", "exchanged."],
            ["delete", "2", "--all"],
            ["remind", "add", "fm", "wed 18:00"], ["remind", "list", "fm"], ["remind", "remove", "fm", "15m"],
            ["remind", "test"], ["watch"], ["status"], ["preview", "every", "3rd", "friday", "-n", "3"],
            ["preview", "--batch"], ["add", "--batch", "--chunk", "100"], ["log", "-n", "1"], ["undo"], ["undo", "17"],
            ["rehearse", "--to", "2019-09-20 10:45 Tokyo"], ["completion", "bash"],
        ])
    func verbs(arguments: [String]) throws {
        _ = try Invocation(arguments).parse()
    }

    @Test(
        "What cannot be read ends with status 2",
        arguments: [
            ["frobnicate"], ["add"], ["add", "--batch", "Lunch"], ["add", "Lunch", "--chunk", "3"], ["list", "--nope"],
            ["list", "-n", "0"], ["list", "--status", "maybe"], ["list", "--all", "--status", "held"], ["edit", "3"],
            ["move", "fm"], ["show"], ["preview"], ["preview", "--batch", "daily"], ["completion", "csh"],
            ["rehearse"], ["list", "--color", "blue"],
        ])
    func unreadable(arguments: [String]) {
        #expect(throws: (any Error).self) { try Invocation(arguments).parse() }
        do {
            _ = try Invocation(arguments).parse()
        } catch {
            #expect(!ConveneCommand.exitCode(for: error).isSuccess)
            #expect(ConveneCommand.fullMessage(for: error).hasPrefix("convene: "))
        }
    }

    @Test("Options of ours take part in completions of every shell")
    func completions() {
        for shell in [CompletionShell.bash, .zsh, .fish] {
            #expect(ConveneCommand.completionScript(for: shell).contains("zone-of-reader"))
        }
    }
}

@Suite("Meetings on standard input")
struct BatchTests {
    @Test("Numbers are told as ranges")
    func ranges() {
        #expect(AddBatch.ranges([]) == nil)
        #expect(AddBatch.ranges([4]) == "4")
        #expect(AddBatch.ranges([4, 5, 6, 9]) == "4–6, 9")
    }

    @Test("A line is a meeting with the protocol's field names")
    func meeting() throws {
        let line = Array(#"{"summary":"Lunch","when":"fri 12:30","alarms":["15m"]}"#.utf8)
        let meeting = try AddBatch.meeting(line, number: 1, added: 0)
        #expect(meeting == NewMeeting(summary: "Lunch", when: "fri 12:30", alarms: ["15m"]))
    }

    @Test(
        "A line that is none is refused with its number",
        arguments: [
            (#"{"when":"fri"}"#, "line 3: 'summary' is missing; nothing was added"),
            (#"{"summary":"x","alarms":"15m"}"#, "line 3: 'alarms' is not of the right type; nothing was added"),
            (#"[1]"#, "line 3: it is no JSON object; nothing was added"),
        ])
    func refused(line: String, expected: String) {
        #expect(throws: CommandError.usage(expected, hint: nil)) {
            try AddBatch.meeting(Array(line.utf8), number: 3, added: 0)
        }
    }

    @Test("A misspelt field is refused, never dropped")
    func misspelt() throws {
        let error = #expect(throws: CommandError.self) {
            try AddBatch.meeting(Array(#"{"summary":"x","durration":"1h"}"#.utf8), number: 3, added: 0)
        }
        guard case .usage(let text, _) = error else { return }
        #expect(text.contains("durration"))
    }

    @Test("A question of a batch is read as the vectors have it")
    func question() throws {
        let parameters = try PreviewBatch.question([
            "id": "x", "dtstart": "2027-01-31T10:00:00", "tzid": .null, "rrule": "FREQ=DAILY", "rule_only": true,
            "limit": 3, "expect": [], "title": "t",
        ])
        #expect(parameters.dtstart == "2027-01-31T10:00:00")
        #expect(parameters.tzid == nil && parameters.ruleOnly == true && parameters.limit == 3)
    }
}
