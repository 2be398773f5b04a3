import Glibc
import Synchronization
import Varlink

/// Answers calls at a socket of its own, as a test wishes, until it is let go of.
final class FakeDaemon: Sendable {
    /// What a call is answered with: replies, of which all but the last say that more follow; none, or `hangUp` as the
    /// last, hangs up.
    typealias Answer = @Sendable (Call) throws(ErrorReply) -> [JSONValue]

    let path: String
    private let listener: CInt
    private let answer: Answer
    private let received = Mutex<[Call]>([])

    /// The calls that came, in their order.
    var calls: [Call] { received.withLock { $0 } }

    init(_ answer: @escaping Answer) throws {
        var template = Array("/tmp/convene-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(call: "mkdtemp") }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = folder + "/socket"
        self.answer = answer
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try bind()
        let this = Unmanaged.passRetained(Listening(listener: listener, daemon: self))
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { raw in
                guard let raw else { return nil }
                Unmanaged<Listening>.fromOpaque(raw).takeRetainedValue().acceptAll()
                return nil
            }, this.toOpaque())
        pthread_detach(thread)
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        unlink(path)
        rmdir(String(path.dropLast("/socket".count)))
    }

    struct Failure: Error {
        let call: String
    }

    private func bind() throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let length = MemoryLayout.size(ofValue: address.sun_path)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            for (index, byte) in path.utf8.enumerated() where index < length - 1 { bytes[index] = byte }
        }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(listener, $0, size) }
        }
        guard bound == 0, listen(listener, 4) == 0 else { throw Failure(call: "bind") }
    }

    /// What the thread holds: the daemon weakly, so that a test that ends lets go of it.
    private final class Listening: Sendable {
        let listener: CInt
        private let daemon: WeakDaemon

        init(listener: CInt, daemon: FakeDaemon) {
            self.listener = listener
            self.daemon = WeakDaemon(daemon)
        }

        func acceptAll() {
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0 { break }
                serve(connection)
                close(connection)
            }
            close(listener)
        }

        private func serve(_ connection: CInt) {
            var decoder = FrameDecoder()
            var bytes = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(connection, &bytes, bytes.count)
                if count <= 0 { return }
                decoder.append(Array(bytes[..<count]))
                while let frame = try? decoder.next() {
                    guard let call = try? Call(frame: frame), let daemon = daemon.value else { return }
                    let replies = daemon.replies(call)
                    if replies.isEmpty { return }
                    for reply in replies {
                        if reply["parameters"] == .hangUp { return }
                        guard let text = try? JSONText(encoding: reply).bytes else { return }
                        send(connection, text + [0], text.count + 1, Int32(MSG_NOSIGNAL))
                    }
                }
            }
        }
    }

    private final class WeakDaemon: Sendable {
        private let reference: Mutex<Weak>
        var value: FakeDaemon? { reference.withLock { $0.daemon } }

        init(_ daemon: FakeDaemon) {
            reference = Mutex(Weak(daemon: daemon))
        }

        private struct Weak {
            weak var daemon: FakeDaemon?
        }
    }

    private func replies(_ call: Call) -> [JSONValue] {
        received.withLock { $0.append(call) }
        do {
            let replies = try answer(call)
            return replies.enumerated().map { index, parameters in
                let isLast = index == replies.count - 1
                return isLast ? ["parameters": parameters] : ["parameters": parameters, "continues": true]
            }
        } catch {
            return [["error": .string(error.name), "parameters": error.parameters]]
        }
    }
}

extension JSONValue {
    /// In the place of a last reply: the connection ends where one was to follow.
    static let hangUp = JSONValue.string("hang up")
}
