import Synchronization
import Testing
import Varlink

@Suite("The directory of a service")
struct ServiceDirectoryTests {
    private struct Talks: ServiceInterface {
        let description: InterfaceDescription

        init() throws {
            description = try InterfaceDescription(text: "interface org.example.Talks\nmethod Next() -> ()\n")
        }

        func respond(to call: Call, from peer: Peer, with replies: any ReplySink) async throws {
            try await replies.send(Empty())
        }
    }

    /// Keeps what it is sent.
    private final class Sink: ReplySink {
        let sent = Mutex<[String]>([])

        func send(_ parameters: some Encodable & Sendable, continues: Bool) async throws {
            let text = try JSONText(encoding: parameters).description
            sent.withLock { $0.append(text) }
        }
    }

    private let information = ServiceInformation(vendor: "V", product: "P", version: "1", url: "U")

    private func answer(
        _ method: String, _ parameters: JSONValue = [:], upgrade: Bool = false
    ) async throws -> String? {
        let directory = try ServiceDirectory(information: information, interfaces: [Talks()])
        let call = Call(method: method, parameters: parameters, upgrade: upgrade)
        let sink = Sink()
        let peer = Peer(pid: 1, uid: 2, gid: 3)
        try await directory.interface(for: call).respond(to: call, from: peer, with: sink)
        return sink.sent.withLock { $0.last }
    }

    @Test("It tells who made the service, and what it offers")
    func info() async throws {
        let answer = try await answer("org.varlink.service.GetInfo")
        #expect(
            answer == #"{"vendor":"V","product":"P","version":"1","url":"U","#
                + #""interfaces":["org.varlink.service","org.example.Talks"]}"#)
    }

    @Test("It shows each interface's description as it was written, its own too")
    func descriptions() async throws {
        let name = "org.varlink.service.GetInterfaceDescription"
        let talks = try await answer(name, ["interface": "org.example.Talks"])
        #expect(talks == #"{"description":"interface org.example.Talks\nmethod Next() -> ()\n"}"#)
        let own = try await answer(name, ["interface": "org.varlink.service"])
        #expect(own?.contains("error ExpectedMore ()") == true)
    }

    @Test(
        "What it does not have is named",
        arguments: [
            ("org.example.Nothing.Next", [:], .interfaceNotFound("org.example.Nothing")),
            ("Next", [:], .interfaceNotFound("")),
            ("", [:], .interfaceNotFound("")),
            ("org.example.Talks.Last", [:], .methodNotFound("org.example.Talks.Last")),
            ("org.varlink.service.Nothing", [:], .methodNotFound("org.varlink.service.Nothing")),
            ("org.varlink.service.GetInfo", ["x": 1], .invalidParameter("x")),
            ("org.varlink.service.GetInterfaceDescription", [:], .invalidParameter("interface")),
            (
                "org.varlink.service.GetInterfaceDescription", ["interface": "org.example.Nothing"],
                .interfaceNotFound("org.example.Nothing")
            ),
        ] as [(String, JSONValue, ErrorReply)])
    func missing(method: String, parameters: JSONValue, error: ErrorReply) async {
        await #expect(throws: error) { try await answer(method, parameters) }
    }

    @Test("It offers no other protocol")
    func upgrade() async {
        await #expect(throws: ErrorReply.invalidParameter("upgrade")) {
            try await answer("org.example.Talks.Next", upgrade: true)
        }
    }

    @Test("An error that nobody named becomes one of the interface's own")
    func ownErrors() throws {
        let talks = try Talks()
        #expect(
            talks.errorReply(for: ReplyError.tooLarge(limit: 9))
                == ErrorReply(name: "org.example.Talks.ReplyTooLarge", parameters: ["limit": 9]))
        #expect(talks.errorReply(for: ReplyError.missing) == ErrorReply(name: "org.example.Talks.InternalError"))
    }
}
