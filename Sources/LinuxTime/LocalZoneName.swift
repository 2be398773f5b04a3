internal import Glibc

/// Which time zone a process is to take for local, by tzdb's name.
public enum LocalZoneName: Hashable, Sendable {
    /// A name that is spelled like one of tzdb's; whether there is such a zone, its reader will find.
    case name(String)
    /// `TZ` is set, but to something that has no name, such as `CET-1CEST`. What else the system says was not asked:
    /// who sets `TZ` wants none of it.
    case unusable(tz: String)

    /// The name, where there is one.
    public var name: String? {
        switch self {
        case .name(let name): name
        case .unusable: nil
        }
    }

    /// Asks `TZ`, then the link `localtime`, then the file `timezone`; where none of them says anything, it is UTC.
    ///
    /// - Parameters:
    ///   - etc: The directory of `localtime` and `timezone`.
    ///   - zoneinfo: The directory of the zones; it need not exist.
    public static func current(
        environment: (String) -> String? = environmentVariable,
        etc: String = "/etc",
        zoneinfo: String = ZoneinfoDirectory.systemPath()
    ) -> LocalZoneName {
        if let tz = environment("TZ") {
            return reading(tz, etc: etc, zoneinfo: zoneinfo).map(LocalZoneName.name) ?? .unusable(tz: tz)
        }
        return .name(
            target(of: "\(etc)/localtime", zoneinfo: zoneinfo) ?? line(in: "\(etc)/timezone") ?? "UTC")
    }

    /// The forms of tzset(3): a name, with or without a colon, a path, or a rule. Empty, it stands for UTC.
    private static func reading(_ tz: String, etc: String, zoneinfo: String) -> String? {
        let text = tz.hasPrefix(":") ? String(tz.dropFirst()) : tz
        if text.isEmpty { return "UTC" }
        if text.hasPrefix("/") {
            return name(inPath: text, zoneinfo: zoneinfo) ?? target(of: text, zoneinfo: zoneinfo)
        }
        // Some rules are names too (`EST5EDT`), where there is a file of that name.
        guard !isPosixRule(text) || ZoneFile.exists(text, in: zoneinfo) else { return nil }
        return withoutView(text)
    }

    /// Whether a text begins like POSIX's `TZ`: an abbreviation, then an offset.
    private static func isPosixRule(_ text: String) -> Bool {
        let rest = text.drop { $0.isLetter }
        if text.hasPrefix("<") { return true }
        guard let first = rest.first else { return false }
        return first == "+" || first == "-" || first.isNumber
    }

    /// Follows symbolic links until one leads below a zoneinfo directory.
    private static func target(of path: String, zoneinfo: String) -> String? {
        var path = path
        // As many as the kernel follows (path_resolution(7)).
        for _ in 0..<40 {
            guard let link = destination(ofLink: path) else { return nil }
            if link.hasPrefix("/") {
                path = link
            } else {
                path = "\(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])/\(link)"
            }
            if let name = name(inPath: path, zoneinfo: zoneinfo) { return name }
        }
        return nil
    }

    private static func destination(ofLink path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &bytes, bytes.count)
        guard count > 0, count < bytes.count else { return nil }
        return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// `Asia/Tokyo` of `/usr/share/zoneinfo/Asia/Tokyo`, or of a path below another folder called `zoneinfo`.
    private static func name(inPath path: String, zoneinfo: String) -> String? {
        if path.hasPrefix(zoneinfo + "/") {
            return withoutView(String(path.dropFirst(zoneinfo.count + 1)))
        }
        let parts = path.split(separator: "/")
        guard let folder = parts.lastIndex(of: "zoneinfo") else { return nil }
        return withoutView(parts[(folder + 1)...].joined(separator: "/"))
    }

    /// A valid name, without the folders in which tzdata may repeat its zones with and without leap seconds.
    private static func withoutView(_ name: String) -> String? {
        var name = name[...]
        for view in ["posix/", "right/"] where name.hasPrefix(view) {
            name = name.dropFirst(view.count)
        }
        return ZoneFile.isValidName(String(name)) ? String(name) : nil
    }

    /// The name in a file that holds nothing else, as Debian's `/etc/timezone` does.
    private static func line(in path: String) -> String? {
        guard let bytes = contents(ofFile: path, limit: 4_096) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.lazy.map { $0.filter { !$0.isWhitespace } }.first { !$0.isEmpty }.flatMap(withoutView)
    }
}
