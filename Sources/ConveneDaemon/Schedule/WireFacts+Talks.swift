import ConveneAPI
import ConveneCore
import ZonedTime

// Rounds, answers and links, in the interface's words.
extension WireFacts {
    var today: CivilDate { reader.reading(at: now).date }

    /// The year that goes without saying.
    var year: Int { today.year }

    /// A round of talks; `nil` for anything else.
    func round(_ occurrence: CoreOccurrence, of meeting: CoreMeeting) throws -> ConveneCore.Round? {
        guard let period = occurrence.recurrenceID else { return nil }
        return try RoundPlan(meeting, at: now, in: zones)?.round(period)
    }

    func wire(_ round: ConveneCore.Round) -> ConveneAPI.Round {
        ConveneAPI.Round(
            period: round.period.date.iso8601, name: round.name.words(knowing: year),
            tag: round.name.short(on: today), standing: ConveneAPI.Standing(round.standing), number: round.number,
            host: round.host?.name, reason: round.reason,
            into: round.intoName?.words(knowing: year))
    }

    /// When it is at home for those who meet, where that is another clock than there and here; `nil` where it is not.
    func seats(of meeting: CoreMeeting, at occurrence: CoreOccurrence) throws -> [Span]? {
        guard occurrence.timing.isTimed else { return nil }
        var known: Set = [occurrence.timing.zone, reader.identifier]
        let spans = try meeting.parties.compactMap { party -> Span? in
            guard let identifier = party.zone, known.insert(identifier).inserted else { return nil }
            let zone = try zones.zone(named: identifier)
            return Span(
                start: zone.reading(at: occurrence.startsAt).iso8601, end: zone.reading(at: occurrence.endsAt).iso8601,
                zone: identifier, city: party.city ?? Cities.label(of: identifier))
        }
        return spans.isEmpty ? nil : spans
    }

    func answers(to occurrence: CoreOccurrence, of meeting: CoreMeeting) -> [ConveneAPI.Answer] {
        let standing = meeting.standing(of: occurrence)
        let isAsked = standing == .proposed || standing == .possible || standing == .confirmed
        guard isAsked, meeting.answers.contains(where: { $0.recurrenceID == occurrence.recurrenceID && $0.isYes })
        else {
            return []
        }
        let missing = meeting.unanswered(of: occurrence.recurrenceID)
        return meeting.parties.map { party in
            ConveneAPI.Answer(party: party.name, yes: !missing.contains(party))
        }
    }

    func declined(_ answer: ConveneCore.Answer) throws -> Declined {
        let resolved = ResolvedTiming(answer.timing, in: try zones.zone(named: answer.timing.zone))
        return Declined(
            party: answer.party, reason: answer.reason, form: ConveneAPI.Form(answer.timing.form),
            there: there(resolved))
    }

    func note(_ note: DatedNote) -> Note {
        Note(date: note.date.iso8601, text: note.text, recurrenceId: note.recurrenceID?.iso8601)
    }

    /// Another meeting, as it hangs together with this one.
    func link(
        _ kind: LinkKind, to other: CoreMeeting, _ recurrenceID: CivilDateTime?, by meeting: CoreMeeting
    ) throws -> Link {
        let occurrence = try other.occurrence(of: recurrenceID, in: zones)
        let round = try occurrence.flatMap { try self.round($0, of: other) }
        let isSettled: Bool
        switch kind {
        case .dependsOn: isSettled = try other.standing(ofDate: recurrenceID, in: zones).isToDecideOn
        case .decides: isSettled = other.status != .possible
        default: isSettled = false
        }
        return Link(
            kind: kind, number: other.number, tag: round.map { $0.name.short(on: today) },
            recurrenceId: recurrenceID?.iso8601,
            summary: occurrence?.summary ?? other.summary, status: WireStatus(occurrence?.status ?? other.status),
            standing: round.map { ConveneAPI.Standing($0.standing) },
            occurrence: try occurrence.map { try self.occurrence($0, of: other) }, settled: isSettled)
    }
}

extension ConveneAPI.Standing {
    init(_ standing: ConveneCore.Standing) {
        switch standing {
        case .open: self = .open
        case .proposed: self = .proposed
        case .possible: self = .possible
        case .confirmed: self = .confirmed
        case .postponed: self = .postponed
        case .cancelled: self = .cancelled
        case .held: self = .held
        case .skipped: self = .skipped
        case .merged: self = .merged
        }
    }
}
