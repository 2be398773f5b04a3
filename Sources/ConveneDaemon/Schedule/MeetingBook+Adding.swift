import ConveneAPI
import ConveneCore
import ConveneStore

extension MeetingBook {
    /// At most so many meetings in one transaction; the frame that carries them has its own limit.
    static let manyLimit = 10_000

    func add(_ new: NewMeeting, _ desk: Desk) async throws -> Change {
        try await write(desk) { transaction in
            let (draft, sides, remarks) = try understand(new, desk, transaction.schedule)
            let changes = try holderChanges(of: offices(of: sides), desk, transaction) {
                try transaction.learn(sides, on: desk.today)
            }
            let meeting = try insert(draft, transaction)
            let cause = transaction.lastRecord
            try announce(changes, cause: cause, transaction)
            let settled = try askIfSettled(meeting, instead: nil, cause: cause, desk, transaction)
            return try change(
                of: meeting, nil, remarks: remarks + settled, rounds: meeting.rounds == nil ? 0 : 3, asked: Asked(),
                in: transaction.schedule, desk)
        }
    }

    /// Plans many: all or none.
    func addMany(_ many: [NewMeeting], _ desk: Desk) async throws -> [Int] {
        guard many.count <= MeetingBook.manyLimit else {
            throw ScheduleError.tooMuch(what: "meetings in one transaction", limit: MeetingBook.manyLimit)
        }
        return try await write(desk) { transaction in
            try many.enumerated().map { index, new in
                do {
                    let (draft, sides, _) = try understand(new, desk, transaction.schedule)
                    let changes = try holderChanges(of: offices(of: sides), desk, transaction) {
                        try transaction.learn(sides, on: desk.today)
                    }
                    let meeting = try insert(draft, transaction)
                    let cause = transaction.lastRecord
                    try announce(changes, cause: cause, transaction)
                    _ = try askIfSettled(meeting, instead: nil, cause: cause, desk, transaction)
                    return meeting.number
                } catch let error as ScheduleError {
                    throw error.inField("meetings[\(index)]")
                }
            }
        }
    }

    /// Inside the transaction, since it may name other meetings, and people.
    private func understand(
        _ new: NewMeeting, _ desk: Desk, _ view: ScheduleView
    ) throws -> (draft: CoreMeeting, sides: [SaidSide], remarks: [String]) {
        do {
            return try MeetingDraft(typed: new, desk: desk, newID: newID).meeting(in: view)
        } catch let problem as MeetingProblem {
            throw ScheduleError(problem, number: 0, summary: new.summary)
        }
    }

    private func insert(_ draft: CoreMeeting, _ transaction: ScheduleTransaction) throws -> CoreMeeting {
        if let other = try transaction.schedule.meeting(uid: draft.uid) {
            throw ScheduleError.notPossible(
                number: other.number, summary: other.summary, reason: "it has that UID already",
                hint: "change it with: convene edit \(other.number)")
        }
        return try transaction.insert(draft, .init(verb: "add", what: "new"))
    }
}

extension ScheduleError {
    /// The error, its field named as part of another.
    func inField(_ parent: String) -> ScheduleError {
        switch self {
        case .notUnderstood(let field, let text, let position, let length, let reason, let suggestions):
            .notUnderstood(
                field: "\(parent).\(field)", text: text, position: position, length: length, reason: reason,
                suggestions: suggestions)
        default: self
        }
    }
}
