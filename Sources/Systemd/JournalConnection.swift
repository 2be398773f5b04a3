internal import CJournalSocket
internal import Glibc

/// A datagram socket connected to journald, non-blocking and closed on exec.
final class JournalConnection: Sendable {
    private let descriptor: Descriptor

    init(to path: String) throws(JournalRefusal) {
        guard let address = UnixAddress(path) else { throw .invalidPath }
        // Glibc's SOCK_… are enumerators, flags among them.
        let kind = SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        guard let descriptor = Descriptor(socket(AF_UNIX, Int32(kind), 0)) else { throw JournalRefusal(errno: errno) }
        guard address.withSocketAddress({ connect(descriptor.number, $0, $1) }) == 0 else {
            throw JournalRefusal(errno: errno)
        }
        self.descriptor = descriptor
    }

    /// Sends one entry; throws where it did not happen.
    func send(_ bytes: [UInt8]) throws(JournalRefusal) {
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        if retryingOnInterrupt({ Glibc.send(descriptor.number, bytes, bytes.count, flags) }) >= 0 { return }
        guard errno == EMSGSIZE else { throw JournalRefusal(errno: errno) }
        guard let copy = Descriptor(cjournalsocket_sealed_copy(bytes, bytes.count)),
            retryingOnInterrupt({ Int(cjournalsocket_send_descriptor(descriptor.number, copy.number)) }) >= 0
        else { throw JournalRefusal(errno: errno) }
    }

    /// A second descriptor of the same socket, or `nil` where the process has no more to give.
    func duplicate() -> Descriptor? {
        Descriptor(fcntl(descriptor.number, F_DUPFD_CLOEXEC, 0))
    }
}

private func retryingOnInterrupt(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}
