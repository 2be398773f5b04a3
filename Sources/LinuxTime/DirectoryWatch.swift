internal import Glibc
internal import Synchronization

/// A directory, and the names in it that matter.
struct WatchedDirectory: Hashable, Sendable {
    let path: String
    /// `nil` for all.
    let names: Set<String>?
}

/// Notices files that are replaced, added or removed in directories (inotify(7)).
///
/// Directories are watched, not files: packages replace a file by renaming another over it, and a watch would stay
/// with the old one.
final class DirectoryWatch: Sendable {
    let descriptor: Descriptor

    private let directories: [WatchedDirectory]
    private let watches = Mutex<[Int32: WatchedDirectory]>([:])

    init(_ directories: [WatchedDirectory]) throws(RealtimeClockError) {
        self.directories = directories
        let flags = Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC)
        descriptor = try Descriptor("inotify_init1", inotify_init1(flags))
    }

    /// Watches each directory that is there, also one that was watched before; a sentence for each that is not.
    func begin() -> [String] {
        let changes =
            IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_CLOSE_WRITE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF
        return watches.withLock { watches in
            directories.compactMap { directory in
                let watch = inotify_add_watch(descriptor.number, directory.path, UInt32(changes | IN_ONLYDIR))
                guard watch >= 0 else {
                    return "\(directory.path) is not watched for changes: \(String(cString: strerror(errno)))"
                }
                watches[watch] = directory
                return nil
            }
        }
    }

    /// Takes the changes that have been noticed; whether one of them matters.
    func readChanges() -> Bool {
        var matters = false
        withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: MemoryLayout<inotify_event>.alignment) { buffer in
            while true {
                let count = read(descriptor.number, buffer.baseAddress, buffer.count)
                guard count > 0 else { return }
                matters = self.matters(UnsafeRawBufferPointer(rebasing: buffer[..<count])) || matters
            }
        }
        return matters
    }

    private func matters(_ events: UnsafeRawBufferPointer) -> Bool {
        let headerSize = MemoryLayout<inotify_event>.size
        var matters = false
        var rest = events[...]
        while rest.count >= headerSize {
            let header = UnsafeRawBufferPointer(rebasing: rest).loadUnaligned(as: inotify_event.self)
            let name = rest.dropFirst(headerSize).prefix(Int(header.len)).prefix { $0 != 0 }
            matters = self.matters(header, name: String(decoding: name, as: UTF8.self)) || matters
            rest = rest.dropFirst(headerSize + Int(header.len))
        }
        return matters
    }

    private func matters(_ event: inotify_event, name: String) -> Bool {
        // The kernel's queue overflowed, so that nobody knows what happened.
        if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { return true }
        return watches.withLock { watches in
            guard let directory = watches[event.wd] else { return false }
            if event.mask & UInt32(IN_IGNORED) != 0 { watches[event.wd] = nil }
            // An event of the directory itself has no name: it was moved, removed or unmounted.
            return name.isEmpty || directory.names?.contains(name) ?? true
        }
    }
}
