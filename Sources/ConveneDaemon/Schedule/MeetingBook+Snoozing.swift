import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

// What people do with a reminder that has come: put it off, or take note of it.
extension MeetingBook {
    /// Says a reminder once more, later. That takes note of what was said so far.
    func snooze(_ request: ConveneAPI.Snooze.Parameters, _ desk: Desk) async throws -> Change {
        try await write(desk) { transaction in
            let view = transaction.schedule
            let said = try self.said(request.reference, desk, view)
            guard let old = said.meeting else { throw MeetingBook.noMeeting(request.reference) }
            let recurrenceID = try recurrenceID(of: said, in: view, desk)
            guard let occurrence = try old.occurrence(of: recurrenceID, in: zones), occurrence.status.reminds else {
                throw ScheduleError.notPossible(
                    number: old.number, summary: old.summary, reason: "nothing reminds of it any more",
                    hint: "see: convene show \(old.number)")
            }
            let trigger = try reading("until") {
                try request.until.map { try SnoozePhrase.parse($0, in: desk.context()) }
                    ?? SnoozePhrase.at(desk.now.advanced(bySeconds: SnoozePhrase.usual), desk.context())
            }
            let zone = try zones.zone(named: occurrence.timing.zone)
            let due = trigger.due(for: occurrence, in: zone)
            guard due > desk.now else {
                let text = request.until ?? ""
                throw ScheduleError.notUnderstood(
                    field: "until", text: text, reason: "that is past already", suggestions: ["10m", "tomorrow 9am"])
            }
            // One that counts from the meeting moves with it, and is another than a fixed one at the same moment.
            let isPutOff = old.snoozes.contains { $0.recurrenceID == recurrenceID && $0.trigger == trigger }
            guard !isPutOff else {
                return try change(
                    of: old, recurrenceID, remarks: ["It was so already: nothing was changed."], tellsPassed: false,
                    in: view, desk)
            }
            var meeting = old
            // What was said once more has done its work.
            for snooze in old.snoozes where try view.isSaid(snooze, of: old) {
                meeting.snoozes.removeAll { $0.id == snooze.id }
            }
            guard meeting.snoozes.count < ConveneCore.Snooze.limit else {
                throw ScheduleError.tooMuch(
                    what: "reminders of a meeting that are put off", limit: ConveneCore.Snooze.limit)
            }
            meeting.snoozes.append(.init(id: newID(), recurrenceID: recurrenceID, trigger: trigger))
            let changed = try transaction.update(
                old, to: meeting, .init(verb: "snooze", what: "put off: \(trigger.words)"))
            try transaction.acknowledge(.ofMeeting(old.uid, recurrenceID))
            return try change(
                of: changed, recurrenceID, remarks: ["Put off: it is said again \(trigger.words)."], tellsPassed: false,
                in: view, desk)
        }
    }

    /// Takes note of what was said: of a meeting or one date of it, of one notification, or of all that was missed.
    func acknowledge(_ request: Ack.Parameters, _ desk: Desk) async throws -> Ack.Reply {
        try await write(desk) { transaction in
            let view = transaction.schedule
            guard let reference = request.reference else {
                let count = try view.countUnacknowledged(.missed)
                if count > 0 {
                    try transaction.logRegister(
                        name: "All that was missed", .init(verb: "ack", what: MeetingBook.noted(count)))
                    try transaction.acknowledge(.missed)
                }
                return Ack.Reply(acknowledged: count)
            }
            let said = try self.said(reference, desk, view)
            guard let old = said.meeting else {
                // Of a sheet or a test: there is no meeting to tell about.
                guard let identity = said.identity else { throw MeetingBook.noMeeting(reference) }
                let count = try view.countUnacknowledged(.one(identity))
                if count > 0 {
                    try transaction.logRegister(
                        name: said.message ?? "", .init(verb: "ack", what: MeetingBook.noted(count)))
                    try transaction.acknowledge(.one(identity))
                }
                return Ack.Reply(acknowledged: count)
            }
            let what: Acknowledged =
                said.namesDate || !old.isSeries
                ? .ofMeeting(old.uid, said.recurrenceID) : .ofWhole(old.uid)
            let count = try view.countUnacknowledged(said.identity.map { .one($0) } ?? what)
            var meeting = old
            meeting.snoozes.removeAll { !said.namesDate || $0.recurrenceID == said.recurrenceID }
            let waited = try old.snoozes.contains { try !meeting.snoozes.contains($0) && view.isWaiting($0, of: old) }
            guard count > 0 || waited else {
                return Ack.Reply(
                    acknowledged: 0,
                    change: try change(
                        of: old, said.recurrenceID, remarks: ["There is nothing to take note of."],
                        tellsPassed: false, in: view, desk))
            }
            let changed = try transaction.update(
                old, to: meeting, .init(verb: "ack", what: MeetingBook.noted(count)))
            try transaction.acknowledge(said.identity.map { .one($0) } ?? what)
            var remarks = count > 0 ? ["Taken note of: \(count == 1 ? "1 entry" : "\(count) entries")."] : []
            if waited { remarks.append("What was put off is not said again.") }
            return Ack.Reply(
                acknowledged: count,
                change: try change(
                    of: changed, said.recurrenceID, remarks: remarks, tellsPassed: false, in: view, desk))
        }
    }

    /// What was missed and nobody took note of, the latest first.
    func missed(_ request: GetMissed.Parameters, _ desk: Desk) async throws -> GetMissed.Reply {
        let facts = facts(desk)
        let limit = min(max(1, request.limit ?? 50), MeetingBook.logLimit)
        return try await store.read { view in
            let missed = try view.missed(limit: limit).map { notification in
                let meeting = try notification.uid.flatMap { try view.meeting(uid: $0) }
                let occurrence = try meeting?.occurrence(of: notification.recurrenceID, in: zones)
                return Missed(
                    notification: facts.notification(notification),
                    occurrence: try meeting.flatMap { meeting in
                        try occurrence.map { try facts.occurrence($0, of: meeting) }
                    })
            }
            return GetMissed.Reply(missed: missed, count: try view.countUnacknowledged(.missed))
        }
    }

    private static func noted(_ count: Int) -> String {
        switch count {
        case 0: "what was put off is not said again"
        case 1: "taken note of 1 entry"
        default: "taken note of \(count) entries"
        }
    }

    // MARK: Of what

    /// What a reference to something said means.
    private struct Said {
        var meeting: CoreMeeting?
        var recurrenceID: CivilDateTime?
        var namesDate = false
        /// Where it was named by its identity, as the journal has it.
        var identity: String?
        var message: String?
    }

    private func said(_ reference: String, _ desk: Desk, _ view: ScheduleView) throws -> Said {
        if reference.hasPrefix(view.context.databaseID + "/"), let found = try view.notification(reference) {
            let meeting = try found.uid.flatMap { try view.meeting(uid: $0) }
            return Said(
                meeting: meeting, recurrenceID: found.recurrenceID, namesDate: true, identity: reference,
                message: found.message)
        }
        let target = try find(reference, revision: nil, desk, in: view)
        return Said(meeting: target.meeting, recurrenceID: target.recurrenceID, namesDate: target.namesDate)
    }

    /// The date that was meant: the one that was named, else the one of which something was said last, else the next.
    private func recurrenceID(of said: Said, in view: ScheduleView, _ desk: Desk) throws -> CivilDateTime? {
        guard let meeting = said.meeting, meeting.isSeries, !said.namesDate else { return said.recurrenceID }
        if let said = try view.lastSaid(of: meeting.uid),
            let last = said.recurrenceID,
            let occurrence = try meeting.occurrence(of: last, in: zones)
        {
            let writtenAt = said.due.advanced(bySeconds: Int64(said.late))
            let isOfLate = desk.now < writtenAt.advanced(bySeconds: MeetingBook.longestSayOfPast)
            if occurrence.endsAt > desk.now || writtenAt >= occurrence.endsAt && isOfLate { return last }
        }
        return try meeting.occurrences(endingAfter: desk.now, limit: 1, in: zones) { $0.status.reminds }
            .first?.recurrenceID
    }

    /// Seconds for which what was said of a date that was over is what a snooze means, rather than the next date.
    private static let longestSayOfPast: Int64 = 86_400

    private static func noMeeting(_ reference: String) -> ScheduleError {
        .noSuchMeeting(reference: reference, suggestions: [])
    }
}
