/// Something in the database that is not as it should be.
public struct Fault: Codable, Hashable, Sendable {
    /// The table; 'file' where SQLite's own check found it, 'zones' while new zone data is being worked in.
    public var place: String
    public var number: Int?
    public var summary: String?
    /// What is wrong, in words.
    public var what: String
    /// Whether Check with 'rebuild' writes it anew from what people wrote.
    public var rebuildable: Bool

    public init(place: String, number: Int? = nil, summary: String? = nil, what: String, rebuildable: Bool) {
        self.place = place
        self.number = number
        self.summary = summary
        self.what = what
        self.rebuildable = rebuildable
    }
}
