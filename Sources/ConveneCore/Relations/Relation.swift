public import ZonedTime

/// How a meeting hangs on another.
public struct Relation: Hashable, Sendable {
    public enum Kind: String, Hashable, CaseIterable, Sendable {
        /// Inside the other: an item of its programme.
        case partOf
        /// On the occasion of the other.
        case sidelines
        /// Begins when the other ends, and moves with it.
        case after
        /// Takes place only if the other is held.
        case dependsOn
    }

    public let kind: Kind
    /// The short number of the other.
    public let target: Int
    /// Which occurrence of it; `nil` for a single meeting.
    public let recurrenceID: CivilDateTime?

    public init(_ kind: Kind, target: Int, recurrenceID: CivilDateTime? = nil) {
        self.kind = kind
        self.target = target
        self.recurrenceID = recurrenceID
    }
}

/// What was noted on a day: a background event, a word on the phone.
public struct DatedNote: Hashable, Sendable {
    public let date: CivilDate
    public let text: String
    /// Of which occurrence; `nil` for the whole.
    public let recurrenceID: CivilDateTime?

    public init(date: CivilDate, text: String, recurrenceID: CivilDateTime? = nil) {
        self.date = date
        self.text = text
        self.recurrenceID = recurrenceID
    }
}

extension Meeting {
    /// Whether it is possible, and waits for another to be held.
    public var awaits: Bool {
        status == .possible && relations.contains { $0.kind == .dependsOn }
    }
}
