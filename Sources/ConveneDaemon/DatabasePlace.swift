import Glibc

/// Where a database is, and whether it goes away with the daemon.
struct DatabasePlace {
    let path: String
    let temporaryDirectory: String?

    /// A place in a directory of its own, for a rehearsal.
    static func temporary() throws(DaemonProblem) -> DatabasePlace {
        var template = Array("/tmp/convene-rehearsal-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .other("no directory can be made in /tmp: \(String(cString: strerror(errno)))")
        }
        let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return DatabasePlace(path: directory + "/convene.db", temporaryDirectory: directory)
    }

    /// Removes what was made for this run only.
    func remove() {
        guard let temporaryDirectory else { return }
        for suffix in ["", "-wal", "-shm", ".lock"] { unlink(path + suffix) }
        rmdir(temporaryDirectory)
    }
}
