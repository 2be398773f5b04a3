/// Which offsets a wall-clock reading may stand for in one time zone.
///
/// Nearly always there is exactly one. Around a clock change there may be
/// two (the hour is repeated) or none (the hour is skipped).
public enum OffsetResolution: Hashable, Sendable {
    case unique(Offset)
    case gap(before: Offset, after: Offset)
    case fold(before: Offset, after: Offset)

    /// The offset that RFC 5545 §3.3.5 prescribes.
    ///
    /// In a fold it takes the first of the two readings. In a gap it keeps
    /// counting with the offset from before the change, so 02:30 becomes 03:30.
    /// Both come to the same: the offset before.
    public var calendarOffset: Offset {
        switch self {
        case .unique(let offset): offset
        case .gap(let before, _), .fold(let before, _): before
        }
    }
}
