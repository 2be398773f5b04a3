/// The process at the other end of a socket, as the kernel knew it when it connected.
public struct Peer: Hashable, Sendable {
    /// The process id; it may have been given to another process since.
    public let pid: Int32
    /// The effective user id.
    public let uid: UInt32
    /// The effective group id.
    public let gid: UInt32

    public init(pid: Int32, uid: UInt32, gid: UInt32) {
        self.pid = pid
        self.uid = uid
        self.gid = gid
    }
}
