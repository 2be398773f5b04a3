import ConveneAPI
import ConveneCore
import ConveneStore
import Recurrence
import ZonedTime

/// What a change of a meeting is made from: the meeting as it is, and the occurrence that was named.
struct Target {
    let reference: String
    let meeting: CoreMeeting
    let recurrenceID: CivilDateTime?
    let namesDate: Bool

    /// The same, with the occurrence that was meant.
    func with(_ recurrenceID: CivilDateTime?) -> Target {
        Target(reference: reference, meeting: meeting, recurrenceID: recurrenceID, namesDate: recurrenceID != nil)
    }
}

extension MeetingBook {
    /// As the other, for a change that looks at further meetings.
    func update(
        _ reference: String, revision: Int?, _ desk: Desk,
        _ body: @escaping @Sendable (Target, inout CoreMeeting) throws -> Outcome
    ) async throws -> Change {
        try await update(reference, revision: revision, desk) { target, meeting, _ in try body(target, &meeting) }
    }

    /// Finds the meeting, checks the revision, applies `body` to it, and commits what comes out of it.
    func update(
        _ reference: String, revision: Int?, _ desk: Desk,
        _ body: @escaping @Sendable (Target, inout CoreMeeting, ScheduleView) throws -> Outcome
    ) async throws -> Change {
        try await write(desk) { transaction in
            let target = try find(reference, revision: revision, desk, in: transaction.schedule)
            let old = target.meeting
            var meeting = old
            var outcome = try about(old, reference: reference) { try body(target, &meeting, transaction.schedule) }
            guard meeting != old else {
                outcome.remarks.append("It was so already: nothing was changed.")
                return try change(
                    of: old, outcome.recurrenceID, remarks: outcome.remarks, in: transaction.schedule, desk)
            }
            // Of a series the log names the date.
            if let date = target.recurrenceID?.date, meeting.rounds == nil {
                let day = NotificationMessage.day(date)
                if !outcome.what.contains(day) { outcome.what = "\(day): \(outcome.what)" }
            }
            let changes = try holderChanges(of: offices(of: outcome.sides), desk, transaction) {
                try transaction.learn(outcome.sides, on: desk.today)
            }
            let changed = try about(old, reference: reference) {
                try transaction.update(
                    old, to: meeting,
                    .init(
                        verb: outcome.verb, what: outcome.what, round: meeting.periodName(of: outcome.recurrenceID),
                        seriesMove: outcome.seriesMove))
            }
            let cause = transaction.lastRecord
            try follow(old, changed, after: outcome.seriesMove, cause: cause, desk, transaction)
            try announce(changes, cause: cause, transaction)
            if changed.relations != old.relations { try transaction.takeBackDecisions(about: changed) }
            outcome.remarks += try askIfSettled(changed, instead: old, cause: cause, desk, transaction)
            let parts = try moveParts(
                of: old, changed, outcome.recurrenceID, areAsked: outcome.movesParts, cause: cause, desk, transaction)
            if !parts.moved.isEmpty { outcome.remarks.append("With it: \(MeetingBook.list(parts.moved)).") }
            if outcome.verb == "cancel" {
                let left = try partsLeft(of: changed, outcome.recurrenceID, transaction.schedule)
                if !left.isEmpty {
                    outcome.warnings.append(
                        "Still planned: \(MeetingBook.list(left)). Each is called off by itself: convene cancel NUMBER")
                }
            }
            if !parts.outside.isEmpty {
                outcome.warnings.append(
                    "Now outside it: \(MeetingBook.list(parts.outside)). To move them with it: convene undo, then "
                        + "convene move \(changed.number) … --with-parts")
            }
            return try change(
                of: changed, outcome.recurrenceID, before: outcome.before, remarks: outcome.remarks,
                warnings: outcome.warnings, rounds: outcome.nextRounds, asked: Asked(old: old, reference: reference),
                in: transaction.schedule, desk)
        }
    }

    /// What became of a meeting, and how to tell it.
    struct Outcome {
        var verb: String
        /// In words, for the log.
        var what: String
        var recurrenceID: CivilDateTime?
        var before: CoreOccurrence?
        var remarks: [String] = []
        var warnings: [String] = []
        /// Who meets from now on, where that was said.
        var sides: [SaidSide] = []
        /// What is part of it moves with it.
        var movesParts = false
        /// Of a series, that its dates have other names with it.
        var seriesMove: SeriesMove?
        /// So many of the rounds that are owed next are told with it.
        var nextRounds = 0
    }

    /// Names the first few.
    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(5).joined(separator: ", ")
        return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
    }

    func find(_ reference: String, revision: Int?, _ desk: Desk, in view: ScheduleView) throws -> Target {
        let found = try Reference(text: reference, desk: desk, view: view).find()
        if let revision, revision != found.meeting.revision {
            throw ScheduleError.staleRevision(expected: revision, found: found.meeting.revision)
        }
        return Target(
            reference: reference, meeting: found.meeting, recurrenceID: found.recurrenceID, namesDate: found.namesDate)
    }

    /// On a series, some verbs want one occurrence or all of them.
    func requireOneOrAll(_ target: Target, all: Bool, _ desk: Desk) throws {
        guard target.meeting.isSeries, !target.namesDate, !all else { return }
        let today = desk.today
        throw ScheduleError.occurrenceRequired(
            reference: target.reference, nearest: try Reference.nearest(target.meeting, to: today, desk))
    }

    // MARK: Move

    func move(_ request: Move.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: request.revision, desk) { target, meeting in
            let isAll = request.all ?? false
            var target = target
            if meeting.rounds != nil {
                guard !isAll else { throw MeetingProblem.isRounds }
                target = target.with(try meantRound(of: target, for: .move, desk))
            } else {
                try requireOneOrAll(target, all: isAll, desk)
            }
            guard meeting.isSeries, isAll else {
                var outcome = try moveOne(
                    target, &meeting, request.when, request.duration, status: nil, verb: "move", desk)
                outcome.movesParts = request.withParts ?? false
                return outcome
            }
            return try moveAll(target, &meeting, request, desk)
        }
    }

    private func moveOne(
        _ target: Target, _ meeting: inout CoreMeeting, _ when: String, _ duration: String?, status: CoreStatus?,
        verb: String, _ desk: Desk
    ) throws -> Outcome {
        guard let before = try meeting.occurrence(of: target.recurrenceID, in: zones) else {
            throw MeetingProblem.occurrenceRequired
        }
        let timing = try newTiming(when, duration, instead: before.timing, desk)
        try meeting.move(target.recurrenceID, to: timing, in: zones)
        if let status {
            try meeting.setStatus(status, of: target.recurrenceID, at: desk.now, in: zones)
        }
        return Outcome(
            verb: verb, what: timing.words(instead: before.timing), recurrenceID: target.recurrenceID,
            before: before)
    }

    /// From the next date on, or from the one that was named.
    private func moveAll(
        _ target: Target, _ meeting: inout CoreMeeting, _ request: Move.Parameters, _ desk: Desk
    ) throws -> Outcome {
        var from = try boundary(request.from, of: meeting, desk)
        if request.from == nil, target.namesDate, let named = target.recurrenceID {
            from = max(from, try zones.zone(named: meeting.timing.zone).instant(of: named))
        }
        guard let first = try meeting.nextOriginalStart(from: from, in: zones),
            let before = try meeting.occurrence(of: first, in: zones)
        else { throw MeetingProblem.seriesIsOver }
        let old = meeting.timing.starting(at: first)
        let timing = try newTiming(request.when, request.duration, instead: old, desk)
        let strays = try meeting.moveAll(from: from, to: { _ in timing }, in: zones)
        return Outcome(
            verb: "move", what: "from \(first.date.iso8601) on: \(timing.words(instead: old))",
            recurrenceID: timing.start, before: before, remarks: strayRemarks(strays),
            seriesMove: timing.start == first ? nil : SeriesMove(former: first, present: timing.start))
    }

    /// The timing that was typed, where it leaves something out, as it was.
    func newTiming(
        _ text: String, _ duration: String?, instead old: Timing, keepsHour: Bool = true,
        _ desk: Desk
    ) throws -> Timing {
        let zone = try zones.zone(named: old.zone)
        let context = desk.context(in: zone).changing(old.start.date...old.lastDayOfAny)
        let when = try reading("when") { try WhenPhrase.parse(text, in: context, for: .change) }
        guard when.recurrence == nil else {
            throw ScheduleError.notUnderstood(
                field: "when", text: text, reason: "a rule is changed by edit --repeat", suggestions: [])
        }
        let length = try duration.map { text in try reading("duration") { try DurationPhrase.parse(text) } }
        let place = when.place ?? NamedZone(identifier: old.zone, label: old.city ?? Cities.label(of: old.zone))
        let usual = old.isTimed ? old.duration : .seconds(3_600)
        var form = when.form
        if case .timeOnly(let time, let until) = form {
            guard old.form == .timed || old.form == .hourOpen || old.timing(onOneDay: true) else {
                throw MeetingProblem.dayRequired
            }
            let start = CivilDateTime(old.start.date, time)
            form = .timed(
                start: start,
                until: until.flatMap { CivilDateTime(old.start.date, $0).advanced(byDays: $0 <= time ? 1 : 0) })
        }
        // Another day alone leaves the hour that was agreed.
        if case .hourOpen(let date) = form, old.isTimed, keepsHour {
            form = .timed(start: CivilDateTime(date, old.start.time), until: nil)
        }
        if case .hourOpen(let date) = form, old.form == .wholeDays, keepsHour, length == nil {
            let days = old.lastDay.days(since: old.start.date)
            form = .wholeDays(first: date, last: date.advanced(byDays: days) ?? date)
        }
        return try Timing(
            form, length: length, usual: usual, zone: place.identifier,
            city: when.place == nil ? old.city : place.label)
    }

    func boundary(_ from: String?, of meeting: CoreMeeting, _ desk: Desk) throws -> Instant {
        guard let from else { return desk.now }
        let zone = try zones.zone(named: meeting.timing.zone)
        // The past stays: an edit holds from the next occurrence on, at the earliest.
        return max(zone.firstInstant(of: try day(from, in: zone, desk)), desk.now)
    }

    /// The day from which a change is to hold.
    func day(_ from: String, in zone: TimeZone, _ desk: Desk) throws -> CivilDate {
        let when = try reading("from") { try WhenPhrase.parse(from, in: desk.context(in: zone), for: .change) }
        guard let date = when.form.days?.lowerBound else { throw MeetingProblem.dayRequired }
        return date
    }

    func strayRemarks(_ strays: [CivilDateTime]) -> [String] {
        guard !strays.isEmpty else { return [] }
        let dates = strays.prefix(5).map { NotificationMessage.day($0.date) }.joined(separator: ", ")
        return ["Changed before, and not in the rule any more, so kept as dates of their own: \(dates)."]
    }

    func status(_ target: Target) throws -> CoreStatus {
        try target.meeting.occurrence(of: target.recurrenceID, in: zones)?.status ?? target.meeting.status
    }

    // MARK: Cancel, held, delete

    func cancel(_ request: Cancel.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: request.revision, desk) { target, meeting in
            var target = target
            if meeting.rounds != nil, !(request.all ?? false) {
                target = target.with(try meantRound(of: target, for: .cancel, desk))
            }
            try requireOneOrAll(target, all: request.all ?? false, desk)
            let before = try status(target)
            try meeting.setStatus(.cancelled, of: target.recurrenceID, at: desk.now, in: zones)
            if let reason = request.reason, !reason.isEmpty {
                try meeting.append(reason, toNoteOf: target.recurrenceID, in: zones)
            }
            let why = request.reason.map { ": \($0)" } ?? ""
            return Outcome(
                verb: "cancel", what: "\(before.rawValue) → cancelled\(why)", recurrenceID: target.recurrenceID)
        }
    }

    func held(_ request: Held.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: request.revision, desk) { target, meeting in
            var recurrenceID = target.recurrenceID
            if meeting.isSeries, !target.namesDate {
                let latest = try meeting.latestBegun(by: desk.now, in: zones) {
                    $0.status != .cancelled
                        && (meeting.rounds == nil || ($0.timing.form != .window && $0.status != .held))
                }
                guard let latest else {
                    let next = try RoundPlan(meeting, at: desk.now, in: zones)?.owed(limit: 1).first?.period
                    throw MeetingProblem.notBegun(of: meeting.periodName(of: next))
                }
                recurrenceID = latest.recurrenceID
            }
            let before = try meeting.occurrence(of: recurrenceID, in: zones)?.status ?? meeting.status
            try meeting.setStatus(.held, of: recurrenceID, at: desk.now, in: zones)
            if let note = request.note, !note.isEmpty {
                try meeting.append(note, toNoteOf: recurrenceID, in: zones)
            }
            return Outcome(
                verb: "held", what: "\(before.rawValue) → held", recurrenceID: recurrenceID,
                nextRounds: meeting.rounds == nil ? 0 : 1)
        }
    }

    func delete(_ request: Delete.Parameters, _ desk: Desk) async throws -> Delete.Reply {
        try await write(desk) { transaction in
            let target = try find(request.reference, revision: request.revision, desk, in: transaction.schedule)
            let meeting = target.meeting
            try requireOneOrAll(target, all: request.all ?? false, desk)
            guard let recurrenceID = target.recurrenceID else {
                try transaction.delete(meeting, .init(verb: "delete", what: "deleted"))
                try release(meeting, cause: transaction.lastRecord, transaction)
                return Delete.Reply(number: meeting.number, summary: meeting.summary)
            }
            var changed = meeting
            try about(meeting, reference: request.reference) {
                // A period always owes its round; without one it is skipped.
                if meeting.rounds == nil {
                    try changed.exclude(recurrenceID, in: zones)
                } else {
                    try changed.skip(recurrenceID, reason: nil, in: zones)
                }
            }
            let period = meeting.periodName(of: recurrenceID)
            let day = NotificationMessage.day(recurrenceID.date)
            let new = try transaction.update(
                meeting, to: changed,
                .init(verb: "delete", what: period == nil ? "without \(day)" : "skipped", round: period))
            let cause = transaction.lastRecord
            if period == nil {
                try release(meeting, recurrenceID, cause: cause, transaction)
            } else {
                try follow(meeting, new, cause: cause, desk, transaction)
            }
            return Delete.Reply(
                number: meeting.number, summary: meeting.summary, date: period?.words(knowing: desk.today.year) ?? day)
        }
    }
}

extension Timing {
    /// Whether it is about one day, to which an hour can be given.
    func timing(onOneDay: Bool) -> Bool { start.date == lastDay }

    /// The last day that it touches, whatever its form.
    var lastDayOfAny: CivilDate { isTimed ? start.date : lastDay }
}
