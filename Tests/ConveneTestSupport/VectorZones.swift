public import Foundation
public import ZonedTime

/// The zone files beside the vectors (tzdata 2026f), so that no result depends on the machine's own.
public struct VectorZones: TimeZoneSource {
    /// How zic wrote them: with transitions listed to 2037, or only as far as the footer's rule does not say it.
    public enum Flavor: String, CaseIterable, Sendable {
        case fat, slim
    }

    public let identifiers: [String]
    private let folder: URL

    public init(_ flavor: Flavor = .fat) {
        let folder = VectorZones.vectors.appending(path: "zoneinfo").appending(path: flavor.rawValue)
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        self.folder = folder
        identifiers = paths.filter { path in
            let values = try? folder.appending(path: path).resourceValues(forKeys: [.isRegularFileKey])
            return values?.isRegularFile == true
        }.sorted()
    }

    /// Where the vectors are: `Tests/Vectors`.
    public static var vectors: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors")
    }

    /// The bytes of a zone's file, or `nil` if there is none.
    public func bytes(_ identifier: String) -> [UInt8]? {
        guard identifiers.contains(identifier) else { return nil }
        return (try? Data(contentsOf: folder.appending(path: identifier))).map([UInt8].init)
    }

    public func timeZone(_ identifier: String) -> ZonedTime.TimeZone? {
        bytes(identifier).flatMap { try? ZonedTime.TimeZone(identifier: identifier, tzif: $0) }
    }

    public var version: String { "2026f" }
}
