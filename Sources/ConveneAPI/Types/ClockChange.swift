/// exact: the wall clock shows this time once. skipped: a clock change skips it, so the
/// meeting is that much later. repeated: it comes twice, the first is meant (RFC 5545 3.3.5).
public enum ClockChange: String, Codable, Hashable, CaseIterable, Sendable {
    case exact, skipped, repeated
}
