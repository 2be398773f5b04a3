import ConveneAPI
import Testing
import Varlink

@testable import ConveneCommands

@Suite("Pages that are asked for with few words are shown without the parser")
struct PlainPageTests {
    @Test(
        "They understand what the parser understands",
        arguments: [
            ["list", "--until", "2026-12-01", "-n", "50"], ["--json", "list", "--from", "1 oct", "talks 7"],
            ["list", "--zone-of-reader", "Asia/Seoul", "list"], ["list", "--color", "never"],
            ["list", "--status", "held", "--status", "open"], ["list", "--status", "Tentative"],
        ])
    func list(_ arguments: [String]) throws {
        let page = try #require(PlainPage(arguments))
        let parsed = try #require(try Invocation(arguments).parse() as? ListCommand)
        #expect(page.kind == .list && page.reference == parsed.reference && page.count == parsed.count)
        #expect(page.from == parsed.from && page.until == parsed.until && page.status == parsed.status)
        #expect(page.options.json == parsed.global.json && page.options.color == parsed.global.color)
        #expect(page.options.zoneOfReader == parsed.global.zoneOfReader)
    }

    @Test("So they do of track records", arguments: [["rounds", "dg"], ["rounds", "-n", "60", "talks 7", "--json"]])
    func rounds(_ arguments: [String]) throws {
        let page = try #require(PlainPage(arguments))
        let parsed = try #require(try Invocation(arguments).parse() as? RoundsCommand)
        #expect(page.kind == .rounds && page.reference == parsed.meeting.reference && page.count == parsed.count)
        #expect(page.options.json == parsed.global.json)
    }

    @Test(
        "Whatever is more, or wrong, is the parser's",
        arguments: [
            ["rounds"], ["rounds", "dg", "fm"], ["rounds", "dg", "--until", "1 oct"], ["rounds", "--help"],
            ["rounds", "dg", "-n", "0"], ["list", "-n", "many"], ["list", "--until"], ["list", "--until", "--all"],
            ["list", "--until=1 oct"], ["list", "--all"], ["list", "--status", "late"], ["list", "dg", "fm"],
            ["--until", "1 oct"], ["--until", "1 oct", "list"], ["show", "dg"], ["-n", "3"], ["list", "--", "-n"],
        ])
    func parsers(_ arguments: [String]) {
        #expect(PlainPage(arguments) == nil)
    }

    @Test("The daemon is asked the same")
    func asksTheSame() throws {
        let asked = try [
            "list --status open --status held --until x", "list --status open --status held --until=x", "rounds dg",
            "rounds dg --color=never",
        ].map { line in
            let daemon = try FakeDaemon { _ in [] }
            _ = try Program.run(line.split(separator: " ").map(String.init), daemon: daemon)
            return daemon.calls
        }
        #expect(asked[0] == asked[1] && asked[2] == asked[3] && !asked[0].isEmpty && !asked[2].isEmpty)
    }
}
