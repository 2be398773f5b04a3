public import ZonedTime

/// How a meeting, or a round of talks, stands; a round knows more ways than a status has.
public enum Standing: String, Hashable, CaseIterable, Sendable {
    /// A round without a date.
    case open
    case proposed, possible, confirmed, postponed, cancelled, held
    /// A round that its period goes without.
    case skipped
    /// A round that became one with another.
    case merged

    public init(_ status: Status) {
        switch status {
        case .proposed: self = .proposed
        case .possible: self = .possible
        case .confirmed: self = .confirmed
        case .postponed: self = .postponed
        case .cancelled: self = .cancelled
        case .held: self = .held
        }
    }

    /// Whether what depends on a meeting that stands so is to be decided: it is known what became of it, or that it has no
    /// date for now.
    public var isToDecideOn: Bool { !isOwed || self == .postponed }

    /// Whether a round that stands so is still owed.
    public var isOwed: Bool {
        switch self {
        case .open, .proposed, .possible, .confirmed, .postponed: true
        case .cancelled, .held, .skipped, .merged: false
        }
    }

    /// As people read it.
    public var words: String { self == .open ? "no date yet" : rawValue }
}

/// How a date stands that something hangs on; `nil` is one that the series has no more.
extension Standing? {
    /// Whether what depends on it is to be decided.
    public var isToDecideOn: Bool { self?.isToDecideOn ?? true }

    /// As people read it.
    public var words: String { self?.words ?? "gone" }
}

extension Meeting {
    /// How the meeting, or one date of it, stands; `nil` where the series has no such date any more.
    public func standing(
        ofDate recurrenceID: CivilDateTime?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> Standing? {
        try occurrence(of: recurrenceID, in: zones).map { standing(of: $0) }
    }
}

/// What can be done about a date.
public enum Act: String, Hashable, CaseIterable, Sendable {
    case propose, consider, fix, confirm, decline, move, postpone, merge, skip, cancel, hold

    /// From which standings each act is possible.
    ///
    /// This table is the only place that decides it. What was held stays held: the past stays.
    private static let possible: [Act: Set<Standing>] = [
        .propose: [.open, .proposed, .possible, .confirmed, .postponed, .cancelled],
        .consider: [.open, .proposed, .possible, .confirmed, .postponed, .cancelled],
        .fix: [.open, .proposed, .possible, .confirmed, .postponed, .cancelled],
        .confirm: [.proposed, .possible, .confirmed, .postponed, .cancelled],
        .decline: [.proposed, .possible, .confirmed],
        .move: [.proposed, .possible, .confirmed, .postponed, .cancelled],
        .postpone: [.open, .proposed, .possible, .confirmed, .postponed, .cancelled],
        .merge: [.open, .proposed, .possible, .confirmed, .postponed],
        .skip: [.open, .proposed, .possible, .confirmed, .postponed],
        .cancel: [.open, .proposed, .possible, .confirmed, .postponed, .cancelled],
        .hold: [.proposed, .possible, .confirmed],
    ]

    public func isPossible(from standing: Standing) -> Bool {
        Act.possible[self]?.contains(standing) ?? false
    }

    /// The act that gives a status.
    init(giving status: Status) {
        switch status {
        case .proposed: self = .propose
        case .possible: self = .consider
        case .confirmed: self = .confirm
        case .postponed: self = .postpone
        case .cancelled: self = .cancel
        case .held: self = .hold
        }
    }

    /// What stands behind 'cannot be': `proposed`, `marked as held`.
    public var participle: String {
        switch self {
        case .propose: "proposed"
        case .consider: "possible"
        case .fix: "fixed"
        case .confirm: "confirmed"
        case .decline: "declined"
        case .move: "moved"
        case .postpone: "postponed"
        case .merge: "merged"
        case .skip: "skipped"
        case .cancel: "cancelled"
        case .hold: "marked as held"
        }
    }
}
