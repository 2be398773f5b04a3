/// A change of a zone's clocks: of their offset, or only of the name or the daylight flag of it.
public struct Transition: Hashable, Sendable {
    /// The first instant at which `after` holds.
    public let instant: Instant
    /// What the clocks followed until then.
    public let before: LocalTimeType
    /// What they follow from then on.
    public let after: LocalTimeType

    package init(instant: Instant, before: LocalTimeType, after: LocalTimeType) {
        self.instant = instant
        self.before = before
        self.after = after
    }
}
