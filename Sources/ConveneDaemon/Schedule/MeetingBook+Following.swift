import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

// What hangs on a meeting follows its changes, in the same transaction.
extension MeetingBook {
    /// So far a change is passed on from one meeting to the next.
    private static let reach = 10
    /// At most so many hang on one meeting.
    static let followers = 1_000

    /// Lets those that come after a meeting move and be held with it, and asks for the decisions that it settles.
    ///
    /// - Parameters:
    ///   - move: where it is a series whose dates have other names now: what hangs on one of them goes on to do so.
    ///   - cause: the record of the change, which undoing takes these with it.
    func follow(
        _ old: CoreMeeting, _ new: CoreMeeting, after move: SeriesMove? = nil, cause: String, depth: Int = 0,
        _ desk: Desk, _ transaction: ScheduleTransaction
    ) throws {
        guard depth < MeetingBook.reach else { return }
        for number in try transaction.schedule.numbers(relatedTo: new.number, limit: MeetingBook.followers) {
            guard var other = try transaction.schedule.meeting(number) else { continue }
            let former = other.relations
            other = try rename(in: other, old, new, after: move, cause: cause, transaction)
            for (relation, former) in zip(other.relations, former) where relation.target == new.number {
                switch relation.kind {
                case .after:
                    guard !other.isSeries, let before = try old.occurrence(of: former.recurrenceID, in: zones) else {
                        continue
                    }
                    let after = try new.occurrence(of: relation.recurrenceID, in: zones)
                    guard before != after, let (moved, verb) = try moved(other, after, desk) else { continue }
                    let changed = try transaction.update(
                        other, to: moved, .init(verb: verb, what: "with \(new.number) \(new.summary)", cause: cause))
                    try follow(other, changed, cause: cause, depth: depth + 1, desk, transaction)
                case .dependsOn:
                    let before = try old.standing(ofDate: former.recurrenceID, in: zones)
                    try decide(other, before, new, relation, cause, desk, transaction)
                case .partOf, .sidelines:
                    continue
                }
            }
        }
    }

    /// Lets what a meeting hangs on have the name that it has since a series was moved, had another rule, or became one.
    private func rename(
        in other: CoreMeeting, _ old: CoreMeeting, _ series: CoreMeeting, after move: SeriesMove?, cause: String,
        _ transaction: ScheduleTransaction
    ) throws -> CoreMeeting {
        var changed = other
        changed.relations = try other.relations.map { relation in
            guard relation.target == series.number else { return relation }
            return Relation(
                relation.kind, target: relation.target,
                recurrenceID: try series.name(of: relation.recurrenceID, in: old, after: move, in: zones))
        }
        guard changed != other else { return other }
        return try transaction.update(
            other, to: changed, .init(verb: "edit", what: "with \(series.number) \(series.summary)", cause: cause))
    }

    /// A meeting as it is once the one before it stands as it does; `nil` where nothing changes.
    ///
    /// - Parameter before: `nil` where a series has that date no more.
    private func moved(
        _ other: CoreMeeting, _ before: CoreOccurrence?, _ desk: Desk
    ) throws -> (CoreMeeting, verb: String)? {
        guard other.status != .held, other.status != .cancelled, other.timing.isTimed else { return nil }
        var changed = other
        var verb = "move"
        guard let before, before.status == .held || before.status.reminds && before.timing.isTimed else {
            guard other.status != .postponed else { return nil }
            try changed.setStatus(.postponed, of: nil, at: desk.now, in: zones)
            return (changed, "postpone")
        }
        if before.status == .held {
            guard let own = try other.occurrence(of: nil, in: zones), own.startsAt <= desk.now, own.status.reminds
            else {
                return nil
            }
            try changed.setStatus(.held, of: nil, at: desk.now, in: zones)
            verb = "held"
        } else {
            let timing = Timing(
                start: before.resolved.endReading, duration: other.timing.duration, zone: before.timing.zone,
                city: before.timing.city)
            guard timing != other.timing || other.status == .postponed else { return nil }
            try changed.move(nil, to: timing, in: zones)
        }
        return changed == other ? nil : (changed, verb)
    }

    /// A meeting, or a date of one: `3`, `3@2019-09-20`.
    private static func name(of meeting: CoreMeeting, _ recurrenceID: CivilDateTime?) -> String {
        recurrenceID.map { "\(meeting.number)@\($0.date.iso8601)" } ?? "\(meeting.number)"
    }

    /// Lets what hangs on a deleted meeting, or on a deleted date of one, hang on nothing; what waited for it is to be
    /// decided, and goes on to wait for a date that is gone.
    func release(
        _ deleted: CoreMeeting, _ recurrenceID: CivilDateTime? = nil, cause: String,
        _ transaction: ScheduleTransaction
    ) throws {
        let name = MeetingBook.name(of: deleted, recurrenceID)
        for number in try transaction.schedule.numbers(relatedTo: deleted.number, limit: MeetingBook.followers) {
            guard let other = try transaction.schedule.meeting(number) else { continue }
            let gone = other.relations.filter {
                $0.target == deleted.number && (recurrenceID == nil || $0.recurrenceID == recurrenceID)
            }
            var changed = other
            changed.relations.removeAll { gone.contains($0) && (recurrenceID == nil || $0.kind != .dependsOn) }
            if changed.relations != other.relations {
                changed = try transaction.update(
                    other, to: changed,
                    .init(verb: "edit", what: "\(name) \(deleted.summary) is deleted", cause: cause))
            }
            guard other.awaits, gone.contains(where: { $0.kind == .dependsOn }) else { continue }
            try transaction.oweDecision(about: changed, because: "\(name) deleted", record: cause, in: zones)
        }
    }

    /// Asks for the decision about a meeting at once where what it has newly come to depend on is settled already.
    ///
    /// - Returns: what to tell about it.
    func askIfSettled(
        _ meeting: CoreMeeting, instead old: CoreMeeting?, cause: String, unlessAsked: Bool = false, _ desk: Desk,
        _ transaction: ScheduleTransaction
    ) throws -> [String] {
        var remarks: [String] = []
        for relation in meeting.relations where relation.kind == .dependsOn {
            guard old?.relations.contains(relation) != true, meeting.status == .possible,
                let target = try transaction.schedule.meeting(relation.target)
            else { continue }
            let standing = try target.standing(ofDate: relation.recurrenceID, in: zones)
            guard standing.isToDecideOn else { continue }
            try ask(
                about: meeting, since: standing, target, relation, cause, unlessAsked: unlessAsked, desk, transaction)
            let name = try name(of: relation, in: target, desk)
            remarks.append("\(name) is \(standing.words) already: this is to be decided now.")
        }
        return remarks
    }

    /// What a meeting hangs on: `1#sep`, `3@2019-09-20`, `3`.
    private func name(of relation: Relation, in target: CoreMeeting, _ desk: Desk) throws -> String {
        let facts = facts(desk)
        let round = try target.occurrence(of: relation.recurrenceID, in: zones).flatMap {
            try facts.round($0, of: target)
        }
        guard let round else { return MeetingBook.name(of: target, relation.recurrenceID) }
        return "\(target.number)#\(round.name.short(on: facts.today))"
    }

    /// Says that a possible meeting is to be decided, where it has just become known whether its condition is met; that it
    /// is not any more, where that is open again.
    private func decide(
        _ other: CoreMeeting, _ before: ConveneCore.Standing?, _ target: CoreMeeting, _ relation: Relation,
        _ cause: String, unlessAsked: Bool = false, _ desk: Desk, _ transaction: ScheduleTransaction
    ) throws {
        let after = try target.standing(ofDate: relation.recurrenceID, in: zones)
        guard other.status == .possible, before != after else { return }
        guard after.isToDecideOn else { return try transaction.takeBackDecisions(about: other) }
        // That a date is gone that was called off is no news.
        if after == nil, let before, !before.isOwed { return }
        try ask(about: other, since: after, target, relation, cause, unlessAsked: unlessAsked, desk, transaction)
    }

    /// Owes the question: 'Decide: FM meeting, 1#sep held'.
    private func ask(
        about meeting: CoreMeeting, since standing: ConveneCore.Standing?, _ target: CoreMeeting, _ relation: Relation,
        _ cause: String, unlessAsked: Bool, _ desk: Desk, _ transaction: ScheduleTransaction
    ) throws {
        let words = standing == nil ? "is gone" : standing.words
        try transaction.oweDecision(
            about: meeting, because: "\(try name(of: relation, in: target, desk)) \(words)", record: cause,
            unlessAsked: unlessAsked, in: zones)
    }

    /// After an undo: asks for the decisions that are to be made again, and takes back those that are not.
    func askAgain(
        _ old: CoreMeeting, _ new: CoreMeeting, cause: String, _ desk: Desk, _ transaction: ScheduleTransaction
    ) throws {
        for number in try transaction.schedule.numbers(relatedTo: new.number, limit: MeetingBook.followers) {
            guard let other = try transaction.schedule.meeting(number), other.status == .possible else { continue }
            for relation in other.relations where relation.kind == .dependsOn && relation.target == new.number {
                let before = try old.standing(ofDate: relation.recurrenceID, in: zones)
                let after = try new.standing(ofDate: relation.recurrenceID, in: zones)
                // What waited before the change that is undone waits again.
                guard try !after.isToDecideOn || !transaction.isDecisionOwed(about: other) else { continue }
                if after == nil {
                    // Before, it may have been known by another name.
                    try ask(about: other, since: after, new, relation, cause, unlessAsked: true, desk, transaction)
                } else {
                    try decide(other, before, new, relation, cause, unlessAsked: true, desk, transaction)
                }
            }
        }
    }

    /// Lets a meeting depend on another, or with 'none' on no other any more; a circle is refused.
    ///
    /// - Returns: what changed, in words.
    func depend(
        _ meeting: inout CoreMeeting, on text: String, _ status: String?, _ view: ScheduleView, _ desk: Desk
    ) throws -> String {
        let others = meeting.relations.filter { $0.kind != .dependsOn }
        if Folding.fold(text) == "none" {
            meeting.relations = others
            return "depends on none"
        }
        let (target, occurrence) = try Reference(text: text, desk: desk, view: view).findOne()
        if let chain = try circle(of: meeting, through: target.number, view) {
            throw ScheduleError.notPossible(
                number: meeting.number, summary: meeting.summary, reason: "it would wait for itself: \(chain)",
                hint: "see: convene show \(target.number)")
        }
        meeting.relations =
            others + [
                Relation(.dependsOn, target: target.number, recurrenceID: occurrence.recurrenceID)
            ]
        if status == nil, !meeting.isSeries, meeting.status == .proposed || meeting.status == .confirmed {
            try meeting.setStatus(.possible, of: nil, at: desk.now, in: zones)
        }
        return "depends on \(target.number) \(target.summary)"
    }

    /// How a meeting would wait for itself, or come after itself, if it hung on another: `1 → 2 → 1`; `nil` if it would not.
    func circle(of meeting: CoreMeeting, through target: Int, _ view: ScheduleView) throws -> String? {
        let way = try Dependencies.way(from: target, to: meeting.number) { number in
            try view.meeting(number)?.relations.filter { $0.kind == .dependsOn || $0.kind == .after }.map(\.target)
                ?? []
        }
        return way.map { ([meeting.number] + $0).map(String.init).joined(separator: " → ") }
    }

    /// What a meeting depends on, and what that depends on, in the order of the chain; without what was settled.
    func chain(from meeting: CoreMeeting, _ view: ScheduleView) throws -> [(CoreMeeting, Relation)] {
        var chain: [(CoreMeeting, Relation)] = []
        var present = [meeting]
        while let next = present.first, chain.count < MeetingBook.reach {
            present.removeFirst()
            // What was decided waits for nothing.
            guard next.number == meeting.number || next.status == .possible else { continue }
            for relation in next.relations where relation.kind == .dependsOn {
                guard let target = try view.meeting(relation.target) else { continue }
                chain.append((target, relation))
                present.append(target)
            }
        }
        return chain
    }

    /// What is possible, and what it waits for; one more than the page shows, where there are more.
    func depending(_ view: ScheduleView, _ facts: WireFacts) throws -> [Dependency] {
        var found: [Dependency] = []
        for number in try view.numbers(thatAwait: Overview.dependingLimit + 1) {
            guard let meeting = try view.meeting(number),
                let occurrence = try meeting.isSeries
                    ? meeting.occurrences(endingAfter: facts.now, limit: 1, in: zones).first
                    : meeting.occurrence(of: nil, in: zones),
                let relation = meeting.relations.first(where: { $0.kind == .dependsOn }),
                let target = try view.meeting(relation.target)
            else { continue }
            found.append(
                Dependency(
                    occurrence: try facts.occurrence(occurrence, of: meeting),
                    on: try facts.link(.dependsOn, to: target, relation.recurrenceID, by: meeting)))
        }
        return found.reversed()
    }

    // MARK: Notes

    func note(_ request: AddNote.Parameters, _ desk: Desk) async throws -> AddNote.Reply {
        let facts = facts(desk)
        return try await write(desk) { transaction in
            let target = try find(request.reference, revision: nil, desk, in: transaction.schedule)
            let text = request.text
            guard !text.isEmpty else {
                throw ScheduleError.notUnderstood(
                    field: "text", text: "", position: 0, length: 0, reason: "a note needs words", suggestions: [])
            }
            try CoreMeeting.check(text, field: "text", limit: CoreMeeting.noteLimit)
            let today = desk.today
            let date = try request.date.map { typed in
                try reading("date") { try WhenPhrase.parse(typed, in: desk.context(), for: .lookUp) }
                    .form.days?.lowerBound
            }
            var meeting = target.meeting
            guard meeting.notes.count < 1_000 else {
                throw ScheduleError.tooMuch(what: "notes of a meeting", limit: 1_000)
            }
            let note = DatedNote(date: (date ?? nil) ?? today, text: text, recurrenceID: target.recurrenceID)
            meeting.notes.insert(note, at: meeting.notes.firstIndex { $0.date > note.date } ?? meeting.notes.count)
            let changed = try transaction.update(
                target.meeting, to: meeting, .init(verb: "note", what: "note: \(text)"))
            return AddNote.Reply(number: changed.number, note: facts.note(note))
        }
    }

    // MARK: The programme

    func programme(_ request: GetProgramme.Parameters, _ desk: Desk) async throws -> GetProgramme.Reply {
        let facts = facts(desk)
        return try await store.read { view in
            let target = try find(request.reference, revision: nil, desk, in: view)
            let recurrenceID = try meantRound(of: target, for: .move, desk)
            let meeting = target.meeting
            guard let whole = try meeting.occurrence(of: recurrenceID, in: zones) else {
                throw MeetingProblem.occurrenceRequired
            }
            var items: [(Instant, WireOccurrence)] = [(whole.startsAt, try facts.occurrence(whole, of: meeting))]
            for number in try view.numbers(relatedTo: meeting.number, limit: 200) {
                guard let part = try view.meeting(number),
                    part.relations.contains(where: {
                        $0.kind != .dependsOn && $0.target == meeting.number && $0.recurrenceID == recurrenceID
                    }),
                    let occurrence = try part.occurrence(of: nil, in: zones), occurrence.status != .cancelled
                else { continue }
                items.append((occurrence.startsAt, try facts.occurrence(occurrence, of: part)))
            }
            let heads = try ties(of: meeting, whole, rounds: 0, view, desk)?.heads ?? []
            return GetProgramme.Reply(
                meeting: facts.meeting(meeting), occurrence: try facts.occurrence(whole, of: meeting),
                items: items.sorted { $0.0 < $1.0 }.map(\.1), heads: heads)
        }
    }
}
