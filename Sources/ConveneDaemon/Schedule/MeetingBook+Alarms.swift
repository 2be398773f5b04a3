import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

extension MeetingBook {
    /// Adds an alarm; a meeting that had the standard ones keeps them as its own.
    func addAlarm(_ request: AddAlarm.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: nil, desk) { target, meeting in
            try requireWhole(target)
            let zone = try zones.zone(named: meeting.timing.zone)
            let trigger = try trigger(request.alarm, zone, desk)
            var own = owned(meeting)
            guard !own.contains(where: { $0.trigger == trigger }) else {
                throw ScheduleError.notPossible(
                    number: meeting.number, summary: meeting.summary, reason: "it has that reminder already",
                    hint: "see: convene remind list \(meeting.number)")
            }
            guard own.count < Alarms.limit else {
                throw ScheduleError.tooMuch(what: "reminders of a meeting", limit: Alarms.limit)
            }
            own.append(Alarm(id: newID(), trigger: trigger))
            meeting.alarms = .own(own.sorted { $0.id < $1.id })
            return Outcome(
                verb: "remind", what: "reminder \(trigger.words)", recurrenceID: target.recurrenceID)
        }
    }

    /// Takes an alarm away, named by its id, its words, or what was typed to add it.
    func removeAlarm(_ request: RemoveAlarm.Parameters, _ desk: Desk) async throws -> Change {
        try await update(request.reference, revision: nil, desk) { target, meeting in
            try requireWhole(target)
            let zone = try zones.zone(named: meeting.timing.zone)
            let own = owned(meeting)
            let typed = try? trigger(request.alarm, zone, desk)
            let folded = Folding.fold(request.alarm)
            let index = own.firstIndex {
                $0.id == request.alarm || Folding.fold($0.trigger.words) == folded || $0.trigger == typed
            }
            guard let index else {
                throw ScheduleError.notUnderstood(
                    field: "alarm", text: request.alarm, position: 0, length: request.alarm.unicodeScalars.count,
                    reason: "\(meeting.number) \(meeting.summary) has no such reminder",
                    suggestions: own.map(\.trigger.words))
            }
            var rest = own
            let removed = rest.remove(at: index)
            meeting.alarms = .own(rest)
            return Outcome(
                verb: "remind", what: "no reminder \(removed.trigger.words)", recurrenceID: target.recurrenceID)
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

    private func trigger(_ text: String, _ zone: TimeZone, _ desk: Desk) throws -> AlarmTrigger {
        let trigger = try reading("alarm") { try AlarmPhrase.parse(text, in: desk.context(in: desk.reader)) }
        guard let trigger else {
            throw ScheduleError.notUnderstood(
                field: "alarm", text: text, position: 0, length: text.unicodeScalars.count,
                reason: "'none' is no reminder to add", suggestions: [])
        }
        return trigger
    }

    private func owned(_ meeting: CoreMeeting) -> [ConveneCore.Alarm] {
        standard.alarms(of: meeting)
    }
}
