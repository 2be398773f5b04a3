/// A span on one wall clock.
public struct Span: Codable, Hashable, Sendable {
    /// Date or date-time.
    public var start: String
    /// Date (included) or date-time.
    public var end: String
    /// IANA zone of that wall clock.
    public var zone: String
    /// What people call the place of that clock: Tokyo, Geneva.
    public var city: String?

    public init(start: String, end: String, zone: String, city: String? = nil) {
        self.start = start
        self.end = end
        self.zone = zone
        self.city = city
    }
}
