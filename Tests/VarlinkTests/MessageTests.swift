import Testing
import Varlink

@Suite("Calls and replies on the wire")
struct MessageTests {
    private func call(_ text: String) throws(CallError) -> Call { try Call(frame: Array(text.utf8)) }

    @Test("Absent and null members of a call mean the same")
    func calls() throws {
        #expect(try call(#"{"method":"a.b.C"}"#) == Call(method: "a.b.C"))
        #expect(
            try call(#" {"method":"a.b.C","parameters":null,"more":null,"oneway":false}"#) == Call(method: "a.b.C"))
        #expect(
            try call(#"{"more":true,"parameters":{"x":1},"method":"a.b.C"}"#)
                == Call(method: "a.b.C", parameters: ["x": 1], more: true))
        #expect(try call(#"{"method":"org.example.Talks.Add"}"#).interface == "org.example.Talks")
        #expect(try call(#"{"method":"Add"}"#).interface == "")
    }

    @Test(
        "What is no call is refused, naming the member",
        arguments: [
            ("[]", "(message)"), ("{}", "method"), (#"{"method":1}"#, "method"),
            (#"{"method":"a.b.C","parameters":[]}"#, "parameters"), (#"{"method":"a.b.C","more":1}"#, "more"),
            (#"{"method":"a.b.C","dryRun":true}"#, "dryRun"),
        ])
    func noCalls(text: String, member: String) {
        let error = #expect(throws: CallError.self) { try call(text) }
        #expect(error?.reply == .invalidParameter(member))
    }

    @Test("A call is written as it is read")
    func callFrames() throws {
        let frame = try Call.frame(method: "a.b.C", parameters: ["x": 1], more: true)
        #expect(String(decoding: frame, as: UTF8.self) == #"{"method":"a.b.C","parameters":{"x":1},"more":true}"#)
        #expect(try Call(frame: frame) == Call(method: "a.b.C", parameters: ["x": 1], more: true))
        #expect(try Call(frame: Call.frame(method: "a.b.C", parameters: Empty(), oneway: true)).oneway)
    }

    @Test("Replies may lack parameters, and may hold what this reader does not know")
    func replies() throws {
        func reply(_ text: String) throws(MalformedReply) -> Reply { try Reply(frame: Array(text.utf8)) }
        #expect(try reply("{}") == Reply())
        #expect(try reply(#"{"parameters":null,"continues":true,"new":1}"#) == Reply(continues: true))
        #expect(
            try reply(#"{"error":"a.b.Bad","parameters":{"x":1}}"#) == Reply(error: "a.b.Bad", parameters: ["x": 1]))
        #expect(throws: ErrorReply(name: "a.b.Bad")) { try Reply(error: "a.b.Bad").get() }
        for text in ["", "[]", #"{"error":1}"#, #"{"parameters":1}"#, #"{"continues":1}"#] {
            #expect(throws: MalformedReply.self) { try reply(text) }
        }
    }
}

@Suite("Frames")
struct FrameDecoderTests {
    @Test("Frames are cut at NUL, however the bytes arrive")
    func cuts() throws {
        let bytes = Array("one\0\0three\0fo".utf8)
        for step in 1...bytes.count {
            var decoder = FrameDecoder()
            var frames: [String] = []
            for start in stride(from: 0, to: bytes.count, by: step) {
                decoder.append(bytes[start..<min(start + step, bytes.count)])
                while let frame = try decoder.next() { frames.append(String(decoding: frame, as: UTF8.self)) }
            }
            #expect(frames == ["one", "", "three"])
            #expect(decoder.isInsideFrame)
            decoder.append(Array("ur\0".utf8))
            #expect(try decoder.next() == Array("four".utf8))
            #expect(!decoder.isInsideFrame)
        }
    }

    @Test("A frame as long as the limit passes; one byte more does not, complete or not")
    func limit() throws {
        var decoder = FrameDecoder(limit: 4)
        decoder.append([1, 2, 3, 4])
        #expect(try decoder.next() == nil)
        decoder.append([0])
        #expect(try decoder.next() == [1, 2, 3, 4])
        decoder.append([1, 2, 3, 4, 5])
        #expect(throws: FrameError(limit: 4)) { try decoder.next() }
        decoder = FrameDecoder(limit: 4)
        decoder.append([1, 2, 3, 4, 5, 0])
        #expect(throws: FrameError(limit: 4)) { try decoder.next() }
    }
}
