/// Where the daemon listens.
struct SocketPath: Hashable {
    let path: String
    /// The places that were looked at in vain before; empty where the path was given.
    let passedOver: [String]

    private static let name = "convene/org.convene.Schedule"

    /// Finds the socket: `--socket`, then `CONVENE_SOCKET`, then the user's daemon, then the system's.
    ///
    /// Of the last two it is the first that exists; where neither does, it is the one that would be started first.
    static func find(
        option: String?, environment: (String) -> String?, exists: (String) -> Bool
    ) -> SocketPath {
        if let option { return SocketPath(path: option, passedOver: []) }
        if let variable = environment("CONVENE_SOCKET"), !variable.isEmpty {
            return SocketPath(path: variable, passedOver: [])
        }
        // A relative XDG_RUNTIME_DIR is to be ignored (XDG Base Directory Specification).
        let user = environment("XDG_RUNTIME_DIR").flatMap { $0.hasPrefix("/") ? "\($0)/\(name)" : nil }
        let places = [user, "/run/\(name)"].compactMap(\.self)
        if let found = places.first(where: exists) { return SocketPath(path: found, passedOver: []) }
        return SocketPath(path: places[0], passedOver: places)
    }
}
