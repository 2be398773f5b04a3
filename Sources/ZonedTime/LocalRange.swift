/// A stretch of wall-clock readings that all have one and the same offset in a zone.
///
/// Who converts many readings keeps the last range: nearly always the next reading lies in it too, and
/// two comparisons replace the search (`TimeZone.instant(of:remembering:)`).
public struct LocalRange: Hashable, Sendable {
    /// Seconds on the wall clock since 1970-01-01T00:00:00, the first that belongs to the range.
    let lower: Int64
    /// The first that no longer does.
    let upper: Int64
    /// The offset that all of them have.
    public let offset: Offset

    /// Contains no reading: the value to begin with.
    public static let empty = LocalRange(lower: 0, upper: 0, offset: .utc)

    /// Whether the reading lies in the range, and so has its offset.
    public func contains(_ reading: CivilDateTime) -> Bool {
        lower <= reading.secondsSinceEpoch && reading.secondsSinceEpoch < upper
    }
}
