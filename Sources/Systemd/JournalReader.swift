internal import CSystemd
internal import Glibc

/// Reads the journal, one entry after the other, through libsystemd.
///
/// For one thread at a time, as libsystemd asks of its handles; so the class is not `Sendable`. Keep it open, since a
/// look-up on an open reader takes microseconds. To look for new entries, call `process()` and then `next()` again,
/// at the caller's own pace while something is under way: journald announces its changes up to half a second late.
///
/// A reader of a journal that one may not read finds nothing and meets no error; ask `JournalAccess` about that.
public final class JournalReader {
    /// Values longer than this are cut, in bytes; a foreign entry may hold hundreds of megabytes.
    public let valueLimit: Int

    private let journal: OpaquePointer

    /// Opens the journal files in that directory, or this machine's journal (system's and users') where it is `nil`.
    ///
    /// Where the machine's journal moves to another directory meanwhile (`journalctl --flush`), open a new reader.
    public init(directory: String? = nil, valueLimit: Int = 1 << 20) throws(JournalReadError) {
        var opened: OpaquePointer?
        if let directory {
            try JournalReadError.check("open", sd_journal_open_directory(&opened, directory, 0))
        } else {
            try JournalReadError.check("open", sd_journal_open(&opened, Int32(SD_JOURNAL_LOCAL_ONLY)))
        }
        guard let journal = opened else { throw JournalReadError(operation: "open", errno: ENOMEM) }
        self.journal = journal
        self.valueLimit = valueLimit
        // libsystemd cuts only what it has to decompress; one byte more shows that there is more.
        try JournalReadError.check("set the threshold of", sd_journal_set_data_threshold(journal, valueLimit + 1))
        // Asking for the descriptor makes libsystemd watch the directory; process() learns of rotated files from it.
        try JournalReadError.check("watch", sd_journal_get_fd(journal))
    }

    deinit {
        sd_journal_close(journal)
    }

    // MARK: Which entries

    /// Reads only entries that match: of the same field, one of the values; of different fields, each.
    ///
    /// The reader has to be told by `seek(_:)` where to go on.
    public func setMatches(_ matches: [JournalMatch]) throws(JournalReadError) {
        try setMatches(anyOf: [matches])
    }

    /// Reads only entries that match at least one of the groups, each as in `setMatches(_:)`.
    public func setMatches(anyOf groups: [[JournalMatch]]) throws(JournalReadError) {
        sd_journal_flush_matches(journal)
        for group in groups {
            for match in group {
                let text = "\(match.field)=\(match.value)"
                try JournalReadError.check("match in", sd_journal_add_match(journal, text, text.utf8.count))
            }
            try JournalReadError.check("match in", sd_journal_add_disjunction(journal))
        }
    }

    // MARK: Where

    /// Goes to a place between two entries; `next()` then steps onto the entry behind it.
    public func seek(_ position: JournalPosition) throws(JournalReadError) {
        switch position {
        case .head: try JournalReadError.check("seek in", sd_journal_seek_head(journal))
        case .tail: try seekTail()
        case .cursor(let cursor): try JournalReadError.check("seek in", sd_journal_seek_cursor(journal, cursor))
        case .realtime(let microseconds):
            try JournalReadError.check("seek in", sd_journal_seek_realtime_usec(journal, microseconds))
        }
    }

    /// Goes behind the entry of that cursor, so that `next()` steps onto the one after it; `false` where the entry is
    /// gone or does not match, and then the reader has to be told by `seek(_:)` where to go on.
    public func seek(past cursor: String) throws(JournalReadError) -> Bool {
        try seek(.cursor(cursor))
        guard try next() else { return false }
        return try testCursor(cursor)
    }

    /// Behind the last entry. libsystemd's next() after its seek_tail() may still find that entry; stepping back onto
    /// it first is the way that journalctl takes.
    private func seekTail() throws(JournalReadError) {
        try JournalReadError.check("seek in", sd_journal_seek_tail(journal))
        if try JournalReadError.check("step in", sd_journal_previous(journal)) == 0 {
            try JournalReadError.check("seek in", sd_journal_seek_head(journal))
        }
    }

    /// Steps onto the next entry; `false` where there is none yet.
    public func next() throws(JournalReadError) -> Bool {
        try JournalReadError.check("step in", sd_journal_next(journal)) > 0
    }

    /// Takes note of what happened to the files: without it, entries in files that were added, renamed or removed
    /// since are missed. Says whether reading went on where it was, or files came or went.
    @discardableResult
    public func process() throws(JournalReadError) -> JournalChange {
        switch try JournalReadError.check("watch", sd_journal_process(journal)) {
        case Int32(SD_JOURNAL_NOP): .none
        case Int32(SD_JOURNAL_APPEND): .entriesAdded
        default: .filesChanged
        }
    }

    // MARK: The entry that the reader stands on

    /// A name of the entry that outlasts reader, process and rotation.
    public var cursor: String {
        get throws(JournalReadError) {
            var text: UnsafeMutablePointer<CChar>?
            try JournalReadError.check("name an entry of", sd_journal_get_cursor(journal, &text))
            guard let text else { throw JournalReadError(operation: "name an entry of", errno: ENOMEM) }
            defer { free(text) }
            return String(cString: text)
        }
    }

    /// Whether the reader stands on the entry of that cursor.
    public func testCursor(_ cursor: String) throws(JournalReadError) -> Bool {
        try JournalReadError.check("name an entry of", sd_journal_test_cursor(journal, cursor)) > 0
    }

    /// When journald received the entry, in microseconds since 1970-01-01T00:00:00Z.
    public var realtimeMicroseconds: UInt64 {
        get throws(JournalReadError) {
            var microseconds: UInt64 = 0
            try JournalReadError.check(
                "read the time of an entry of", sd_journal_get_realtime_usec(journal, &microseconds))
            return microseconds
        }
    }

    /// The boot in which journald received the entry.
    public var bootID: BootID {
        get throws(JournalReadError) {
            var microseconds: UInt64 = 0
            var id = sd_id128_t()
            try JournalReadError.check(
                "read the boot of an entry of", sd_journal_get_monotonic_usec(journal, &microseconds, &id))
            return BootID(id)
        }
    }

    /// The value of that field, the first where there are several, or `nil` where there is none.
    ///
    /// What is not UTF-8 in it is replaced by U+FFFD.
    public func field(_ name: String) throws(JournalReadError) -> String? {
        var data: UnsafeRawPointer?
        var count = 0
        let result = sd_journal_get_data(journal, name, &data, &count)
        if result == -ENOENT { return nil }
        try JournalReadError.check("read an entry of", result)
        return content(data, count).value
    }

    /// The values of that field, in the entry's order.
    public func values(_ name: String) throws(JournalReadError) -> [String] {
        try fields().filter { $0.name == name }.map(\.value)
    }

    /// Every field of the entry, the trusted ones (`_UID`, …) among them; names may come repeatedly.
    ///
    /// What is not UTF-8 in a value is replaced by U+FFFD.
    ///
    /// - Parameter prefixes: how the fields begin that are wanted; the others, most of them journald's own, cost nothing
    ///   then. Omitted: every field.
    public func fields(beginningWith prefixes: [StaticString] = []) throws(JournalReadError) -> [(
        name: String, value: String
    )] {
        var fields: [(name: String, value: String)] = []
        var data: UnsafeRawPointer?
        var count = 0
        sd_journal_restart_data(journal)
        while try JournalReadError.check("read an entry of", sd_journal_enumerate_data(journal, &data, &count)) > 0 {
            if prefixes.isEmpty || JournalReader.begins(data, count, withAnyOf: prefixes) {
                fields.append(content(data, count))
            }
        }
        return fields
    }

    private static func begins(_ data: UnsafeRawPointer?, _ count: Int, withAnyOf prefixes: [StaticString]) -> Bool {
        guard let data else { return false }
        return prefixes.contains { prefix in
            prefix.utf8CodeUnitCount <= count && memcmp(data, prefix.utf8Start, prefix.utf8CodeUnitCount) == 0
        }
    }

    /// Parts `NAME=value`, and cuts the value at the limit.
    private func content(_ data: UnsafeRawPointer?, _ count: Int) -> (name: String, value: String) {
        let bytes = UnsafeRawBufferPointer(start: data, count: count)
        let name = bytes.prefix { $0 != UInt8(ascii: "=") }
        let value = bytes.dropFirst(name.count + 1).prefix(valueLimit)
        return (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
}
