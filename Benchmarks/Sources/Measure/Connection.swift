import Glibc

/// One connection that sends a call and waits for its reply, byte by byte as Varlink has it.
final class Connection {
    private let descriptor: Int32

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard withUnixAddress(path, { connect(descriptor, $0, $1) }) == 0 else {
            throw Failure("connect \(path): errno \(errno)")
        }
    }

    deinit { close(descriptor) }

    private func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure("send: errno \(errno)") }
            sent += count
        }
    }

    /// Sends a call, and returns its reply.
    func answer(_ message: String) throws -> String {
        try send(Array(message.utf8) + [0])
        var reply: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while reply.last != 0 {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw Failure("the daemon hung up") }
            reply += buffer[..<count]
        }
        return String(decoding: reply.dropLast(), as: UTF8.self)
    }

    /// Sends calls in one go, and waits for as many replies; returns how many of them were errors.
    @discardableResult
    func call(_ messages: [String]) throws -> Int {
        var bytes: [UInt8] = []
        for message in messages {
            bytes += message.utf8
            bytes.append(0)
        }
        try send(bytes)
        var replies = 0
        var errors = 0
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while replies < messages.count {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw Failure("the daemon hung up") }
            replies += buffer[..<count].count { $0 == 0 }
            if String(decoding: buffer[..<count], as: UTF8.self).contains("\"error\":") { errors += 1 }
        }
        return errors
    }
}
