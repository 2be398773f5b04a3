internal import Glibc
internal import Synchronization
public import ZonedTime

/// The time zones in a zoneinfo directory, as tzdata installs it.
///
/// A zone's file is read when it is first asked for, and kept until `reload()`. What is damaged, or no zone file at
/// all, counts as absent. May be used from any thread.
public final class ZoneinfoDirectory: TimeZoneSource {
    public let path: String

    private struct Cache {
        var index: ZoneinfoIndex?
        var zones: [String: TimeZone] = [:]
    }

    // Bounded by the index: no name outside it is kept.
    private let cache = Mutex(Cache())

    public init(path: String) {
        self.path = path
    }

    /// Where the system's zones are: `TZDIR` where it is set (tzset(3)), else `/usr/share/zoneinfo`.
    public static func systemPath(
        environment: (String) -> String? = environmentVariable
    ) -> String {
        guard let path = environment("TZDIR"), !path.isEmpty else { return "/usr/share/zoneinfo" }
        return path
    }

    public func timeZone(_ identifier: String) -> TimeZone? {
        cache.withLock { cache in
            if let zone = cache.zones[identifier] { return zone }
            let index = index(in: &cache)
            guard index.names.contains(identifier), let zone = read(identifier, index) else { return nil }
            cache.zones[identifier] = zone
            return zone
        }
    }

    public var identifiers: [String] {
        cache.withLock { index(in: &$0).names.sorted() }
    }

    public var version: String {
        cache.withLock { index(in: &$0).version }
    }

    /// A text that changes when the zone data does, to be compared with one that was stored: the version and a hash.
    public var fingerprint: String {
        cache.withLock { cache in
            let index = index(in: &cache)
            return "\(index.version)-\(index.contentHash)"
        }
    }

    /// Forgets what was read, so that new zone data counts from the next question on.
    public func reload() {
        cache.withLock { $0 = Cache() }
    }

    private func index(in cache: inout Cache) -> ZoneinfoIndex {
        if let index = cache.index { return index }
        let index = ZoneinfoIndex(directory: path)
        cache.index = index
        return index
    }

    /// The zone's own file, or where a trimmed installation lacks a link's, the file of the zone that it stands for.
    private func read(_ identifier: String, _ index: ZoneinfoIndex) -> TimeZone? {
        for name in [identifier, index.links[identifier]] {
            guard let name, let bytes = ZoneFile.contents(of: name, in: path) else { continue }
            return try? TimeZone(identifier: identifier, tzif: bytes)
        }
        return nil
    }
}
