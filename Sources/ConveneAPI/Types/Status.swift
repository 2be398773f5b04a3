/// proposed: offered, not answered. possible: may take place (TENTATIVE). confirmed: agreed.
/// postponed: not on the old date, no new one yet. cancelled: will not take place.
/// held: has taken place.
public enum Status: String, Codable, Hashable, CaseIterable, Sendable {
    case proposed, possible, confirmed, postponed, cancelled, held
}
