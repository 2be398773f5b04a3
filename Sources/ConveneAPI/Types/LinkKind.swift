/// How another meeting hangs together with this one. It is part of, on the sidelines of, after, or depends
/// on the other; or the other is its part, its sideline, its follower, or depends on it (decides).
public enum LinkKind: String, Codable, Hashable, CaseIterable, Sendable {
    case partOf, sidelines, after, dependsOn, part, sideline, follower, decides
}
