public import ZonedTime

// What can be done with a date that is agreed step by step. Each change is a pure function of the meeting.
extension Meeting {
    /// Offers a date. What was answered to another one does not count for it.
    ///
    /// - Parameters:
    ///   - host: who hosts this round, where it is another than the one whose turn it is.
    ///   - own: the party that offers it, and so agrees.
    public mutating func propose(
        _ recurrenceID: CivilDateTime?, at timing: Timing, host: Party?, own: String?, now: Instant,
        in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        try Meeting.check(timing, in: zones)
        try allow(.propose, recurrenceID, in: zones)
        try take(host, for: recurrenceID, now: now, in: zones)
        place(timing, .proposed, at: recurrenceID)
        forgetYes(to: recurrenceID)
        if let own {
            answers.append(Answer(recurrenceID: recurrenceID, party: own, isYes: true, timing: timing))
        }
    }

    /// Sets a date that is agreed; a round is given its number then.
    public mutating func fix(
        _ recurrenceID: CivilDateTime?, at timing: Timing, host: Party?, now: Instant, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        try Meeting.check(timing, in: zones)
        try allow(.fix, recurrenceID, in: zones)
        try take(host, for: recurrenceID, now: now, in: zones)
        place(timing, .confirmed, at: recurrenceID)
        // It is agreed by all at once: who had said yes before is no news.
        forgetYes(to: recurrenceID)
        number(recurrenceID)
    }

    /// Records a party's yes; once all have said yes, the date is agreed. With no party, everyone has.
    ///
    /// - Parameter timing: another hour that goes with the answer.
    /// - Returns: whether it is agreed now.
    @discardableResult
    public mutating func confirm(
        _ recurrenceID: CivilDateTime?, by party: String?, at timing: Timing?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) -> Bool {
        let before = try allow(.confirm, recurrenceID, in: zones)
        let timing = timing ?? before.timing
        try Meeting.check(timing, in: zones)
        guard rounds == nil || timing.form != .window else { throw .noDateYet }
        if let party {
            answers.removeAll { $0.recurrenceID == recurrenceID && $0.isYes && Party.isSame($0.party, party) }
            answers.append(Answer(recurrenceID: recurrenceID, party: party, isYes: true, timing: timing))
        } else {
            forgetYes(to: recurrenceID)
        }
        let isAgreed = party == nil || unanswered(of: recurrenceID).isEmpty
        let status: Status = isAgreed ? .confirmed : before.status == .possible ? .possible : .proposed
        // A window that is confirmed has no date yet; the rest has been settled with it.
        place(timing, status, at: recurrenceID)
        if isAgreed { number(recurrenceID) }
        return isAgreed
    }

    /// Records a party's no: the date is off, and a round is open again.
    public mutating func decline(
        _ recurrenceID: CivilDateTime?, by party: String, reason: String?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        let before = try allow(.decline, recurrenceID, in: zones)
        forgetYes(to: recurrenceID)
        answers.append(
            Answer(recurrenceID: recurrenceID, party: party, isYes: false, reason: reason, timing: before.timing))
        guard let recurrenceID, rounds != nil else {
            place(before.timing, .postponed, at: recurrenceID)
            return
        }
        open(recurrenceID)
    }

    /// Puts a round off into another period, or a meeting off its date.
    ///
    /// - Parameter window: where it is to take place instead.
    public mutating func postpone(
        _ recurrenceID: CivilDateTime?, into window: Timing?, reason: String?, now: Instant,
        in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        let before = try allow(.postpone, recurrenceID, in: zones)
        if let window { try Meeting.check(window, in: zones) }
        try take(nil, for: recurrenceID, now: now, in: zones)
        forgetYes(to: recurrenceID)
        place(window ?? before.timing, .postponed, at: recurrenceID)
        if let recurrenceID { rounds?.record(recurrenceID) { $0.reason = reason } }
    }

    /// Lets a period go without its round.
    public mutating func skip(
        _ period: CivilDateTime, reason: String?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        try allow(.skip, period, in: zones)
        end(period, .skipped, reason: reason)
    }

    /// Makes one round of two: that of `period` is held as that of `other`, on its date where the other has none.
    public mutating func merge(
        _ period: CivilDateTime, into other: CivilDateTime, reason: String?, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        guard period != other else { throw .mergedWithItself }
        let own = try allow(.merge, period, in: zones)
        let kept = try allow(.merge, other, in: zones)
        let record = rounds?.record(of: period)
        if kept.timing.form == .window, own.timing.form != .window {
            place(own.timing, own.status, at: other)
            answers += answers.filter { $0.recurrenceID == period && $0.isYes }.map {
                Answer(recurrenceID: other, party: $0.party, isYes: true, reason: $0.reason, timing: $0.timing)
            }
            rounds?.record(other) { $0.host = record?.host }
        }
        end(period, .merged(into: other), reason: reason)
        rounds?.record(other) { $0.number = $0.number ?? record?.number }
    }

    // MARK: Parts

    /// Checks that an act is possible, and gives the occurrence as it is before.
    @discardableResult
    func allow(_ act: Act, _ recurrenceID: CivilDateTime?, in zones: any TimeZoneSource) throws(MeetingProblem)
        -> Occurrence
    {
        guard let occurrence = try occurrence(of: recurrenceID, in: zones) else {
            guard let recurrenceID else { throw .occurrenceRequired }
            throw .noSuchOccurrence(recurrenceID)
        }
        let standing = standing(of: occurrence)
        guard act.isPossible(from: standing) else {
            throw .notPossible(act, standing, of: periodName(of: recurrenceID))
        }
        return occurrence
    }

    /// Notes who hosts a round, once it has a date.
    private mutating func take(
        _ host: Party?, for recurrenceID: CivilDateTime?, now: Instant, in zones: any TimeZoneSource
    ) throws(MeetingProblem) {
        guard let recurrenceID, rounds != nil else { return }
        let inTurn = try RoundPlan(self, at: now, in: zones)?.round(recurrenceID)?.host
        rounds?.record(recurrenceID) { record in
            record.host = host?.name ?? record.host ?? inTurn?.name
            record.ending = nil
            record.reason = nil
        }
    }

    private mutating func place(_ timing: Timing, _ status: Status, at recurrenceID: CivilDateTime?) {
        guard let recurrenceID else {
            segments[0].timing = timing
            segments[0].status = status
            return
        }
        override(recurrenceID) {
            $0.timing = timing
            $0.status = status
        }
    }

    /// Gives a round its number, where it has none.
    mutating func number(_ recurrenceID: CivilDateTime?) {
        guard let recurrenceID, let next = rounds?.nextNumber else { return }
        rounds?.record(recurrenceID) { $0.number = $0.number ?? next }
    }

    /// Takes the date from a round; its number stays, and whoever's turn it is hosts.
    private mutating func open(_ period: CivilDateTime) {
        override(period) {
            $0.timing = nil
            $0.status = nil
        }
        overrides.removeAll { $0 == Override($0.recurrenceID) }
        rounds?.record(period) { $0.host = nil }
    }

    private mutating func end(_ period: CivilDateTime, _ ending: RoundRecord.Ending, reason: String?) {
        override(period) {
            $0.timing = nil
            $0.status = .cancelled
        }
        forgetYes(to: period)
        rounds?.record(period) { record in
            record.ending = ending
            record.reason = reason
            record.number = nil
            record.host = nil
        }
    }
}

// Answers.
extension Meeting {
    /// The parties whose answer counts, in the order in which they were named.
    public var parties: [Party] {
        let sides = sides.compactMap(\.party)
        guard sides.isEmpty else { return sides.uniqued }
        return rounds?.hosts.uniqued ?? []
    }

    /// Whoever said yes did so to another date, or need not be asked any more.
    mutating func forgetYes(to recurrenceID: CivilDateTime?) {
        answers.removeAll { $0.recurrenceID == recurrenceID && $0.isYes }
    }

    /// Those that have not said yes to the present date.
    public func unanswered(of recurrenceID: CivilDateTime?) -> [Party] {
        let yes = answers.filter { $0.recurrenceID == recurrenceID && $0.isYes }
        return parties.filter { party in !yes.contains { party.isCalled($0.party) } }
    }

    /// The dates that were declined, in the order in which they were.
    public func declined(_ recurrenceID: CivilDateTime?) -> [Answer] {
        answers.filter { $0.recurrenceID == recurrenceID && !$0.isYes }
    }

    /// The party of that name or seat, or `nil`.
    public func party(called name: String) -> Party? {
        parties.first { $0.isCalled(name) } ?? rounds?.hosts.first { $0.isCalled(name) }
    }
}

extension [Party] {
    fileprivate var uniqued: [Party] {
        reduce(into: []) { parties, party in
            if !parties.contains(where: { $0.isCalled(party.name) }) { parties.append(party) }
        }
    }
}
