internal import CJournalSocket
internal import Glibc
internal import Synchronization

/// Sends entries to journald in its native protocol, and never waits for it.
///
/// What is sent joins the queue of journald's socket, first in, first out. That proves nothing yet: the entry can
/// still fall to a rate limit or die with journald, and shows itself only to a `JournalReader`. What is refused did
/// not happen. May be used from any thread.
public final class JournalWriter: Sendable {
    /// The system's own journal.
    public static let systemSocketPath = "/run/systemd/journal/socket"

    public let socketPath: String
    // Connected, because poll(2) tells of room in journald's queue only on a connected socket.
    private let connection = Mutex<JournalConnection?>(nil)

    /// Creates a writer to that socket, which is first looked for when something is sent.
    public init(socketPath: String = JournalWriter.systemSocketPath) {
        self.socketPath = socketPath
    }

    /// What became of an entry.
    public enum SendOutcome: Hashable, Sendable {
        /// It is in the queue of journald's socket.
        case sent
        /// It did not happen: journald will never see this attempt.
        case refused(JournalRefusal)
    }

    /// Sends an entry without blocking; one that is too long for a datagram as a sealed file in memory.
    ///
    /// Where journald was restarted since, it connects anew.
    public func send(_ entry: JournalEntry) -> SendOutcome {
        let bytes = entry.encoded
        return connection.withLock { connection in
            do throws(JournalRefusal) {
                // A connection from before may belong to a journald that is gone; one made just now does not.
                if let open = connection {
                    do throws(JournalRefusal) {
                        try open.send(bytes)
                        return .sent
                    } catch {
                        guard error.endsConnection else { throw error }
                        connection = nil
                    }
                }
                let fresh = try JournalConnection(to: socketPath)
                try fresh.send(bytes)
                connection = fresh
                return .sent
            } catch {
                return .refused(error)
            }
        }
    }

    /// Blocks the calling thread until journald's queue has room, or the time is up.
    ///
    /// `true` means that trying to send is worth it; `false` that the time is up. With nobody listening it returns
    /// `true` at once: sending will tell, and the caller decides when to try again.
    public func waitUntilWritable(timeout: Duration) -> Bool {
        // A descriptor of its own: another thread may replace the connection meanwhile.
        guard let waiting = connection.withLock({ $0?.duplicate() }) else { return true }
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: timeout)
        repeat {
            var request = pollfd(fd: waiting.number, events: Int16(POLLOUT), revents: 0)
            let milliseconds = (end - clock.now) / Duration.milliseconds(1)
            let answer = poll(&request, 1, Int32(min(max(milliseconds.rounded(.up), 0), 1e9)))
            if answer > 0 { return true }
            if answer < 0 && errno != EINTR { return true }
        } while clock.now < end
        return false
    }
}

/// Why journald's socket did not take an entry.
public enum JournalRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Its queue is full: journald is busy, or stopped (EAGAIN).
    case queueFull
    /// There is a socket file, but no journald behind it (ECONNREFUSED).
    case nobodyListening
    /// There is no socket file (ENOENT).
    case noSocket
    /// No right to write to it (EACCES, EPERM).
    case notPermitted
    /// The path is too long for a socket's address, or empty.
    case invalidPath
    /// Another error number (errno(3)).
    case failed(errno: Int32)

    public var description: String {
        switch self {
        case .queueFull: "its queue is full"
        case .nobodyListening: "nobody listens at its socket"
        case .noSocket: "there is no socket"
        case .notPermitted: "no right to write to its socket"
        case .invalidPath: "the path of its socket cannot be one"
        case .failed(let number): String(cString: strerror(number))
        }
    }

    init(errno number: Int32) {
        switch number {
        case EAGAIN: self = .queueFull
        case ECONNREFUSED: self = .nobodyListening
        case ENOENT: self = .noSocket
        case EACCES, EPERM: self = .notPermitted
        default: self = .failed(errno: number)
        }
    }

    /// Whether the peer is gone for good, while another may listen at the same path.
    var endsConnection: Bool {
        switch self {
        case .nobodyListening: true
        case .failed(let number): [ENOTCONN, ECONNRESET, EPIPE].contains(number)
        default: false
        }
    }
}
