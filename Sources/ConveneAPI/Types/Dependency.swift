/// A possible meeting, and what it waits for.
public struct Dependency: Codable, Hashable, Sendable {
    public var occurrence: Occurrence
    /// The meeting that it depends on; it is to be decided once that is settled.
    public var on: Link

    public init(occurrence: Occurrence, on: Link) {
        self.occurrence = occurrence
        self.on = on
    }
}
