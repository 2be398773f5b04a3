public import Logging

/// Writes a program's diagnostic lines to the journal, and to standard error where the journal does not take them.
///
/// It never blocks: while journald is busy, a line goes to standard error, and where that is full too, it is lost.
/// Metadata is written behind the message, as on a terminal, not as fields: their names are not journald's.
public struct JournalLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    public var logLevel: Logger.Level = .info

    private let label: String
    private let identifier: String
    private let writer: JournalWriter
    private let fallback: StandardErrorLogHandler

    /// Creates a handler whose lines bear that `SYSLOG_IDENTIFIER`; the logger's label goes into `LOGGER`.
    public init(label: String, identifier: String, writer: JournalWriter) {
        self.label = label
        self.identifier = identifier
        self.writer = writer
        fallback = StandardErrorLogHandler(format: .forServiceManager)
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let line = LogLine(event, metadata: metadata, provider: metadataProvider)
        guard let entry = try? entry(line, event), writer.send(entry) == .sent else {
            return fallback.write(line)
        }
    }

    private func entry(_ line: LogLine, _ event: LogEvent) throws(JournalFieldError) -> JournalEntry {
        try JournalEntry([
            "MESSAGE": line.text,
            "PRIORITY": String(line.priority.rawValue),
            "SYSLOG_IDENTIFIER": identifier,
            "LOGGER": label,
            "CODE_FILE": event.file,
            "CODE_LINE": String(event.line),
            "CODE_FUNC": event.function,
        ])
    }
}
