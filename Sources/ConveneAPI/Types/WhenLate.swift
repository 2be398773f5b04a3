/// What becomes of a reminder that cannot be said in time. keep: it is said late while it is of use, and else as missed.
/// drop: it is not said any more.
public enum WhenLate: String, Codable, Hashable, CaseIterable, Sendable {
    case keep, drop
}
