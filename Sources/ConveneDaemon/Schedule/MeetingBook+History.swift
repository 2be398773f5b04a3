import ConveneAPI
import ConveneCore
import ConveneStore
import ZonedTime

extension MeetingBook {
    static let logLimit = 1_000

    func log(_ request: GetLog.Parameters, _ desk: Desk) async throws -> [LogRecord] {
        let facts = facts(desk)
        let limit = min(max(1, request.limit ?? 20), MeetingBook.logLimit)
        return try await store.read { view in
            let number = try request.reference.map { try find($0, revision: nil, desk, in: view).meeting.number }
            return try view.log(of: number, limit: limit).map(facts.record)
        }
    }

    /// Reverses a change by a new one: the meeting is again what it was before.
    func undo(_ request: Undo.Parameters, _ desk: Desk) async throws -> Undo.Reply {
        let facts = facts(desk)
        return try await write(desk) { transaction in
            let view = transaction.schedule
            let entry = try entryToUndo(request.record, desk, view)
            guard entry.meeting != 0 else { return try undoRegister(entry, desk, transaction, facts) }
            let before = try view.meeting(before: entry)
            let present = try view.meeting(entry.meeting)
            guard entry.undoneBy == nil else {
                throw ScheduleError.nothingToUndo(reason: "that change was undone already")
            }
            guard try !view.hasLaterChange(than: entry) else {
                throw ScheduleError.undoConflict(
                    record: entry.id, number: entry.meeting,
                    reason: "\(entry.meeting) \(entry.summary) was changed again since; undo that first")
            }
            if before == nil, let other = try view.numbers(relatedTo: entry.meeting, limit: 1).first {
                throw ScheduleError.undoConflict(
                    record: entry.id, number: entry.meeting,
                    reason: "\(other) hangs on it since: convene delete \(other), or undo what added it, first")
            }
            let isTold = try view.isAnythingSaid(since: entry.at, by: transaction.now)
            let recurrenceID = entry.round.map { CivilDateTime($0.first, .midnight) }
            let was = try present.flatMap { try $0.occurrence(of: recurrenceID, in: zones) }
            let holders = try undoFollowing(entry, desk, transaction)
            let changed = try restore(before, instead: present, entry, transaction)
            try announce(holders, cause: transaction.lastRecord, transaction)
            if let changed {
                try checkLinks(of: changed, instead: present, entry, view)
                if let present {
                    // Of what is possible again, all that it depends on may have been settled meanwhile.
                    _ = try askIfSettled(
                        changed, instead: present.status == .possible ? present : nil, cause: transaction.lastRecord,
                        unlessAsked: true, desk, transaction)
                    try askAgain(present, changed, cause: transaction.lastRecord, desk, transaction)
                }
            }
            let undone = try view.logEntry(entry.id) ?? entry
            return Undo.Reply(
                undone: facts.record(undone),
                change: try changed.map {
                    try change(of: $0, recurrenceID, before: was, in: view, desk)
                },
                told: isTold)
        }
    }

    /// What comes back may hang on what is there, and in no circle; and what hangs on it keeps its rounds.
    ///
    /// - Parameter present: the meeting before the undo: what it lacked then is not for the undo to mend.
    private func checkLinks(
        of meeting: CoreMeeting, instead present: CoreMeeting?, _ entry: LogEntry, _ view: ScheduleView
    ) throws {
        func conflict(_ reason: String) -> ScheduleError {
            .undoConflict(record: entry.id, number: meeting.number, reason: reason)
        }
        for relation in meeting.relations where present?.relations.contains(relation) != true {
            guard let target = try view.meeting(relation.target) else {
                throw conflict("it would hang on \(relation.target), which is deleted; undo that first")
            }
            // What waits for a date that is gone is to be decided.
            let isThere = try target.occurrence(of: relation.recurrenceID, in: zones) != nil
            guard isThere || relation.recurrenceID == nil || relation.kind == .dependsOn else {
                throw conflict("it would hang on a date of \(target.number) \(target.summary) that is gone")
            }
            if let chain = try circle(of: meeting, through: relation.target, view) {
                throw conflict("it would wait for itself: \(chain)")
            }
        }
        for number in try view.numbers(relatedTo: meeting.number, limit: MeetingBook.followers) {
            // What waits for a date that is gone is to be decided, as above.
            for relation in try view.meeting(number)?.relations ?? []
            where relation.target == meeting.number && (relation.kind != .dependsOn || meeting.rounds != nil) {
                let recurrenceID = relation.recurrenceID
                guard
                    try recurrenceID == nil || meeting.occurrence(of: recurrenceID, in: zones) != nil
                        || present?.occurrence(of: recurrenceID, in: zones) == nil
                else {
                    throw conflict(
                        "\(number) hangs on a date that would go; undo that, or convene edit \(number), first")
                }
            }
        }
    }

    /// Brings back what a change took with it: those that hang on its meeting, what the register learned.
    ///
    /// - Returns: who is to hear of another holder, once the record is there that is the cause of it.
    private func undoFollowing(
        _ entry: LogEntry, _ desk: Desk, _ transaction: ScheduleTransaction
    ) throws -> [HolderChange] {
        let view = transaction.schedule
        for caused in try view.log(causedBy: entry.id).reversed() where caused.undoneBy == nil {
            let present = try view.meeting(caused.meeting)
            guard try !view.hasLaterChange(than: caused) else {
                throw ScheduleError.undoConflict(
                    record: entry.id, number: caused.meeting,
                    reason: "\(caused.meeting) \(caused.summary), which went with it, was changed again since")
            }
            _ = try restore(try view.meeting(before: caused), instead: present, caused, transaction)
        }
        try transaction.withdrawDecisions(of: entry.id)
        try transaction.withdrawAcknowledgements(of: entry.id)
        // What was said of an office since stands.
        return try transaction.isSaidOtherwise(since: entry) ? [] : undoLearning(entry, desk, transaction)
    }

    /// Brings back what the register held. Who was told of another holder is told again.
    private func undoLearning(
        _ entry: LogEntry, _ desk: Desk, _ transaction: ScheduleTransaction
    ) throws -> [HolderChange] {
        let offices = try transaction.officesLearned(with: entry)
        return try holderChanges(of: offices, desk, transaction) { try transaction.restoreRegister(before: entry) }
    }

    private func undoRegister(
        _ entry: LogEntry, _ desk: Desk, _ transaction: ScheduleTransaction, _ facts: WireFacts
    ) throws -> Undo.Reply {
        guard entry.undoneBy == nil else {
            throw ScheduleError.nothingToUndo(reason: "that change was undone already")
        }
        guard try !transaction.isSaidOtherwise(since: entry) else {
            throw ScheduleError.undoConflict(
                record: entry.id, number: 0, reason: "\(entry.summary) was said otherwise since; undo that first")
        }
        try transaction.withdrawAcknowledgements(of: entry.id)
        let holders = try undoLearning(entry, desk, transaction)
        try transaction.logRegister(
            name: entry.summary,
            .init(verb: "undo", what: "undone: \(entry.verb) (\(entry.what))", undoes: entry.id))
        try announce(holders, cause: transaction.lastRecord, transaction)
        return Undo.Reply(undone: facts.record(try transaction.schedule.logEntry(entry.id) ?? entry))
    }

    private func entryToUndo(_ record: String?, _ desk: Desk, _ view: ScheduleView) throws -> LogEntry {
        if let record {
            let entry =
                try view.logEntry(record)
                ?? Int(record).flatMap { position in
                    try view.log(after: position - 1, limit: 1).first { $0.position == position }
                }
            guard let entry else {
                throw ScheduleError.nothingToUndo(reason: "there is no record '\(record)' in the log")
            }
            return entry
        }
        guard let entry = try view.latestLogEntry(by: desk.author.uid) else {
            throw ScheduleError.nothingToUndo(reason: "you have changed nothing that stands")
        }
        return entry
    }

    private func restore(
        _ before: CoreMeeting?, instead present: CoreMeeting?, _ entry: LogEntry, _ transaction: ScheduleTransaction
    ) throws -> CoreMeeting? {
        let change = ScheduleTransaction.Change(
            verb: "undo", what: "undone: \(entry.verb) (\(entry.what))", undoes: entry.id)
        let owedSince = try transaction.owedSince(undoing: entry)
        switch (before, present) {
        case (nil, let present?):
            try transaction.delete(present, change)
            return nil
        case (let before?, let present?):
            return try transaction.update(present, to: before, owedSince: owedSince, change)
        case (let before?, nil):
            if let other = try transaction.schedule.meeting(uid: before.uid) {
                throw ScheduleError.undoConflict(
                    record: entry.id, number: other.number,
                    reason: "\(other.number) \(other.summary) has its UID by now; delete that first")
            }
            return try transaction.insert(before, number: before.number, owedSince: owedSince, change)
        case (nil, nil):
            throw ScheduleError.nothingToUndo(reason: "nothing is left of that change")
        }
    }
}
