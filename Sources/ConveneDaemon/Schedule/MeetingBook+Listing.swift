import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

extension MeetingBook {
    /// At most so many occurrences in one reply.
    static let replyLimit = 200
    /// Without `more`, at most so many in the only one.
    static let singleReplyLimit = 1_000

    /// What a list asks for, understood.
    struct ListQuery: Sendable {
        let from: Instant
        let until: Instant
        let limit: Int
        let statuses: Set<CoreStatus>?
        /// What has no date yet is asked for.
        let undated: Bool
        /// What has no date yet stands behind everything that has one.
        let isDatedFirst: Bool
        /// Only what has a date, or only what has none; `nil` for both.
        var hasDate: Bool?
        let reference: String?
        /// A last day was named.
        let hasEnd: Bool

        /// How what is listed may stand: all that was asked for, else whatever was not called off.
        var standing: Set<CoreStatus> {
            guard undated else { return statuses ?? Set(CoreStatus.allCases).subtracting([.cancelled]) }
            return (statuses ?? []).union(ListQuery.owed)
        }

        /// What may take place still.
        static let owed: Set<CoreStatus> = [.proposed, .possible, .confirmed, .postponed]

        func wants(_ occurrence: CoreOccurrence) -> Bool {
            if let hasDate, hasDate == (occurrence.timing.form == .window) { return false }
            guard undated else { return standing.contains(occurrence.status) }
            let isOpen = occurrence.timing.form == .window && ListQuery.owed.contains(occurrence.status)
            return isOpen || statuses?.contains(occurrence.status) ?? false
        }
    }

    func query(_ request: ConveneAPI.List.Parameters, streams: Bool, _ desk: Desk) throws -> ListQuery {
        if let limit = request.limit, limit < 1 { throw ScheduleError.tooMuch(what: "at least 1 is wanted", limit: 1) }
        let from = try request.from.map { try instant($0, field: "from", endOfDay: false, desk) } ?? desk.now
        let until = try request.until.map { try instant($0, field: "until", endOfDay: true, desk) }
        let horizon = from.advanced(bySeconds: 100 * 366 * 86_400)
        return ListQuery(
            from: from, until: min(until ?? horizon, horizon),
            limit: streams ? request.limit ?? .max : min(request.limit ?? .max, MeetingBook.singleReplyLimit),
            statuses: request.statuses.map { Set($0.map(\.core)) }, undated: request.undated ?? false,
            isDatedFirst: request.datedFirst ?? false, reference: request.reference, hasEnd: until != nil)
    }

    /// A day, as a bound, includes the whole of it.
    private func instant(_ text: String, field: String, endOfDay: Bool, _ desk: Desk) throws -> Instant {
        let when = try reading(field) { try WhenPhrase.parse(text, in: desk.context(), for: .lookUp) }
        let zone = try when.place.map { try zones.zone(named: $0.identifier) } ?? desk.reader
        if case .timed(let start, _) = when.form { return zone.instant(of: start) }
        guard let days = when.form.days else { throw MeetingProblem.dayRequired }
        let day = endOfDay ? days.upperBound.advanced(byDays: 1) ?? .max : days.lowerBound
        return zone.firstInstant(of: day)
    }

    /// Lists in parts: each is given to `send` before the next is looked for, so a list of a million holds little.
    ///
    /// `send` is told whether more parts follow.
    func list(
        _ query: ListQuery, _ desk: Desk, send: (ConveneAPI.List.Reply, _ continues: Bool) async throws -> Void
    ) async throws {
        var query = query
        if query.isDatedFirst { query.hasDate = true }
        var position = ListPosition()
        while true {
            let part = try await page(query, after: position, desk)
            // What has a date is told; what has none begins anew, behind it.
            let isTold = part.next == nil && query.hasDate == true
            let count = position.count + part.occurrences.count
            let goesOn = isTold ? count < query.limit : part.next != nil
            try await send(ConveneAPI.List.Reply(occurrences: part.occurrences), goesOn)
            guard goesOn else { return }
            if isTold { query.hasDate = false }
            position = part.next ?? ListPosition(count: count)
        }
    }

    /// How far a list has come: the start of its last occurrence, and what was said with that start already.
    struct ListPosition: Sendable {
        var count = 0
        var startsAt: Instant?
        var said: Set<String> = []
    }

    private func page(
        _ query: ListQuery, after position: ListPosition, _ desk: Desk
    ) async throws -> (occurrences: [WireOccurrence], next: ListPosition?) {
        let facts = facts(desk)
        let wanted = min(MeetingBook.replyLimit, query.limit - position.count)
        return try await store.read { view in
            var pager = Pager(query: query, position: position, wanted: wanted, facts: facts)
            if let reference = query.reference {
                let target = try find(reference, revision: nil, desk, in: view)
                try pager.take(target.meeting, at: query.hasEnd ? nil : desk.now, in: zones)
            } else {
                var upcoming = try view.upcoming(
                    endingAfter: position.startsAt.map { max($0, query.from) } ?? query.from,
                    startingBefore: query.until, statuses: query.standing,
                    undated: query.hasDate == true ? .none : query.hasEnd ? .all : .next(at: desk.now))
                while let found = try upcoming.next() {
                    if try !pager.take(found.occurrence, of: found.meeting) { break }
                }
            }
            return pager.page
        }
    }

    // MARK: The page for the morning

    /// So many lines of what is coming fit on a screen.
    private static let overviewLimit = 20

    func overview(_ desk: Desk) async throws -> Overview.Reply {
        let facts = facts(desk)
        return try await store.read { view in
            let (coming, waiting) = try coming(view, facts, desk)
            let overdue = try overdue(view, facts, desk)
            let depending = try depending(view, facts)
            // Since yesterday's midnight here.
            let today = desk.today
            let yesterday = desk.reader.firstInstant(of: today.advanced(byDays: -1) ?? today)
            let recent = try view.log(of: nil, limit: 20).filter { $0.at >= yesterday && $0.cause == nil }
            // A change and what took it back are no news, if both are of these days.
            let undone = Set(recent.filter { $0.undoneBy != nil }.map(\.id))
            let changed = recent.filter { $0.undoneBy == nil && !($0.undoes.map(undone.contains) ?? false) }
            return Overview.Reply(
                now: desk.reader.reading(at: desk.now).iso8601, zone: desk.reader.identifier,
                city: Cities.label(of: desk.reader.identifier), coming: coming,
                waiting: waiting.filter { shown in !depending.contains { $0.occurrence.number == shown.number } },
                depending: depending.isEmpty ? nil : depending, overdue: overdue.shown,
                overdueCount: overdue.count,
                missed: try view.countUnacknowledged(.missed), changed: changed.map(facts.record))
        }
    }

    /// What comes next, and which of it has no date; never what was held or called off.
    private func coming(
        _ view: ScheduleView, _ facts: WireFacts, _ desk: Desk
    ) throws -> (coming: [WireOccurrence], waiting: [WireOccurrence]) {
        let standing = ListQuery.owed
        var upcoming = try view.upcoming(
            endingAfter: desk.now, startingBefore: desk.now.advanced(bySeconds: 60 * 86_400), statuses: standing,
            undated: .next(at: desk.now))
        var coming: [WireOccurrence] = []
        var waiting: [WireOccurrence] = []
        var shownOf: [Int: Int] = [:]
        var looked = 0
        while coming.count < MeetingBook.overviewLimit, looked < 500, let found = try upcoming.next() {
            looked += 1
            // Of a series the next two dates say what a page of them would.
            guard standing.contains(found.occurrence.status), shownOf[found.meeting.number, default: 0] < 2 else {
                continue
            }
            shownOf[found.meeting.number, default: 0] += 1
            let shown = try facts.occurrence(found.occurrence, of: found.meeting)
            let isOpen = found.occurrence.timing.form == .window || found.occurrence.timing.form == .hourOpen
            if isOpen, shown.round == nil { waiting.append(shown) }
            coming.append(shown)
        }
        return (coming, waiting)
    }

    // MARK: One meeting

    func show(_ request: Show.Parameters, _ desk: Desk) async throws -> Show.Reply {
        let facts = facts(desk)
        return try await store.read { view in
            let target = try find(request.reference, revision: nil, desk, in: view)
            let meeting = target.meeting
            let next = try meeting.occurrences(endingAfter: desk.now, limit: 5, in: zones)
            var shown = try meeting.occurrence(of: target.recurrenceID, in: zones)
            shown =
                try shown ?? nextOwed(of: meeting, desk) ?? next.first ?? meeting.latestBegun(by: desk.now, in: zones)
            // Rounds as a whole are reminded of while any of them is owed.
            let owed =
                target.recurrenceID == nil
                ? try RoundPlan(meeting, at: desk.now, in: zones)?.owed(limit: 3).map(\.occurrence) ?? [] : []
            let others = owed.filter { $0.recurrenceID != shown?.recurrenceID }
            var reminders = try shown.map {
                try meeting.reminders(of: $0, after: desk.now, standard: standard, in: zones)
                    .filter { try !target.namesDate || meeting.says($0, after: desk.now, in: zones) }
            }
            // A fixed time is that of all rounds, and comes once.
            reminders = try others.reduce(into: reminders ?? []) { all, round in
                all += try meeting.reminders(of: round, after: desk.now, standard: standard, in: zones)
                    .filter { !$0.alarm.trigger.isFixed || $0.alarm.isSnooze }
            }
            let hasDates = meeting.isSeries && meeting.rounds == nil
            // What has come already for a date that is under way comes next for one that follows.
            for date in hasDates && target.recurrenceID == nil ? next : [] where date != shown {
                let come = Set((reminders ?? []).map(\.alarm.id))
                reminders? += try meeting.reminders(of: date, after: desk.now, standard: standard, in: zones)
                    .filter { !come.contains($0.alarm.id) }
            }
            let changed = try meeting.overrides.suffix(20).compactMap {
                try meeting.occurrence(of: $0.recurrenceID, in: zones)
            }
            return Show.Reply(
                meeting: facts.meeting(meeting, showing: shown),
                occurrence: try shown.map { try facts.occurrence($0, of: meeting) },
                next: hasDates ? try next.map { try facts.occurrence($0, of: meeting) } : [],
                changed: try changed.map { try facts.occurrence($0, of: meeting) },
                reminders: try (reminders ?? []).map(facts.reminder),
                log: try view.log(of: meeting.number, limit: 10).map(facts.record),
                ties: try ties(of: meeting, shown, rounds: meeting.rounds == nil ? 0 : 3, view, desk))
        }
    }
}

extension MeetingBook {
    /// The round that is owed next: what was merged, skipped or called off is not, though its period be nearer.
    private func nextOwed(of meeting: CoreMeeting, _ desk: Desk) throws -> CoreOccurrence? {
        guard let plan = try RoundPlan(meeting, at: desk.now, in: zones) else { return nil }
        let owed = try plan.owed(limit: 2)
        return (owed.first { $0.standing != .open || $0.period >= plan.current } ?? owed.first)?.occurrence
    }
}

/// Gathers one part of a list.
private struct Pager {
    /// So many rounds without a date are passed over before a list ends.
    private static let reach = 600

    let query: MeetingBook.ListQuery
    let wanted: Int
    let facts: WireFacts
    private let position: MeetingBook.ListPosition
    private var occurrences: [WireOccurrence] = []
    private var last: MeetingBook.ListPosition
    private var isFull = false

    init(query: MeetingBook.ListQuery, position: MeetingBook.ListPosition, wanted: Int, facts: WireFacts) {
        self.query = query
        self.wanted = wanted
        self.facts = facts
        self.position = position
        last = position
    }

    /// The part, and where the next one goes on; `nil` where this was the last.
    var page: (occurrences: [WireOccurrence], next: MeetingBook.ListPosition?) {
        (occurrences, isFull && last.count < query.limit ? last : nil)
    }

    /// - Returns: whether there is room for another.
    mutating func take(_ occurrence: CoreOccurrence, of meeting: CoreMeeting) throws -> Bool {
        if let startsAt = position.startsAt, occurrence.startsAt < startsAt { return true }
        let key = "\(meeting.number)@\(occurrence.recurrenceID?.iso8601 ?? "")"
        if position.said.contains(key) { return true }
        guard query.wants(occurrence) else { return true }
        if occurrences.count == wanted {
            isFull = true
            return false
        }
        occurrences.append(try facts.occurrence(occurrence, of: meeting))
        last.count += 1
        if last.startsAt != occurrence.startsAt { last.said = [] }
        last.startsAt = occurrence.startsAt
        last.said.insert(key)
        // The limit of the whole list is reached: nothing more is looked for.
        return last.count < query.limit
    }

    /// Takes one meeting's; of its rounds without a date only the next one, as seen at `nextOpenAt`, or all.
    mutating func take(_ meeting: CoreMeeting, at nextOpenAt: Instant?, in zones: any TimeZoneSource) throws {
        let firstOpen = try nextOpenAt.flatMap { try RoundPlan(meeting, at: $0, in: zones)?.firstOpen() }
        var passed = 0
        var all = try MeetingOccurrences(
            meeting, endingAfter: position.startsAt.map { max($0, query.from) } ?? query.from, in: zones)
        while passed < Pager.reach, let occurrence = all.next(), occurrence.startsAt < query.until {
            if let firstOpen, let id = occurrence.recurrenceID, id > firstOpen,
                meeting.standing(of: occurrence) == .open
            {
                passed += 1
                continue
            }
            if try !take(occurrence, of: meeting) { break }
        }
    }
}
