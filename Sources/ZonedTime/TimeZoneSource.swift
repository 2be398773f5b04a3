/// Where time zones come from: the system's zoneinfo directory, or a test's own files.
public protocol TimeZoneSource: Sendable {
    /// The zone of that tzdb name or link (`Asia/Tokyo`), exactly as tzdb spells it, or `nil` if there is none.
    func timeZone(_ identifier: String) -> TimeZone?

    /// Every name that `timeZone(_:)` knows, sorted.
    var identifiers: [String] { get }

    /// The release of the zone data, such as `2026f`; `unknown` where the data does not say.
    var version: String { get }
}
