internal import Glibc

/// A file descriptor that is closed with its last reference.
final class Descriptor: Sendable {
    let number: Int32

    /// Takes over what that system call returned.
    init(_ call: String, _ result: Int32) throws(RealtimeClockError) {
        guard result >= 0 else { throw RealtimeClockError(call: call, errno: errno) }
        number = result
    }

    deinit {
        close(number)
    }

    /// Takes the count out of a timer or event counter; `nil` where there is none, and errno says why.
    func readCount() -> UInt64? {
        var count: UInt64 = 0
        return read(number, &count, MemoryLayout<UInt64>.size) == MemoryLayout<UInt64>.size ? count : nil
    }
}
