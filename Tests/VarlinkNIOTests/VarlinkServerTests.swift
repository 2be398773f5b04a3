import ConveneTestSupport
import Glibc
import Testing
import Varlink
import VarlinkClient
import VarlinkNIO

@Suite("A server on a Unix socket", .ownThread, .timeLimit(.minutes(5)))
struct VarlinkServerTests {
    @Test("It answers calls, refuses with errors, and streams")
    func serves() async throws {
        try await withServer { path, _, _ in
            let client = try UnixSocketClient(path: path)
            #expect(try client.call(Echo.self, Echo.Parameters(text: "é\n")) == Echo.Reply(text: "é\n"))
            let refused = ErrorReply(name: "\(Workshop.name).Refused", parameters: ["reason": "no is no text"])
            #expect(throws: refused) { try client.call(Echo.self, Echo.Parameters(text: "no")) }
            var numbers: [Int] = []
            try client.stream(Count.self, Count.Parameters(to: 3)) { reply in
                numbers.append(reply.number)
                return true
            }
            #expect(numbers == [1, 2, 3])
            #expect(throws: ErrorReply.expectedMore) { try client.call(Count.self, Count.Parameters(to: 3)) }
            #expect(try client.call(Count.self, Count.Parameters(to: 1)) == Count.Reply(number: 1))
            #expect(try client.call(VarlinkService.GetInfo.self).interfaces.count == 2)
            #expect(throws: ErrorReply.invalidParameter("txt")) {
                try client.call(Echo.name, parameters: ["text": "", "txt": ""])
            }
        }
    }

    @Test("It knows who calls")
    func peer() async throws {
        try await withServer { path, _, _ in
            let peer = try UnixSocketClient(path: path).call("\(Workshop.name).Peer")
            let own = ["pid": Int(getpid()), "uid": Int(getuid()), "gid": Int(getgid())]
            #expect(try peer == JSONValue(encoding: own))
        }
    }

    @Test("Pipelined calls are answered in their order, oneway calls not at all")
    func pipelining() async throws {
        try await withServer { path, workshop, _ in
            let client = try RawClient(path: path)
            var frames: [UInt8] = []
            for number in 1...500 {
                frames += try Call.frame(method: Echo.name, parameters: ["text": "\(number)"]) + [0]
                frames += try Call.frame(method: Echo.name, parameters: ["text": "no"], oneway: true) + [0]
            }
            try client.send(frames)
            for number in 1...500 { #expect(try client.receive()?.parameters == ["text": .string("\(number)")]) }
            try client.call("Note", oneway: true)
            #expect(workshop.reached.isSignalled())
        }
    }

    @Test("A call may arrive in pieces, and several in one")
    func pieces() async throws {
        try await withServer { path, _, _ in
            let client = try RawClient(path: path)
            let frame = try Call.frame(method: Echo.name, parameters: ["text": "x"]) + [0]
            for byte in frame { try client.send([byte]) }
            #expect(try client.receive()?.parameters == ["text": "x"])
            try client.send(frame + frame + frame.prefix(9))
            #expect(try client.receive()?.parameters == ["text": "x"])
            #expect(try client.receive()?.parameters == ["text": "x"])
            try client.send(Array(frame.dropFirst(9)))
            #expect(try client.receive()?.parameters == ["text": "x"])
        }
    }

    @Test(
        "Whoever speaks no Varlink is told so, and hung up on",
        arguments: ["GET / HTTP/1.1\r\n\r\n", "", "{}", "[[[[", #"{"method":"\u0000"}"#].map { Array($0.utf8) }
            + [Array(#"{"method":""#.utf8) + [0xFF, 0x22, 0x7D]])
    func garbage(frame: [UInt8]) async throws {
        try await withServer { path, _, _ in
            let client = try RawClient(path: path)
            try client.call("Echo", ["text": "before"])
            try client.send(frame + [0])
            try? client.call("Echo", ["text": "after"])
            #expect(try client.receive()?.parameters == ["text": "before"])
            #expect(try client.receive()?.error == "org.varlink.service.InvalidParameter")
            #expect(try client.receive() == nil)
        }
    }

    @Test("A call longer than the limit is refused before it has arrived")
    func oversizeCall() async throws {
        try await withServer({ $0.callLimit = 1000 }) { path, _, _ in
            let client = try RawClient(path: path)
            try client.send(String(repeating: " ", count: 1001))
            let reply = try client.receive()
            #expect(reply?.error == "org.varlink.service.InvalidParameter")
            #expect(reply?.parameters == ["parameter": "(message) longer than 1000 bytes"])
            #expect(try client.receive() == nil)
        }
    }

    @Test("A reply of four mebibytes arrives whole; a longer one is an error, and the connection goes on")
    func largeReplies() async throws {
        try await withServer { path, _, _ in
            let client = try UnixSocketClient(path: path)
            let overhead = #"{"parameters":{"text":""}}"#.utf8.count
            let fits = FrameDecoder.usualLimit - overhead
            let reply = try client.call("\(Workshop.name).Large", parameters: ["size": fits])
            #expect(reply == ["text": .string(String(repeating: "x", count: fits))])
            let tooLarge = ErrorReply(
                name: "\(Workshop.name).ReplyTooLarge", parameters: ["limit": .integer(Int64(FrameDecoder.usualLimit))])
            #expect(throws: tooLarge) { try client.call("\(Workshop.name).Large", parameters: ["size": fits + 1]) }
            #expect(try client.call(Echo.self, Echo.Parameters(text: "x")).text == "x")
        }
    }

    @Test("A service that forgets to answer, fails, or answers too late is found out")
    func mistakes() async throws {
        try await withServer { path, _, _ in
            let client = try UnixSocketClient(path: path)
            let internalError = ErrorReply(name: "\(Workshop.name).InternalError")
            for method in ["Forget", "Late", "Fail"] {
                #expect(throws: internalError) { try client.call("\(Workshop.name).\(method)") }
            }
        }
    }

    @Test("One client too many is told so, and the next one after a free place is welcome")
    func connectionLimit() async throws {
        let refusal = ErrorReply(name: "\(Workshop.name).Refused", parameters: ["reason": "full"])
        try await withServer({
            $0.connectionLimit = 2
            $0.refusal = refusal
        }) { path, workshop, _ in
            let first = try RawClient(path: path)
            let second = try UnixSocketClient(path: path)
            try first.call("Wait", more: true)
            #expect(try first.receive() != nil)
            #expect(try second.call(Echo.self, Echo.Parameters(text: "x")).text == "x")
            #expect(throws: refusal) { try UnixSocketClient(path: path).call(VarlinkService.GetInfo.self) }

            // Once its call is cancelled, the first one's place is all but free.
            first.close()
            #expect(workshop.cancelled.isSignalled())
            while (try? UnixSocketClient(path: path).call(VarlinkService.GetInfo.self)) == nil { sched_yield() }
        }
    }

    @Test("A client that does not read holds up only itself")
    func slowReader() async throws {
        try await withServer { path, workshop, _ in
            let slow = try RawClient(path: path)
            try slow.call("Flood", ["size": 100_000], more: true)
            #expect(try slow.receive()?.parameters["number"] == 1)

            let other = try UnixSocketClient(path: path)
            for _ in 1...100 { _ = try other.call(Echo.self, Echo.Parameters(text: "x")) }

            for number in 2...50 {
                let reply = try slow.receive()
                #expect(reply?.parameters["number"] == .integer(Int64(number)))
            }
            slow.close()
            #expect(workshop.cancelled.isSignalled())
        }
    }

    @Test("A client that hangs up ends its call")
    func hangUp() async throws {
        try await withServer { path, workshop, _ in
            for more in [true, false] {
                let client = try RawClient(path: path)
                try client.call("Wait", more: more)
                #expect(workshop.reached.isSignalled())
                client.close()
                #expect(workshop.cancelled.isSignalled())
            }
        }
    }

    @Test("A oneway call is carried out although its client left at once")
    func onewayAndGone() async throws {
        try await withServer { path, workshop, _ in
            for _ in 1...20 {
                let client = try RawClient(path: path)
                try client.call("Note", oneway: true)
                try client.call("Note", oneway: true)
                client.close()
                #expect(workshop.reached.isSignalled())
                #expect(workshop.reached.isSignalled())
            }
        }
    }

    @Test("A client that has said its last word still gets every answer whole")
    func halfClosed() async throws {
        try await withServer { path, _, _ in
            let client = try RawClient(path: path)
            try client.call("Large", ["size": 3_000_000])
            try client.call("Count", ["to": 3], more: true)
            client.stopSending()
            guard case .string(let text)? = try client.receive()?.parameters["text"] else {
                Issue.record("no text")
                return
            }
            #expect(text.utf8.count == 3_000_000)
            for number in 1...3 { #expect(try client.receive()?.parameters == ["number": .integer(Int64(number))]) }
            #expect(try client.receive() == nil)
        }
    }

    @Test("Shutting down, it finishes the calls that end, cancels those that stream, and lets the idle go")
    func shutDown() async throws {
        try await withServer { path, workshop, server in
            let idle = try RawClient(path: path)
            try idle.call("Echo", ["text": "x"])
            #expect(try idle.receive() != nil)
            let streaming = try RawClient(path: path)
            try streaming.call("Wait", more: true)
            #expect(try streaming.receive() != nil)
            #expect(workshop.reached.isSignalled())

            server.shutDown()
            #expect(try idle.receive() == nil)
            #expect(workshop.cancelled.isSignalled())
            #expect(try streaming.receive() == nil)
        }
        try await withServer { path, workshop, server in
            let finishing = try RawClient(path: path)
            try finishing.call("Wait")
            #expect(workshop.reached.isSignalled())
            server.shutDown()
            workshop.openGate()
            #expect(try finishing.receive() == Reply())
            #expect(try finishing.receive() == nil)
        }
    }

    @Test("Cancelled, it drops everything at once")
    func cancelled() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/socket"
        let workshop = try Workshop()
        let server = try VarlinkServer(offering: [workshop])
        let listening = try ListeningSocket(path: path)
        let running = Task { try await server.run(on: [listening]) }
        try await onOwnThread {
            let client = try RawClient(path: path)
            try client.call("Wait")
            let flooded = try RawClient(path: path)
            try flooded.call("Flood", ["size": 1_000_000], more: true)
            #expect(try flooded.receive() != nil)
            #expect(workshop.reached.isSignalled())
            running.cancel()
            #expect(workshop.cancelled.isSignalled())
            #expect(workshop.cancelled.isSignalled())
            #expect(try client.receive() == nil)
        }
        _ = await running.result
        #expect(access(path, F_OK) != 0)
    }
}
