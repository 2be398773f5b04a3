import ConveneStore
import Glibc
import Varlink

/// The name of a user, as the system's user database has it.
enum UserNames {
    static func author(of peer: Peer) -> Author {
        Author(uid: Int(peer.uid), name: name(of: peer.uid) ?? "uid \(peer.uid)")
    }

    static func name(of uid: UInt32) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 4_096)
        let isFound = getpwuid_r(uid, &entry, &buffer, buffer.count, &found) == 0 && found != nil
        guard isFound, let name = entry.pw_name else { return nil }
        return String(cString: name)
    }
}
