import Glibc

/// The person at this program.
enum Reader {
    /// Their user id, by which the log knows them.
    static var id: Int { Int(getuid()) }
}
