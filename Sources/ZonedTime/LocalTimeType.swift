/// What the clocks of a zone follow for a stretch of time (RFC 9636 calls it so too).
public struct LocalTimeType: Hashable, Sendable {
    /// How far the clocks are ahead of UTC.
    public let offset: Offset
    /// What the zone data says; Dublin, for one, has "daylight saving" of minus an hour in winter.
    public let isDaylightSaving: Bool
    /// `JST`, `CEST`, or `+0530` where the tz database knows no name.
    public let abbreviation: String

    /// Creates the type from what a zone file says of it.
    public init(offset: Offset, isDaylightSaving: Bool, abbreviation: String) {
        self.offset = offset
        self.isDaylightSaving = isDaylightSaving
        self.abbreviation = abbreviation
    }
}
