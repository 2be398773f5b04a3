import Glibc

/// The database and its log of writes as they were opened, to notice that somebody has put them away.
///
/// Linux lets a deleted file be written on, and takes it away with the last process that has it open: every commit
/// would succeed, and be lost.
struct OpenFiles: Sendable {
    private struct Identity: Equatable {
        let device: dev_t
        let inode: ino_t
    }

    private let path: String
    private let identities: [Identity?]

    /// - Parameter path: of a database that is open.
    init(_ path: String) {
        self.path = path
        identities = OpenFiles.identities(path)
    }

    /// Whether the same files are still where they were.
    var areInPlace: Bool { OpenFiles.identities(path) == identities }

    private static func identities(_ path: String) -> [Identity?] {
        [path, path + "-wal"].map { path in
            var file = stat()
            guard stat(path, &file) == 0 else { return nil }
            return Identity(device: file.st_dev, inode: file.st_ino)
        }
    }
}
