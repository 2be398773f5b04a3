/// A country or organisation.
public struct Party: Codable, Hashable, Sendable {
    public var name: String
    /// Its seat; absent where it is not known.
    public var city: String?
    public var zone: String?

    public init(name: String, city: String? = nil, zone: String? = nil) {
        self.name = name
        self.city = city
        self.zone = zone
    }
}
