import Dispatch
import Glibc
import Synchronization
import Varlink

/// Takes one client, answers its calls with what it was told to, whatever they are, and hangs up.
final class FakeService: Sendable {
    let path: String
    private let received = Mutex<[String]>([])
    private let directory: String
    private let listener: CInt

    /// - Parameter answers: The bytes to send after each call that arrives; the first, if `greets`, before any.
    init(answers: [[UInt8]], greets: Bool = false) throws {
        var template = Array("/tmp/varlink-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemFailure(errno: errno) }
        directory = String(cString: made)
        path = directory + "/socket"
        listener = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        guard withSocketAddress(path, { bind(listener, $0, $1) }) == 0, listen(listener, 1) == 0 else {
            throw SystemFailure(errno: errno)
        }
        DispatchQueue(label: "service").async { self.serve(answers, greets) }
    }

    /// What the client has sent, one call an element.
    var calls: [String] { received.withLock { $0 } }

    convenience init(answers: String..., greets: Bool = false) throws {
        try self.init(answers: answers.map { Array($0.utf8) }, greets: greets)
    }

    deinit {
        close(listener)
        unlink(path)
        rmdir(directory)
    }

    private func serve(_ answers: [[UInt8]], _ greets: Bool) {
        let client = accept(listener, nil, nil)
        var decoder = FrameDecoder(limit: 64 << 20)
        for (index, answer) in answers.enumerated() {
            if index > 0 || !greets, !takeCall(from: client, &decoder) { break }
            var sent = 0
            while sent < answer.count {
                let count = answer[sent...].withUnsafeBytes { rest in
                    send(client, rest.baseAddress, rest.count, CInt(MSG_NOSIGNAL))
                }
                guard count > 0 else { break }
                sent += count
            }
        }
        close(client)
    }

    private func takeCall(from client: CInt, _ decoder: inout FrameDecoder) -> Bool {
        while true {
            if let frame = try? decoder.next() {
                received.withLock { $0.append(String(decoding: frame, as: UTF8.self)) }
                return true
            }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            decoder.append(buffer[..<count])
        }
    }
}

struct SystemFailure: Error {
    var errno: CInt
}

func withSocketAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
