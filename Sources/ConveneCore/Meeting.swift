public import ZonedTime

/// What a person plans: one entry of the schedule, single or recurring.
public struct Meeting: Hashable, Sendable {
    /// A UUID unless imported; never changes.
    public let uid: String
    /// The short number that people type; never given out again.
    public let number: Int
    /// Counts the changes.
    public var revision: Int
    public var summary: String
    public var place: String?
    public var note: String?
    /// In the order of time, at least one; only a series has several.
    public var segments: [Segment]
    /// In the order of their recurrence ids.
    public var overrides: [Override]
    public var alarms: Alarms
    /// Present where it is held in rounds whose dates are agreed one by one.
    public var rounds: Rounds?
    /// Who meets, in the order in which they were named.
    public var sides: [Side]
    /// In the order in which they were given.
    public var answers: [Answer]
    /// How it hangs on others.
    public var relations: [Relation]
    /// In the order of their dates.
    public var notes: [DatedNote]
    /// Reminders that were put off, in the order in which they were.
    public var snoozes: [Snooze]

    public init(
        uid: String, number: Int, revision: Int = 1, summary: String, place: String? = nil, note: String? = nil,
        segments: [Segment], overrides: [Override] = [], alarms: Alarms = .standard, rounds: Rounds? = nil,
        sides: [Side] = [], answers: [Answer] = [], relations: [Relation] = [], notes: [DatedNote] = [],
        snoozes: [Snooze] = []
    ) {
        self.uid = uid
        self.number = number
        self.revision = revision
        self.summary = summary
        self.place = place
        self.note = note
        self.segments = segments
        self.overrides = overrides
        self.alarms = alarms
        self.rounds = rounds
        self.sides = sides
        self.answers = answers
        self.relations = relations
        self.notes = notes
        self.snoozes = snoozes
    }

    /// The same under a short number.
    public func numbered(_ number: Int) -> Meeting {
        Meeting(
            uid: uid, number: number, revision: revision, summary: summary, place: place, note: note,
            segments: segments, overrides: overrides, alarms: alarms, rounds: rounds, sides: sides, answers: answers,
            relations: relations, notes: notes, snoozes: snoozes)
    }

    /// The timing in force last: the one that a new occurrence would have.
    public var timing: Timing { segments[segments.count - 1].timing }

    /// How it stands now: what its last segment says.
    public var status: Status {
        get { segments[segments.count - 1].status }
        set { segments[segments.count - 1].status = newValue }
    }

    /// Whether it has a recurrence id: a rule, added dates, or more than one segment.
    public var isSeries: Bool {
        segments.count > 1 || segments.contains { $0.rule != nil || !$0.dates.isEmpty }
    }

    public func override(of recurrenceID: CivilDateTime) -> Override? {
        overrides.first { $0.recurrenceID == recurrenceID }
    }

    /// Changes what differs in one occurrence, and keeps the overrides in order.
    mutating func override(_ recurrenceID: CivilDateTime, _ change: (inout Override) -> Void) {
        if let index = overrides.firstIndex(where: { $0.recurrenceID == recurrenceID }) {
            change(&overrides[index])
        } else {
            var override = Override(recurrenceID)
            change(&override)
            let index = overrides.firstIndex { $0.recurrenceID > recurrenceID } ?? overrides.count
            overrides.insert(override, at: index)
        }
    }

    /// The limits of every text of a meeting, in Unicode scalars; a journal field stays below 4 KiB.
    public static let summaryLimit = 200
    public static let placeLimit = 200
    public static let noteLimit = 4_000

    /// Checks a text that a person gave: its length, and that protocol and journal can carry it.
    public static func check(_ text: String, field: String, limit: Int) throws(MeetingProblem) {
        if text.unicodeScalars.contains("\0") { throw .textWithNull(field: field) }
        if text.unicodeScalars.count > limit { throw .textTooLong(field: field, limit: limit) }
    }
}
