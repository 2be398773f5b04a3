public import ZonedTime

/// One round as it stands at a moment.
public struct Round: Hashable, Sendable {
    /// The first day of its period: its recurrence id.
    public let period: CivilDateTime
    public let name: PeriodName
    public let standing: Standing
    public let number: Int?
    /// The actual host, or whose turn it will be.
    public let host: Party?
    public let occurrence: Occurrence
    public let reason: String?
    /// The period with whose round it became one, or into which it was postponed.
    public let into: CivilDateTime?
    public let intoName: PeriodName?

    public var hasDate: Bool { occurrence.timing.form != .window }
}

/// The rounds of one series at a moment: who hosts, what is owed, what they are called.
///
/// The turn passes when a round is held, to the one after its actual host. From there on it goes on through what
/// is still owed, in the order of the periods. An open round whose period is over keeps no turn from the others.
public struct RoundPlan {
    /// At most so many periods are walked through.
    private static let reach = 600

    public let meeting: Meeting
    public let rounds: Rounds
    private let zones: any TimeZoneSource
    private let periods: RoundPeriods
    /// The first day, as a recurrence id, of the period in which the moment lies, or the first that there is.
    public let current: CivilDateTime
    /// Where the turns are counted from.
    private let start: CivilDateTime
    private let turn: Int

    /// `nil` where the meeting has no rounds.
    public init?(_ meeting: Meeting, at now: Instant, in zones: any TimeZoneSource) throws(MeetingProblem) {
        guard let rounds = meeting.rounds else { return nil }
        self.meeting = meeting
        self.rounds = rounds
        self.zones = zones
        let zone = try zones.zone(named: meeting.timing.zone)
        let periods = RoundPeriods(meeting, rounds)
        self.periods = periods
        current = periods.holding(zone.reading(at: now).date) ?? periods.first ?? meeting.timing.start
        let held = meeting.overrides.filter { $0.status == .held }
        let last = held.max { ($0.timing?.start ?? $0.recurrenceID) < ($1.timing?.start ?? $1.recurrenceID) }
        turn = rounds.position(after: last.flatMap { rounds.record(of: $0.recurrenceID)?.host })
        let unsettled = meeting.overrides.first { override in
            override.timing != nil && override.status != .held && override.status != .cancelled
        }
        start = min(current, unsettled?.recurrenceID ?? current)
    }

    /// The round of a period, or `nil` if the series has no such period.
    public func round(_ period: CivilDateTime) throws(MeetingProblem) -> Round? {
        guard periods.contains(period) else { return nil }
        if period < start { return try round(period, turn: nil) }
        return try walk(from: start) { $0.period >= period }.last { $0.period == period }
    }

    /// The rounds from a period on, at most `limit`.
    public func rounds(from first: CivilDateTime, limit: Int) throws(MeetingProblem) -> [Round] {
        var found: [Round] = []
        var period = periods.next(onOrAfter: first)
        while let before = period, before < start, found.count < limit {
            if let round = try round(before, turn: nil) { found.append(round) }
            period = periods.next(after: before)
        }
        guard found.count < limit else { return found }
        var counted = 0
        let more = try walk(from: start) { round in
            if round.period >= first { counted += 1 }
            return counted >= limit - found.count
        }
        return found + more.filter { $0.period >= first }
    }

    /// What is owed, from what is left of before on; the first is what people mean when they say the name alone.
    public func owed(limit: Int) throws(MeetingProblem) -> [Round] {
        var found: [Round] = []
        // An open round of the period before can still be postponed or skipped.
        if let previous = periods.previous(before: start), let round = try round(previous, turn: nil),
            round.standing == .open
        {
            found.append(round)
        }
        var counted = found.count
        let more = try walk(from: start) { round in
            if round.standing.isOwed { counted += 1 }
            return counted >= limit
        }
        return found + more.filter { $0.standing.isOwed && ($0.period >= current || $0.standing != .open) }
    }

    /// The period of the first open round from the present period on: lists leave out those behind it.
    public func firstOpen() throws(MeetingProblem) -> CivilDateTime? {
        try walk(from: start) { $0.standing == .open && $0.period >= current }
            .first { $0.standing == .open && $0.period >= current }?.period
    }

    /// The round of that number: given, or the one that is given it next.
    public func round(number: Int) throws(MeetingProblem) -> Round? {
        if let record = rounds.records.first(where: { $0.number == number }) { return try round(record.period) }
        guard number == rounds.nextNumber else { return nil }
        return try owed(limit: rounds.records.count + 2).first { $0.number == nil }
    }

    /// The first day of the first period; `nil` where there is none.
    public var first: CivilDateTime? { periods.first }

    /// The first days of the periods that begin so many days around a date, in order.
    public func periods(within days: Int, of date: CivilDate) -> [CivilDateTime] {
        guard let first = date.advanced(byDays: -days), let last = date.advanced(byDays: days) else { return [] }
        var found: [CivilDateTime] = []
        var next = periods.next(onOrAfter: CivilDateTime(first, .midnight))
        while let period = next, period.date <= last {
            found.append(period)
            next = periods.next(after: period)
        }
        return found
    }

    /// What a period is called.
    public func name(of period: CivilDateTime) -> PeriodName { periods.name(of: period) }

    /// The first day of the period after a period.
    public func next(after period: CivilDateTime) -> CivilDateTime? { periods.next(after: period) }

    /// The first day of the period before a period.
    public func previous(before period: CivilDateTime) -> CivilDateTime? { periods.previous(before: period) }

    /// The period that holds a date, or `nil` before the first.
    public func period(holding date: CivilDate) -> CivilDateTime? {
        periods.holding(date)
    }

    // MARK: Walking

    private func walk(from first: CivilDateTime, until isEnough: (Round) -> Bool) throws(MeetingProblem) -> [Round] {
        var found: [Round] = []
        var turn = turn
        var period = periods.next(onOrAfter: first)
        while let present = period, found.count < RoundPlan.reach {
            guard let round = try round(present, turn: turn) else { break }
            found.append(round)
            if round.standing.isOwed, !(round.standing == .open && round.period < current) {
                turn = rounds.position(after: round.host?.name)
            }
            if isEnough(round) { break }
            period = periods.next(after: present)
        }
        return found
    }

    private func round(_ period: CivilDateTime, turn: Int?) throws(MeetingProblem) -> Round? {
        guard let occurrence = try meeting.occurrence(of: period, in: zones) else { return nil }
        let record = rounds.record(of: period)
        let standing = meeting.standing(of: occurrence)
        let inTurn = turn.flatMap { rounds.hosts.indices.contains($0) ? rounds.hosts[$0] : nil }
        let isOver = standing == .open && period < current
        let actual = record?.host.map { host in rounds.hosts.first { $0.isCalled(host) } ?? Party(name: host) }
        var into: CivilDateTime?
        if case .merged(let other) = record?.ending { into = other }
        if standing == .postponed { into = self.period(holding: occurrence.timing.start.date) }
        return Round(
            period: period, name: periods.name(of: period), standing: standing, number: record?.number,
            host: actual ?? (standing.isOwed && !isOver ? inTurn : nil), occurrence: occurrence,
            reason: record?.reason, into: into, intoName: into.map(periods.name))
    }
}

extension Meeting {
    /// How an occurrence stands: its status, or what only a round can be.
    public func standing(of occurrence: Occurrence) -> Standing {
        guard let rounds, let period = occurrence.recurrenceID else { return Standing(occurrence.status) }
        switch rounds.record(of: period)?.ending {
        case .skipped: return .skipped
        case .merged: return .merged
        case nil: break
        }
        let isOpen = occurrence.timing.form == .window && occurrence.status == .possible
        return isOpen && override(of: period)?.timing == nil ? .open : Standing(occurrence.status)
    }
}
