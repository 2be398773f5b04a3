internal import Glibc

/// Whether this process may read the journal files in a directory.
///
/// libsystemd opens a journal whose files it may not read, and shows it as empty; this tells such a journal apart
/// from one that is.
public enum JournalAccess: Hashable, Sendable {
    /// At least one file can be read: all that a member of the group `systemd-journal` sees, or a user's own entries.
    case readable
    /// There is no journal file yet; journald makes one with the first entry.
    case empty
    /// There are files, none of which may be read. A user's own file appears with that user's first entry, and only
    /// where journald keeps the journal on disk and parts it by user (`SplitMode=uid`, journald.conf(5)); so ask
    /// again after an entry was sent.
    case denied
    /// There is no such directory.
    case missing

    /// Looks at that directory, or at the machine's own journal where it is `nil`.
    public static func check(directory: String? = nil) -> JournalAccess {
        let places = directory.map { [$0] } ?? machineDirectories()
        return places.map(access(to:)).min { $0.rank < $1.rank } ?? .missing
    }

    /// Of two directories of one journal, the better one counts.
    private var rank: Int {
        switch self {
        case .readable: 0
        case .denied: 1
        case .empty: 2
        case .missing: 3
        }
    }

    /// Where journald keeps the machine's journal: on disk, or in memory until it is flushed there.
    private static func machineDirectories() -> [String] {
        guard let machine = MachineID.current() else { return [] }
        return ["/var/log/journal/\(machine.text)", "/run/log/journal/\(machine.text)"]
    }

    private static func access(to directory: String) -> JournalAccess {
        guard let stream = opendir(directory) else {
            return errno == ENOENT || errno == ENOTDIR ? .missing : .denied
        }
        defer { closedir(stream) }
        var found = JournalAccess.empty
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            // Files that journald set aside as damaged end in ~; libsystemd reads them too.
            guard name.hasSuffix(".journal") || name.hasSuffix(".journal~") else { continue }
            if Glibc.access("\(directory)/\(name)", R_OK) == 0 { return .readable }
            found = .denied
        }
        return found
    }
}
