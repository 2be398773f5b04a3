internal import Logging

/// A logged event as one text, with a syslog priority.
struct LogLine {
    let level: Logger.Level
    /// The message, and the metadata behind it: `message key=value key=value`.
    let text: String

    /// Takes the event's metadata before the handler's, and the handler's before its provider's.
    init(_ event: LogEvent, metadata: Logger.Metadata, provider: Logger.MetadataProvider?) {
        var all = provider?.get() ?? [:]
        all.merge(metadata) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error {
            all["error"] = .string(String(describing: error))
        }
        let words = [event.message.description] + all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        level = event.level
        // journald keeps no text with U+0000 in it as text.
        text = words.joined(separator: " ").replacing("\0", with: "\u{FFFD}")
    }

    var priority: SyslogPriority {
        switch level {
        case .trace, .debug: .debug
        case .info: .informational
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}

/// The priorities of syslog (RFC 5424 §6.2.1), as the journal's `PRIORITY` has them.
public enum SyslogPriority: Int, Hashable, Sendable {
    case emergency = 0
    case alert, critical, error, warning, notice, informational, debug
}
