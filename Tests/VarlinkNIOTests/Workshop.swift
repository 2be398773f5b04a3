import Dispatch
import Synchronization
import Varlink

/// An interface whose methods show how a server behaves.
final class Workshop: ServiceInterface {
    static let name = "org.example.Workshop"

    let description: InterfaceDescription
    /// Signalled when a call was cancelled.
    let cancelled = DispatchSemaphore(value: 0)
    /// Signalled when `Wait` begins, and when `Note` was carried out.
    let reached = DispatchSemaphore(value: 0)
    /// `Wait` ends when something arrives here.
    private let gate = AsyncStream<Void>.makeStream()
    /// The sink of the last `Forget`, which nobody should have kept.
    private let keptSink = Mutex<(any ReplySink)?>(nil)

    init() throws(InterfaceDescriptionError) {
        description = try InterfaceDescription(
            text: """
                interface org.example.Workshop
                method Echo(text: string) -> (text: string)
                method Peer() -> (pid: int, uid: int, gid: int)
                method Count(to: int) -> (number: int)
                method Flood(size: int) -> (number: int, text: string)
                method Large(size: int) -> (text: string)
                method Wait() -> ()
                method Note() -> ()
                method Forget() -> ()
                method Late() -> ()
                method Fail() -> ()
                error Refused (reason: string)
                error ReplyTooLarge (limit: int)
                error InternalError ()

                """)
    }

    func openGate() { gate.continuation.yield() }

    func respond(to call: Call, from peer: Peer, with replies: any ReplySink) async throws {
        switch call.method {
        case Echo.name:
            let text = try call.parameters(as: Echo.Parameters.self).text
            if text == "no" { throw ErrorReply(name: "\(Self.name).Refused", parameters: ["reason": "no is no text"]) }
            try await replies.send(Echo.Reply(text: text))
        case "\(Self.name).Peer":
            try await replies.send(["pid": Int(peer.pid), "uid": Int(peer.uid), "gid": Int(peer.gid)])
        case Count.name:
            let last = try call.parameters(as: Count.Parameters.self).to
            for number in 1...last { try await replies.send(Count.Reply(number: number), continues: number < last) }
        case "\(Self.name).Flood": try await flood(call, replies)
        case "\(Self.name).Large":
            let size = try call.parameters(as: Size.self).size
            try await replies.send(["text": String(repeating: "x", count: size)])
        case "\(Self.name).Wait": try await wait(call, replies)
        case "\(Self.name).Note":
            reached.signal()
            try await replies.send(Empty())
        case "\(Self.name).Forget": keptSink.withLock { $0 = replies }
        case "\(Self.name).Late": try await keptSink.withLock { $0 }?.send(Empty())
        default: throw Unforeseen()
        }
    }

    private func flood(_ call: Call, _ replies: any ReplySink) async throws {
        let text = String(repeating: "x", count: try call.parameters(as: Size.self).size)
        do {
            for number in 1...1_000_000 {
                let reply: JSONValue = ["number": .integer(Int64(number)), "text": .string(text)]
                try await replies.send(reply, continues: true)
            }
        } catch {
            cancelled.signal()
            throw error
        }
    }

    private func wait(_ call: Call, _ replies: any ReplySink) async throws {
        if call.more { try await replies.send(Empty(), continues: true) }
        reached.signal()
        for await _ in gate.stream { return try await replies.send(Empty()) }
        cancelled.signal()
        throw CancellationError()
    }

    private struct Unforeseen: Error {}
    private struct Size: Codable { var size: Int }
}

struct Echo: VarlinkMethod {
    static let name = "\(Workshop.name).Echo"
    struct Parameters: Codable { var text: String }
    struct Reply: Codable, Equatable { var text: String }
}

struct Count: VarlinkMethod {
    static let name = "\(Workshop.name).Count"
    struct Parameters: Codable { var to: Int }
    struct Reply: Codable, Equatable { var number: Int }
}
