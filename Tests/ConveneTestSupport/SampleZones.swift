public import ZonedTime

/// A few zones of the vectors, read once: plain ones, and those whose clocks do something odd.
public struct SampleZones: TimeZoneSource {
    public static let shared = SampleZones()

    private let zones: [String: TimeZone]
    public let identifiers: [String]
    public let version = "2026f"

    private init() {
        let vectors = VectorZones()
        let names = [
            "UTC", "Asia/Tokyo", "Asia/Seoul", "America/New_York", "Europe/Berlin", "Europe/London",
            // Half an hour forth and back; a whole day left out in 2011; back for Ramadan; two hours at once.
            "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Antarctica/Troll",
        ]
        var zones: [String: TimeZone] = [:]
        for name in names { zones[name] = vectors.timeZone(name) }
        self.zones = zones
        identifiers = names.sorted()
    }

    public func timeZone(_ identifier: String) -> TimeZone? { zones[identifier] }
}

extension Instant {
    /// The instant at which a clock of a sample zone shows that reading: `"2026-03-29T02:30:00"`.
    public static func at(_ reading: String, _ zone: String = "UTC") -> Instant {
        let zone = SampleZones.shared.timeZone(zone) ?? .utc
        return zone.instant(of: .at(reading))
    }
}

extension CivilDateTime {
    /// A reading of a test, such as `"2026-03-29T02:30:00"`; the earliest of all where the text is none.
    public static func at(_ text: String) -> CivilDateTime {
        CivilDateTime(iso8601: text) ?? .min
    }
}
