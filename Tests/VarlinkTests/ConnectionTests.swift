import Testing
import Varlink

@Suite("One connection")
struct ConnectionTests {
    private func text(_ frame: [UInt8]?) -> String? {
        guard let frame, frame.last == 0 else { return nil }
        return String(decoding: frame.dropLast(), as: UTF8.self)
    }

    private func connection(_ calls: String...) -> Connection {
        var connection = Connection(callLimit: 100, replyLimit: 100)
        for call in calls { connection.receive(Array(call.utf8) + [0]) }
        return connection
    }

    @Test("Pipelined calls are taken one by one, each after the last one's final reply")
    func pipelining() throws {
        var connection = connection(#"{"method":"a.b.One"}"#, #"{"method":"a.b.Two","more":true}"#)
        #expect(try connection.nextCall()?.method == "a.b.One")
        #expect(try connection.nextCall() == nil)
        #expect(try text(connection.reply(["x": 1])) == #"{"parameters":{"x":1}}"#)

        #expect(try connection.nextCall()?.method == "a.b.Two")
        #expect(try text(connection.reply(["x": 2], continues: true)) == #"{"parameters":{"x":2},"continues":true}"#)
        #expect(try connection.nextCall() == nil)
        #expect(try text(connection.reply(Empty())) == #"{"parameters":{}}"#)
        #expect(!connection.isAnswering)
        #expect(throws: ReplyError.alreadyAnswered) { try connection.reply(Empty()) }
        #expect(try connection.nextCall() == nil)
    }

    @Test("A oneway call is never answered, not even with an error")
    func oneway() throws {
        var connection = connection(#"{"method":"a.b.One","oneway":true}"#, #"{"method":"a.b.Two","oneway":true}"#)
        #expect(try connection.nextCall() != nil)
        #expect(try connection.reply(Empty(), continues: true) == nil)
        #expect(try connection.reply(Empty()) == nil)
        #expect(try connection.nextCall() != nil)
        #expect(try connection.reply(.permissionDenied) == nil)
        #expect(!connection.isAnswering)
    }

    @Test("A call whose caller is gone makes room for the next one")
    func abandoned() throws {
        var connection = connection(#"{"method":"a.b.One"}"#, #"{"method":"a.b.Two","oneway":true}"#)
        _ = try connection.nextCall()
        connection.abandonCall()
        #expect(throws: ReplyError.alreadyAnswered) { try connection.reply(Empty()) }
        #expect(try connection.nextCall()?.method == "a.b.Two")
    }

    @Test("Several replies need a caller who is ready for them")
    func expectedMore() throws {
        var connection = connection(#"{"method":"a.b.One"}"#)
        _ = try connection.nextCall()
        #expect(throws: ErrorReply.expectedMore) { try connection.reply(Empty(), continues: true) }
        let answer = try text(connection.reply(.expectedMore))
        #expect(answer == #"{"error":"org.varlink.service.ExpectedMore","parameters":{}}"#)
    }

    @Test("A reply that is too long is not sent; an error can be")
    func replyLimit() throws {
        var connection = connection(#"{"method":"a.b.One"}"#)
        _ = try connection.nextCall()
        #expect(throws: ReplyError.tooLarge(limit: 100)) {
            try connection.reply(["x": String(repeating: "x", count: 100)])
        }
        #expect(connection.isAnswering)
        #expect(try connection.reply(ErrorReply(name: "a.b.TooLarge")) != nil)
    }

    @Test("After a frame that makes no sense there are no more calls")
    func broken() throws {
        for garbage in ["", "x", "[]", #"{"method":"\u0000"}"#, String(repeating: " ", count: 101)] {
            var connection = connection(garbage, #"{"method":"a.b.One"}"#)
            #expect(throws: CallError.self) { try connection.nextCall() }
            #expect(try connection.nextCall() == nil)
            #expect(!connection.isAnswering)
        }
    }

    @Test("The last words say what was wrong")
    func farewell() {
        var connection = connection(String(repeating: " ", count: 101))
        let error = #expect(throws: CallError.self) { try connection.nextCall() }
        #expect(error?.reason == "longer than 100 bytes")
        #expect(
            error.flatMap { text(Connection.farewell($0.reply)) }
                == #"{"error":"org.varlink.service.InvalidParameter","parameters":"#
                + #"{"parameter":"(message) longer than 100 bytes"}}"#)
    }
}
