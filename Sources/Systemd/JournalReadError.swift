internal import Glibc

/// What libsystemd could not do with the journal, and why.
public struct JournalReadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as in 'cannot … the journal'.
    public let operation: String
    /// ENOENT where there is no such directory, EACCES where it may not be read, EINVAL for a cursor or a match that
    /// is none, EADDRNOTAVAIL where the reader stands on no entry, EBADMSG where a file is damaged (errno(3)).
    public let errno: Int32

    public var description: String {
        "cannot \(operation) the journal: \(String(cString: strerror(errno)))"
    }

    /// Passes on what a call of libsystemd returned, or throws its negative error number.
    @discardableResult
    static func check(_ operation: String, _ result: Int32) throws(JournalReadError) -> Int32 {
        guard result >= 0 else { throw JournalReadError(operation: operation, errno: -result) }
        return result
    }
}
