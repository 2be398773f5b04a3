internal import Glibc
public import Logging

/// Writes a program's diagnostic lines to standard error, one line each.
public struct StandardErrorLogHandler: LogHandler {
    /// Who reads standard error.
    public enum Format: Hashable, Sendable {
        /// A person at a terminal: `warning: …`.
        case forPeople
        /// The service manager, which takes the priority from a prefix: `<4>…` (sd-daemon(3)).
        case forServiceManager
    }

    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    public var logLevel: Logger.Level = .info

    private let format: Format

    public init(format: Format) {
        self.format = format
    }

    /// What fits standard error as it is: the service manager's stream to the journal (`JOURNAL_STREAM` names it,
    /// systemd.exec(5)), or a terminal, file or pipe of a person's.
    public static func suitableFormat() -> Format {
        var status = stat()
        guard let stream = getenv("JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0 else { return .forPeople }
        return String(cString: stream) == "\(status.st_dev):\(status.st_ino)" ? .forServiceManager : .forPeople
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        write(LogLine(event, metadata: metadata, provider: metadataProvider))
    }

    func write(_ line: LogLine) {
        StandardErrorLogHandler.write(Array(render(line).utf8), to: STDERR_FILENO)
    }

    /// Writes what the reader has room for, and drops the rest: nobody waits for a diagnostic line.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        // The descriptor is shared with other processes, so it cannot be made non-blocking; a socket can be asked
        // each time, and a pipe that is ready takes PIPE_BUF bytes at once (pipe(7)).
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        if send(descriptor, bytes, bytes.count, flags) >= 0 || errno != ENOTSOCK { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&request, 1, 0) > 0, request.revents == Int16(POLLOUT) else { return }
            let written = rest.prefix(Int(PIPE_BUF)).withUnsafeBytes { piece in
                Glibc.write(descriptor, piece.baseAddress, piece.count)
            }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    func render(_ line: LogLine) -> String {
        switch format {
        case .forPeople:
            "\(line.level): \(line.text)\n"
        case .forServiceManager:
            // Every line feed begins a message of its own there, which needs its own prefix.
            line.text.split(separator: "\n", omittingEmptySubsequences: true)
                .map { "<\(line.priority.rawValue)>\($0)\n" }
                .joined()
        }
    }
}
