import Testing
import Varlink

@Suite("Parameters of a call")
struct ParametersTests {
    struct Meeting: Codable, Equatable {
        var summary: String
        var number: Int?
        var alarms: [Alarm]?
        var host: Alarm?
        var labels: [String: String]?
        var anything: JSONValue?
    }

    struct Alarm: Codable, Equatable {
        var minutes: Int
    }

    private func meeting(_ parameters: JSONValue) throws(ErrorReply) -> Meeting {
        try Call(method: "org.example.Talks.Add", parameters: parameters).parameters(as: Meeting.self)
    }

    @Test("Parameters become the method's type, null members as if they were missing")
    func decodes() throws {
        let found = try meeting([
            "summary": "talks", "number": nil, "alarms": [["minutes": 15], ["minutes": 1.0]], "host": nil,
            "labels": ["x": "y", "z": nil], "anything": ["free": ["form": nil]], "unheard-of": nil,
        ])
        let wanted = Meeting(
            summary: "talks", alarms: [Alarm(minutes: 15), Alarm(minutes: 1)], labels: ["x": "y"],
            anything: ["free": ["form": nil]])
        #expect(found == wanted)
    }

    @Test(
        "The culprit is named",
        arguments: [
            ([:], "summary"),
            (["summary": nil], "summary"),
            (["summary": 1], "summary"),
            (["summary": "", "number": "7"], "number"),
            (["summary": "", "number": 1.5], "number"),
            (["summary": "", "number": 1e30], "number"),
            (["summary": "", "sumary": "", "zone": ""], "sumary"),
            (["summary": "", "host": ["minutes": 1, "hours": 1]], "host.hours"),
            (["summary": "", "host": []], "host"),
            (["summary": "", "alarms": [["minutes": 1], [:]]], "alarms.1.minutes"),
            (["summary": "", "alarms": [["minutes": 1], ["minutes": 2, "x": 3]]], "alarms.1.x"),
            (["summary": "", "alarms": [nil]], "alarms.0"),
            (["summary": "", "labels": ["a": 1]], "labels.a"),
        ] as [(JSONValue, String)])
    func culprit(parameters: JSONValue, name: String) {
        #expect(throws: ErrorReply.invalidParameter(name)) { try meeting(parameters) }
    }

    @Test("A method without parameters takes none")
    func empty() throws {
        _ = try Call(method: "a.B.C").parameters(as: Empty.self)
        #expect(throws: ErrorReply.invalidParameter("x")) {
            try Call(method: "a.B.C", parameters: ["x": 1]).parameters(as: Empty.self)
        }
        #expect(throws: ErrorReply.invalidParameter("set.one")) {
            try Call(method: "a.B.C", parameters: ["set": ["one": 1]]).parameters(as: [String: [String: Empty]].self)
        }
    }

    @Test("A type that reads nested containers has its unknown members named as well")
    func nestedContainers() throws {
        enum Choice: Codable, Equatable { case at(hour: Int), never }
        func choice(_ value: JSONValue) throws(ErrorReply) -> Choice {
            try Call(method: "a.B.C", parameters: value).parameters(as: Choice.self)
        }
        #expect(try choice(["at": ["hour": 9]]) == .at(hour: 9))
        #expect(try choice(["never": [:]]) == .never)
        #expect(throws: ErrorReply.invalidParameter("at.minute")) { try choice(["at": ["hour": 9, "minute": 1]]) }
    }

    @Test("A type may refuse with an error of its own")
    func ownError() {
        struct Strict: Decodable {
            init(from decoder: any Decoder) throws { throw ErrorReply(name: "org.example.Talks.NoSuchZone") }
        }
        #expect(throws: ErrorReply(name: "org.example.Talks.NoSuchZone")) {
            try Call(method: "a.B.C").parameters(as: Strict.self)
        }
    }

    @Test("A reply may hold more than its reader knows")
    func lenient() throws {
        let reply: JSONValue = ["summary": "talks", "host": ["minutes": 1, "new": 2], "newer": 3]
        #expect(try reply.decode(as: Meeting.self) == Meeting(summary: "talks", host: Alarm(minutes: 1)))
    }
}
