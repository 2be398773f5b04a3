import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

// What goes beyond the date of a meeting: who meets, who has answered, what hangs on it.
extension MeetingBook {
    /// `nil` for a meeting that has nothing of it.
    func ties(
        of meeting: CoreMeeting, _ occurrence: CoreOccurrence?, rounds count: Int, _ view: ScheduleView, _ desk: Desk
    ) throws -> Ties? {
        let facts = facts(desk)
        let heads = try occurrence.map { try self.heads(of: meeting, on: $0.timing.start.date, view) } ?? []
        let answers = occurrence.map { facts.answers(to: $0, of: meeting) } ?? []
        let plan = try RoundPlan(meeting, at: desk.now, in: zones)
        let next = try plan?.owed(limit: count + 1).prefix(count) ?? []
        let first = try occurrence.flatMap { try firstMeeting(at: $0, of: meeting, view) }
        let links = try links(of: meeting, occurrence, view, desk)
        let declined = occurrence.map { meeting.declined($0.recurrenceID) } ?? []
        let ties = Ties(
            heads: heads, first: first, answers: answers, declined: try declined.suffix(20).map(facts.declined),
            rounds: try next.map { try facts.occurrence($0.occurrence, of: meeting) }, links: links,
            notes: meeting.notes.suffix(50).map(facts.note),
            seats: try occurrence.flatMap { try facts.seats(of: meeting, at: $0) })
        let empty = Ties(heads: [], answers: [], declined: [], rounds: [], links: [], notes: [])
        return ties == empty ? nil : ties
    }

    // MARK: People

    /// Who leads each side on a day.
    private func heads(of meeting: CoreMeeting, on date: CivilDate, _ view: ScheduleView) throws -> [Head] {
        try meeting.sides.map { side in
            guard let party = side.party, let title = side.office else {
                return Head(party: side.party?.name, person: side.person)
            }
            let tenure = try view.holder(of: Office(party: party.name, title: title), on: date)
            return Head(
                party: party.name, office: title, person: tenure?.person ?? side.person,
                since: tenure?.since?.words)
        }
    }

    /// Whether the two heads have not met before an occurrence, as far as this schedule knows.
    func firstMeeting(
        at occurrence: CoreOccurrence, of meeting: CoreMeeting, _ view: ScheduleView
    ) throws -> FirstMeeting? {
        guard meeting.sides.count == 2, occurrence.status != .cancelled else { return nil }
        guard let pair = try people(of: meeting, on: occurrence.timing.start.date, view), let one = pair.first else {
            return nil
        }
        for number in try view.numbers(withPerson: one, limit: 200) {
            guard let other = number == meeting.number ? meeting : try view.meeting(number), other.sides.count == 2
            else { continue }
            for before in try other.heldOccurrences(before: occurrence.startsAt, in: zones) {
                if try people(of: other, on: before.timing.start.date, view) == pair { return nil }
            }
        }
        return occurrence.status == .possible || occurrence.status == .postponed ? .wouldBeFirst : .first
    }

    /// The heads of both sides, where both are known.
    private func people(of meeting: CoreMeeting, on date: CivilDate, _ view: ScheduleView) throws -> Set<String>? {
        let names = try heads(of: meeting, on: date, view).compactMap(\.person).map(Folding.fold)
        return names.count == 2 && names[0] != names[1] ? Set(names) : nil
    }

    // MARK: Links

    private func links(
        of meeting: CoreMeeting, _ occurrence: CoreOccurrence?, _ view: ScheduleView, _ desk: Desk
    ) throws -> [Link] {
        let facts = facts(desk)
        var links: [Link] = []
        for (other, relation) in try chain(from: meeting, view) where !meeting.relations.contains(relation) {
            let link = try facts.link(.dependsOn, to: other, relation.recurrenceID, by: meeting)
            // What was settled is for the one between to be decided on.
            if !link.settled { links.append(link) }
        }
        for relation in meeting.relations {
            guard let other = try view.meeting(relation.target) else { continue }
            links.append(try facts.link(LinkKind(relation.kind), to: other, relation.recurrenceID, by: meeting))
        }
        for number in try view.numbers(relatedTo: meeting.number, limit: 50) {
            guard let other = try view.meeting(number) else { continue }
            for relation in other.relations where relation.target == meeting.number {
                guard relation.recurrenceID == nil || relation.recurrenceID == occurrence?.recurrenceID else {
                    continue
                }
                links.append(try facts.link(LinkKind(inverse: relation.kind), to: other, nil, by: meeting))
            }
        }
        return links
    }
}

extension CoreMeeting {
    /// Those that were held, and began before an instant.
    fileprivate func heldOccurrences(
        before instant: Instant, in zones: any TimeZoneSource
    ) throws -> [CoreOccurrence] {
        guard isSeries else {
            let single = try occurrence(of: nil, in: zones)
            return single.map { $0.status == .held && $0.startsAt < instant ? [$0] : [] } ?? []
        }
        return try overrides.filter { $0.status == .held }
            .compactMap { try occurrence(of: $0.recurrenceID, in: zones) }.filter { $0.startsAt < instant }
    }
}

extension LinkKind {
    init(_ kind: Relation.Kind) {
        switch kind {
        case .partOf: self = .partOf
        case .sidelines: self = .sidelines
        case .after: self = .after
        case .dependsOn: self = .dependsOn
        }
    }

    /// How the other one sees it.
    init(inverse kind: Relation.Kind) {
        switch kind {
        case .partOf: self = .part
        case .sidelines: self = .sideline
        case .after: self = .follower
        case .dependsOn: self = .decides
        }
    }
}
