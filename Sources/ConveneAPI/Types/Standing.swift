/// How a round stands. open: no date yet. skipped: its period goes without. merged: it became one with
/// another. The others as the statuses.
public enum Standing: String, Codable, Hashable, CaseIterable, Sendable {
    case open, proposed, possible, confirmed, postponed, cancelled, held, skipped, merged
}
