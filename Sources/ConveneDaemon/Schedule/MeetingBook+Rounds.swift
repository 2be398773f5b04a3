import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

typealias CoreRound = ConveneCore.Round

// Dates that are agreed step by step: offered, answered, fixed, put off.
extension MeetingBook {
    func propose(_ request: Propose.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: request.revision, desk) { target, meeting in
            let date = try dateOfRound(target, request.when, act: .propose, host: request.host, request.duration, desk)
            let before = try meeting.occurrence(of: date.recurrenceID, in: zones)
            let own = try request.by.map { try namedParty($0, of: meeting, desk).name } ?? ownParty(of: meeting, desk)
            try meeting.propose(
                date.recurrenceID, at: date.timing, host: date.host, own: own, now: desk.now, in: zones)
            return Outcome(
                verb: "propose", what: what(before, date.timing), recurrenceID: date.recurrenceID,
                before: meeting.rounds == nil ? before : nil,
                warnings: try doubts(of: meeting, date.recurrenceID, date.timing, desk))
        }
    }

    func fix(_ request: Fix.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: request.revision, desk) { target, meeting in
            if meeting.rounds == nil { try requireOneOrAll(target, all: false, desk) }
            let date = try dateOfRound(target, request.when, act: .fix, host: request.host, request.duration, desk)
            let before = try meeting.occurrence(of: date.recurrenceID, in: zones)
            if let before, before.timing.form == .window, !(request.outsideWindow ?? false) {
                let first = before.timing.start.date
                guard date.timing.start.date >= first, date.timing.lastDayOfAny <= before.timing.lastDay else {
                    throw MeetingProblem.outsideWindow(
                        first: first, last: before.timing.lastDay, of: meeting.periodName(of: date.recurrenceID))
                }
            }
            try meeting.fix(date.recurrenceID, at: date.timing, host: date.host, now: desk.now, in: zones)
            return Outcome(
                verb: "fix", what: what(before, date.timing), recurrenceID: date.recurrenceID,
                before: meeting.rounds == nil ? before : nil,
                warnings: try doubts(of: meeting, date.recurrenceID, date.timing, desk))
        }
    }

    /// What is worth a second look about a date that is offered or fixed: one that was declined, or of another period.
    private func doubts(
        of meeting: CoreMeeting, _ recurrenceID: CivilDateTime?, _ timing: Timing, _ desk: Desk
    ) throws -> [String] {
        let day = timing.start.date
        var doubts: [String] = []
        if let answer = meeting.declined(recurrenceID).last(where: { $0.timing.start.date == day }) {
            doubts.append(
                "\(answer.party) declined \(NotificationMessage.day(day))\(answer.reason.map { ": \($0)" } ?? ".")")
        }
        if let recurrenceID, let plan = try RoundPlan(meeting, at: desk.now, in: zones),
            let round = try plan.round(recurrenceID), plan.period(holding: day) != recurrenceID, round.into == nil
        {
            doubts.append(
                "\(NotificationMessage.day(day)) lies outside \(round.name.words(knowing: desk.today.year)), whose round it is."
            )
        }
        return doubts
    }

    func confirm(_ request: Confirm.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: request.revision, desk) { target, meeting in
            if meeting.isSeries, meeting.rounds == nil, request.at == nil, request.by == nil, !target.namesDate {
                let before = try status(target)
                try meeting.setStatus(.confirmed, of: nil, at: desk.now, in: zones)
                return Outcome(verb: "confirm", what: "\(before.rawValue) → confirmed", recurrenceID: nil)
            }
            if meeting.rounds == nil { try requireOneOrAll(target, all: false, desk) }
            let recurrenceID = try meantRound(of: target, for: .confirm, desk)
            guard let before = try meeting.occurrence(of: recurrenceID, in: zones) else {
                throw MeetingProblem.occurrenceRequired
            }
            var timing = try request.at.map { at in
                try newTiming(at, request.duration, instead: before.timing, desk)
            }
            if timing == nil, let text = request.duration {
                let length = try reading("duration") { try DurationPhrase.parse(text) }
                timing = try before.timing.changed(length: length, place: nil)
            }
            let party = try request.by.map { try namedParty($0, of: meeting, desk).name }
            let isAgreed = try meeting.confirm(recurrenceID, by: party, at: timing, in: zones)
            let status = "\(before.status.rawValue) → \(isAgreed ? "confirmed" : "\(party ?? "all") yes")"
            let dates = request.at == nil ? nil : timing.map { $0.words(instead: before.timing) }
            let answer = party.map { ", answer of \($0)" } ?? ""
            return Outcome(
                verb: "confirm", what: (dates ?? status) + answer, recurrenceID: recurrenceID,
                before: meeting.rounds == nil && timing != nil && party == nil ? before : nil)
        }
    }

    func decline(_ request: Decline.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: request.revision, desk) { target, meeting in
            let recurrenceID = try meantRound(of: target, for: .decline, desk)
            let before = try meeting.occurrence(of: recurrenceID, in: zones)
            let party = try namedParty(request.by, of: meeting, desk).name
            let reason = try checked(request.reason)
            try meeting.decline(recurrenceID, by: party, reason: reason, in: zones)
            let date = before?.timing.words ?? ""
            return Outcome(
                verb: "decline", what: "\(date) declined by \(party)\(because(reason))", recurrenceID: recurrenceID)
        }
    }

    func postpone(_ request: Postpone.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: request.revision, desk) { target, meeting in
            let reason = try checked(request.reason)
            let recurrenceID = try meantRound(of: target, for: .postpone, desk)
            guard let before = try meeting.occurrence(of: recurrenceID, in: zones) else {
                throw MeetingProblem.occurrenceRequired
            }
            guard let plan = try RoundPlan(meeting, at: desk.now, in: zones), let period = recurrenceID else {
                let window = try request.into.map { into in
                    try newTiming("some day \(into)", nil, instead: before.timing, desk)
                }
                try meeting.postpone(recurrenceID, into: window, reason: reason, now: desk.now, in: zones)
                return Outcome(
                    verb: "postpone", what: "\(before.timing.words) postponed\(because(reason))",
                    recurrenceID: recurrenceID)
            }
            let into = try request.into.map { try Reference.period($0, of: plan, desk) } ?? plan.next(after: period)
            guard let into, into != period else { throw MeetingProblem.mergedWithItself }
            guard let last = plan.next(after: into)?.date.advanced(byDays: -1),
                let window = Timing(
                    .window, first: into.date, last: last, zone: meeting.timing.zone, city: before.timing.city)
            else { throw MeetingProblem.seriesIsOver }
            try meeting.postpone(period, into: window, reason: reason, now: desk.now, in: zones)
            let year = desk.today.year
            let name = plan.name(of: into)
            let after = try RoundPlan(meeting, at: desk.now, in: zones)?.owed(limit: 24) ?? []
            let others = after.filter { $0.period == into || $0.into == into }
            var warnings: [String] = []
            if others.count > 1 {
                let series = target.reference.prefix { $0 != "#" }
                warnings.append(
                    "\(name.words(knowing: year)) now owes \(others.count == 2 ? "two" : "\(others.count)") rounds. "
                        + "To make it one: convene merge \(series) \(name.short(on: desk.today))")
            }
            return Outcome(
                verb: "postpone", what: "postponed into \(name.words(knowing: year))\(because(reason))",
                recurrenceID: period, warnings: warnings)
        }
    }

    func merge(_ request: Merge.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: request.revision, desk) { target, meeting in
            guard let plan = try RoundPlan(meeting, at: desk.now, in: zones) else { throw MeetingProblem.noRounds }
            guard let other = try Reference.period(request.other, of: plan, desk) else {
                throw ScheduleError.noSuchOccurrence(reference: target.reference, date: request.other, nearest: [])
            }
            // Named alone, the series means what was postponed into that period, else what is owed first.
            let owed = try plan.owed(limit: 24)
            let period =
                target.recurrenceID ?? owed.first { $0.into == other }?.period
                ?? owed.first { $0.period != other }?.period
            guard let period else { throw MeetingProblem.mergedWithItself }
            let reason = try checked(request.reason)
            let dates = try [period, other].map { try plan.round($0) }
            let isOff = dates.allSatisfy { $0?.hasDate ?? false }
            try meeting.merge(period, into: other, reason: reason, in: zones)
            let year = desk.today.year
            let names = [period, other].map { plan.name(of: $0).words(knowing: year) }
            return Outcome(
                verb: "merge", what: "\(names[0]) held with \(names[1])\(because(reason))", recurrenceID: other,
                remarks: ["\(names[0]) and \(names[1]) are one round now."]
                    + (isOff ? dates.prefix(1).compactMap { $0.map { "\($0.occurrence.timing.words) is off." } } : []))
        }
    }

    func skip(_ request: Skip.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: request.revision, desk) { target, meeting in
            guard meeting.rounds != nil else { throw MeetingProblem.noRounds }
            guard let period = try meantRound(of: target, for: .skip, desk) else { throw MeetingProblem.noRounds }
            let reason = try checked(request.reason)
            try meeting.skip(period, reason: reason, in: zones)
            return Outcome(
                verb: "skip", what: "skipped\(because(reason))", recurrenceID: period)
        }
    }

    // MARK: The track record

    func rounds(_ request: GetRounds.Parameters, _ desk: Desk) async throws -> GetRounds.Reply {
        let facts = facts(desk)
        let limit = min(max(1, request.limit ?? 24), 200)
        return try await store.read { view in
            let meeting = try find(request.reference, revision: nil, desk, in: view).meeting
            guard let plan = try RoundPlan(meeting, at: desk.now, in: zones) else {
                throw ScheduleError(MeetingProblem.noRounds, number: meeting.number, summary: meeting.summary)
            }
            let ahead = try plan.owed(limit: 12)
            // Up to what is owed next, and into which something was put off.
            let last = ahead.compactMap(\.into).max() ?? ahead.first { $0.standing == .open }?.period ?? plan.current
            let first = plan.first ?? meeting.timing.start
            let all = try plan.rounds(from: max(first, plan.start(showing: limit, upTo: last)), limit: limit)
            let shown = all.filter { $0.period <= last || $0.standing != .open }
            let held = meeting.overrides.filter { $0.status == .held }
            let met = held.compactMap { $0.timing?.start.date }.filter { $0 <= desk.today }
            let today = desk.today
            let firstHeld = try shown.first { round in
                try round.standing == .held && firstMeeting(at: round.occurrence, of: meeting, view) != nil
            }
            return GetRounds.Reply(
                meeting: facts.meeting(meeting),
                rounds: try shown.map { try facts.occurrence($0.occurrence, of: meeting) }, held: held.count,
                lastMetDaysAgo: met.max().map { today.days(since: $0) }, nextHost: ahead.first?.host?.name,
                notes: meeting.notes.map(facts.note), first: firstHeld?.period.iso8601)
        }
    }

    // MARK: Which round, which date

    /// The occurrence that an act is about: the one named; of rounds else the one that is meant by the name alone.
    func meantRound(of target: Target, for act: Act, on date: CivilDate? = nil, _ desk: Desk) throws -> CivilDateTime? {
        if target.namesDate { return target.recurrenceID }
        guard let plan = try RoundPlan(target.meeting, at: desk.now, in: zones) else { return target.recurrenceID }
        let owed = try plan.owed(limit: 24)
        let undated = owed.filter { !$0.hasDate || $0.standing == .proposed }
        /// The round in whose own period a date lies.
        func dated(_ date: CivilDate?) -> CoreRound? {
            date.flatMap { date in owed.first { $0.hasDate && plan.window(of: $0).contains(date) } }
        }
        let found: CoreRound?
        switch act {
        case .fix:
            // A day that is agreed is given its hour; what has no date comes before what has one on another day.
            let hourOpen = owed.filter { $0.occurrence.timing.form == .hourOpen }
            found =
                hourOpen.first { $0.occurrence.timing.start.date == date }
                ?? (undated + hourOpen).first { one in date.map { plan.window(of: one).contains($0) } ?? true }
                ?? dated(date) ?? undated.first
        case .propose, .consider:
            found =
                undated.first { one in date.map { plan.window(of: one).contains($0) } ?? true } ?? dated(date)
                ?? undated.first
        case .confirm, .decline:
            found = owed.first { $0.standing == .proposed } ?? owed.first { $0.hasDate } ?? owed.first
        case .move, .cancel:
            found = owed.first { $0.hasDate } ?? owed.first
        case .postpone, .merge, .skip:
            // What is over already took place, if perhaps nobody said so.
            found = owed.first { !$0.hasDate || $0.occurrence.endsAt > desk.now } ?? owed.first
        case .hold:
            found = owed.first
        }
        guard let found else { throw MeetingProblem.seriesIsOver }
        return found.period
    }

    /// What was typed as a date of a round, read on the clock of its host; of another meeting on its own.
    private func dateOfRound(
        _ target: Target, _ when: String, act: Act, host named: String?, _ duration: String?, _ desk: Desk
    ) throws -> (recurrenceID: CivilDateTime?, timing: Timing, host: Party?) {
        let meeting = target.meeting
        guard let plan = try RoundPlan(meeting, at: desk.now, in: zones) else {
            guard let before = try meeting.occurrence(of: target.recurrenceID, in: zones) else {
                throw MeetingProblem.occurrenceRequired
            }
            return (target.recurrenceID, try newTiming(when, duration, instead: before.timing, desk), nil)
        }
        let host = try named.map { try namedParty($0, of: meeting, desk) }
        // The day decides which round is meant, and the round who hosts it, on whose clock the day is counted.
        let rough = try newTiming(
            when, duration, instead: plan.base(nil, host: host, zone: meeting.timing.zone), keepsHour: false, desk)
        let period = try meantRound(of: target, for: act, on: rough.start.date, desk)
        guard let period, let round = try plan.round(period) else { throw MeetingProblem.occurrenceRequired }
        let base = plan.base(round, host: host ?? round.host, zone: meeting.timing.zone)
        return (period, try newTiming(when, duration, instead: base, keepsHour: false, desk), host)
    }

    /// The party that the reader belongs to: the one whose seat has the reader's clock.
    private func ownParty(of meeting: CoreMeeting, _ desk: Desk) -> String? {
        let near = meeting.parties.filter { $0.zone == desk.reader.identifier }
        return near.count == 1 ? near[0].name : nil
    }

    /// A party of the meeting by its name or seat.
    func namedParty(_ name: String, of meeting: CoreMeeting, _ desk: Desk) throws -> Party {
        if let party = meeting.party(called: name) { return party }
        let known = meeting.parties.map(\.name)
        guard known.isEmpty else {
            throw ScheduleError.notUnderstood(
                field: "by", text: name, reason: "\(name) is no party of this meeting", suggestions: known)
        }
        return Party(naming: name, desk)
    }

    func checked(_ reason: String?) throws -> String? {
        guard let reason, !reason.isEmpty else { return nil }
        try CoreMeeting.check(reason, field: "reason", limit: CoreMeeting.noteLimit)
        return reason
    }

    private func because(_ reason: String?) -> String { reason.map { ": \($0)" } ?? "" }

    private func what(_ before: CoreOccurrence?, _ timing: Timing) -> String {
        guard let before else { return timing.words }
        let isOpenRound = before.recurrenceID != nil && before.timing.form == .window && before.status == .possible
        return isOpenRound ? timing.words : timing.words(instead: before.timing)
    }
}

extension Party {
    /// A party by what was typed: a city is its seat, a country or organisation has one.
    init(naming name: String, _ desk: Desk) {
        if case .one(let place) = desk.cities.find(name) {
            self.init(name: name, city: place.label, zone: place.identifier)
        } else {
            let seat = desk.cities.seat(of: name)
            self.init(name: name, city: seat?.label, zone: seat?.identifier)
        }
    }
}

extension RoundPlan {
    /// The days between which a round is to take place.
    func window(of round: CoreRound) -> ClosedRange<CivilDate> {
        if round.standing == .postponed, !round.hasDate {
            return round.occurrence.timing.start.date...round.occurrence.timing.lastDay
        }
        let last = next(after: round.period)?.date.advanced(byDays: -1) ?? round.occurrence.timing.lastDay
        return round.period.date...max(round.period.date, last)
    }

    /// What a date is read against: the round's present one, on the clock of its host, as long as the last was.
    func base(_ round: CoreRound?, host: Party?, zone: String) -> Timing {
        if let round, round.hasDate { return round.occurrence.timing }
        let zone = host?.zone ?? zone
        let latest = meeting.overrides.last { $0.timing?.isTimed == true }?.timing?.duration
        let start = round?.occurrence.timing.start ?? current
        return Timing(start: start, duration: latest ?? .seconds(3_600), zone: zone, city: host?.city)
    }

    /// The period from which so many are shown up to a last one.
    func start(showing limit: Int, upTo last: CivilDateTime) -> CivilDateTime {
        var first = last
        for _ in 1..<max(limit, 2) {
            guard let before = previous(before: first) else { break }
            first = before
        }
        return first
    }
}
