/// A time zone, and what people call the place of its clocks.
public struct NamedZone: Hashable, Sendable {
    /// The IANA name: `America/New_York`.
    public let identifier: String
    /// The place: `New York`.
    public let label: String

    public init(identifier: String, label: String) {
        self.identifier = identifier
        self.label = label
    }
}

/// What a typed name of a city or zone may mean.
public enum CityMatch: Hashable, Sendable {
    case one(NamedZone)
    /// There are several of that name. Each is found as the one it is by its identifier.
    case several([NamedZone])
    /// There is none; these names are spelled alike.
    case none(suggestions: [String])
}
