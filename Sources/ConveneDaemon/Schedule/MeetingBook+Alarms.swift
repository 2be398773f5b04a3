import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

extension MeetingBook {
    /// Adds an alarm; a meeting that had the standard ones keeps them as its own, of every form that it can have.
    func addAlarm(_ request: AddAlarm.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: nil, desk) { target, meeting in
            try requireWhole(target)
            let wish = try wish(request.alarm, desk)
            let trigger = wish.trigger
            let whenLate = request.whenLate.map(ConveneCore.WhenLate.init) ?? wish.whenLate
            let shown = try meeting.occurrence(of: target.recurrenceID, in: zones)
            let present = try shown ?? meeting.occurrences(endingAfter: desk.now, limit: 1, in: zones).first
            let waits = present?.timing.form == .window && !trigger.isFixed && !trigger.asksForDate
            let remarks = waits ? ["That comes once there is a date."] : []
            var own = standard.kept(of: meeting)
            if let index = own.firstIndex(where: { $0.trigger == trigger && !$0.isRemoved }), let whenLate,
                own[index].whenLate != whenLate
            {
                // The same reminder, with another wish: it keeps its name, so nothing is said twice.
                own[index] = ConveneCore.Alarm(id: own[index].id, trigger: trigger, whenLate: whenLate)
                meeting.alarms = .own(own.sorted { $0.id < $1.id })
                return Outcome(
                    verb: "remind", what: "reminder \(trigger.words), \(whenLate.words)",
                    recurrenceID: target.recurrenceID, remarks: remarks)
            }
            // One of the standard that waits for another form is not to be seen: it becomes the person's own.
            let timing = present?.timing ?? meeting.timing
            let hidden = own.firstIndex {
                $0.trigger == trigger && $0.isStandard && !$0.isRemoved && !$0.applies(to: timing)
            }
            if let hidden { own[hidden] = own[hidden].removed }
            guard !own.contains(where: { $0.trigger == trigger && !$0.isRemoved }) else {
                throw ScheduleError.notPossible(
                    number: meeting.number, summary: meeting.summary,
                    reason: waits
                        ? "it has that reminder already, for when there is a date" : "it has that reminder already",
                    hint: "see: convene remind list \(meeting.number)")
            }
            guard own.count(where: { !$0.isStandard }) < Alarms.limit else {
                throw ScheduleError.tooMuch(what: "reminders of a meeting", limit: Alarms.limit)
            }
            let alarm = ConveneCore.Alarm(id: newID(), trigger: trigger, whenLate: whenLate ?? .keep)
            own.append(alarm)
            meeting.alarms = .own(own.sorted { $0.id < $1.id })
            return Outcome(
                verb: "remind", what: "reminder \(alarm.words)", recurrenceID: target.recurrenceID, remarks: remarks)
        }
    }

    /// Takes an alarm away, named by its id, its words, or what was typed to add it.
    func removeAlarm(_ request: RemoveAlarm.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: nil, desk) { target, meeting in
            try requireWhole(target)
            let own = standard.kept(of: meeting)
            let typed = (try? wish(request.alarm, desk))?.trigger
            let folded = Folding.fold(request.alarm)
            let index = own.firstIndex {
                !$0.isRemoved
                    && ($0.id == request.alarm || Folding.fold($0.words) == folded
                        || Folding.fold($0.trigger.words) == folded || $0.trigger == typed)
            }
            guard let index else {
                throw ScheduleError.notUnderstood(
                    field: "alarm", text: request.alarm, position: 0, length: request.alarm.unicodeScalars.count,
                    reason: "\(meeting.number) \(meeting.summary) has no such reminder",
                    suggestions: own.filter { !$0.isRemoved }.map(\.words))
            }
            var rest = own
            let removed = rest.remove(at: index)
            // A set that said nothing of it would have it again where the standard gives it.
            if removed.isStandard { rest.append(removed.removed) }
            let hasAny = rest.contains { !$0.isRemoved }
            meeting.alarms = .own(hasAny ? rest.sorted { $0.id < $1.id } : [])
            return Outcome(
                verb: "remind", what: "no reminder \(removed.words)", recurrenceID: target.recurrenceID)
        }
    }

    /// Reminders belong to a series as a whole: what names one date of it would change all.
    private func requireWhole(_ target: Target) throws {
        guard target.meeting.isSeries, target.namesDate else { return }
        throw ScheduleError.notPossible(
            number: target.meeting.number, summary: target.meeting.summary,
            reason: "its reminders are those of all its dates", hint: "name it without a date: \(target.meeting.number)"
        )
    }

    private func wish(_ text: String, _ desk: Desk) throws -> AlarmPhrase.Wish {
        let wish = try reading("alarm") { try AlarmPhrase.wish(text, in: desk.context(in: desk.reader)) }
        guard let wish else {
            throw ScheduleError.notUnderstood(
                field: "alarm", text: text, reason: "'none' is no reminder to add", suggestions: [])
        }
        return wish
    }
}

extension ConveneCore.WhenLate {
    init(_ wire: ConveneAPI.WhenLate) {
        switch wire {
        case .keep: self = .keep
        case .drop: self = .drop
        }
    }

    var words: String {
        switch self {
        case .keep: "keep until told"
        case .drop: "drop when late"
        }
    }
}

extension ConveneAPI.WhenLate {
    init(_ core: ConveneCore.WhenLate) {
        switch core {
        case .keep: self = .keep
        case .drop: self = .drop
        }
    }
}
