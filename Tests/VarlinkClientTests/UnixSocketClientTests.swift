import ConveneTestSupport
import Glibc
import Testing
import Varlink
import VarlinkClient

@Suite("A blocking client", .ownThread, .timeLimit(.minutes(5)))
struct UnixSocketClientTests {
    struct Next: VarlinkMethod {
        static let name = "org.example.Talks.Next"
        struct Parameters: Codable { var limit: Int? }
        struct Reply: Codable, Equatable { var summary: String }
    }

    private static let talks = #"{"parameters":{"summary":"talks","newer":1}}"# + "\0"

    @Test("It sends a call and returns the reply's type")
    func calls() throws {
        let service = try FakeService(answers: Self.talks, "{}\0")
        let client = try UnixSocketClient(path: service.path)
        #expect(try client.call(Next.self, Next.Parameters(limit: 5)) == Next.Reply(summary: "talks"))
        #expect(try client.call("org.example.Talks.Any", parameters: ["x": nil] as JSONValue) == [:])
        #expect(
            service.calls == [
                #"{"method":"org.example.Talks.Next","parameters":{"limit":5}}"#,
                #"{"method":"org.example.Talks.Any","parameters":{"x":null}}"#,
            ])
    }

    @Test("What the service refuses is its error; the connection goes on")
    func errors() throws {
        let service = try FakeService(
            answers: #"{"error":"org.example.Talks.None","parameters":{"x":1}}"# + "\0", Self.talks)
        let client = try UnixSocketClient(path: service.path)
        #expect(throws: ErrorReply(name: "org.example.Talks.None", parameters: ["x": 1])) {
            try client.call(Next.self, Next.Parameters())
        }
        #expect(try client.call(Next.self, Next.Parameters()).summary == "talks")
    }

    @Test("A stream ends with the last reply, an error, or when nobody wants more")
    func streams() throws {
        func stream(_ answers: String..., stopAt last: String) throws -> [String] {
            let service = try FakeService(answers: answers.map { Array($0.utf8) })
            let client = try UnixSocketClient(path: service.path)
            var summaries: [String] = []
            defer { #expect(summaries == ["a", "b"]) }
            try client.stream(Next.self, Next.Parameters()) { reply in
                summaries.append(reply.summary)
                return reply.summary != last
            }
            return [try client.call(Next.self, Next.Parameters()).summary]
        }
        let one = #"{"parameters":{"summary":"a"},"continues":true}"# + "\0"
        let two = one + #"{"parameters":{"summary":"b"},"continues":"#
        #expect(try stream(two + "false}\0", Self.talks, stopAt: "") == ["talks"])
        #expect(try stream(two + "false}\0", Self.talks, stopAt: "b") == ["talks"])
        let gone = "{\"error\":\"a.b.Gone\"}\0"
        #expect(throws: ErrorReply(name: "a.b.Gone")) { try stream(two + "true}\0" + gone, stopAt: "") }
        #expect(throws: ClientError.closed) { try stream(two + "true}\0", stopAt: "b") }
        #expect(throws: ClientError.closedByServer) { try stream(two + "true}\0", stopAt: "") }
    }

    @Test("A oneway call is not waited for")
    func oneway() throws {
        let service = try FakeService(answers: "", Self.talks)
        let client = try UnixSocketClient(path: service.path)
        try client.callOneway(Next.self, Next.Parameters())
        #expect(try client.call(Next.self, Next.Parameters()).summary == "talks")
        #expect(service.calls.first == #"{"method":"org.example.Talks.Next","parameters":{},"oneway":true}"#)
    }

    @Test("Where nobody can be reached, it says why")
    func unreachable() throws {
        let service = try FakeService(answers: "")
        let missing = service.path + "-"
        #expect(throws: ClientError.noSuchSocket(path: missing)) { try UnixSocketClient(path: missing) }
        let inside = service.path + "/socket"
        #expect(throws: ClientError.noSuchSocket(path: inside)) { try UnixSocketClient(path: inside) }
        let long = String(repeating: "x", count: 108)
        #expect(throws: ClientError.system(call: "connect to \(long)", errno: ENAMETOOLONG)) {
            try UnixSocketClient(path: long)
        }
        let stale = service.path + "2"
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        #expect(withSocketAddress(stale) { bind(descriptor, $0, $1) } == 0)
        close(descriptor)
        #expect(throws: ClientError.refused(path: stale)) { try UnixSocketClient(path: stale) }
        if geteuid() != 0 {
            chmod(stale, 0)
            #expect(throws: ClientError.notPermitted(path: stale)) { try UnixSocketClient(path: stale) }
        }
        unlink(stale)
    }

    @Test(
        "An answer that makes no sense is an error",
        arguments: [
            "x\0", "[]\0", "{\"parameters\":1}\0", "{\"parameters\":{}}\0", "{\"parameters\":{\"summary\":1}}\0",
            "{\"parameters\":{\"summary\":\"\"},\"continues\":true}\0", "{\"parameters\":{\"summary\":\"\\u0000\"}}\0",
        ])
    func badReplies(answer: String) throws {
        let service = try FakeService(answers: answer)
        let client = try UnixSocketClient(path: service.path)
        let error = #expect(throws: ClientError.self) { try client.call(Next.self, Next.Parameters()) }
        guard case .badReply = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("A service that hangs up is an error, not a signal")
    func hangUp() throws {
        let service = try FakeService(answers: "{\"par")
        let client = try UnixSocketClient(path: service.path)
        #expect(throws: ClientError.closedByServer) { try client.call(Next.self, Next.Parameters()) }
        #expect(throws: ClientError.closed) { try client.call(Next.self, Next.Parameters()) }
    }

    @Test("The last words of a service that hangs up before the call are heard")
    func lastWords() throws {
        let service = try FakeService(answers: #"{"error":"a.b.Full"}"# + "\0", greets: true)
        let client = try UnixSocketClient(path: service.path)
        // Longer than the socket's buffers, so that sending meets the end of the connection.
        let text = String(repeating: "x", count: 4_000_000)
        #expect(throws: ErrorReply(name: "a.b.Full")) { try client.call("a.b.C", parameters: ["text": text]) }
    }

    @Test("Messages longer than the limit are errors on both ways")
    func limits() throws {
        let service = try FakeService(answers: String(repeating: " ", count: 1001))
        let client = try UnixSocketClient(path: service.path, frameLimit: 1000)
        #expect(throws: ClientError.frameTooLarge(limit: 1000)) {
            try client.call("a.b.C", parameters: ["text": String(repeating: "x", count: 1000)])
        }
        #expect(throws: ClientError.frameTooLarge(limit: 1000)) { try client.call("a.b.C") }
    }
}
