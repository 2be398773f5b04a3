import ConveneAPI
import ConveneCore
import ConveneStore
import Recurrence
import ZonedTime

// Errors inside are facts; here, once, they become what the interface says.
extension ScheduleError {
    /// That a text as a whole is not understood.
    static func notUnderstood(field: String, text: String, reason: String, suggestions: [String]) -> ScheduleError {
        .notUnderstood(
            field: field, text: text, position: 0, length: text.unicodeScalars.count, reason: reason,
            suggestions: suggestions)
    }

    init(_ error: PhraseError, field: String) {
        switch error.subject {
        case .recurrenceRule:
            self = .invalidRecurrenceRule(text: error.text, position: error.range.lowerBound, reason: error.reason)
        case .unknownPlace where error.range.lowerBound == 0 && error.range.count == error.text.unicodeScalars.count:
            self = .unknownZone(name: error.text, suggestions: error.suggestions)
        default:
            self = .notUnderstood(
                field: field, text: error.text, position: error.range.lowerBound, length: error.range.count,
                reason: error.reason, suggestions: error.suggestions)
        }
    }

    /// What a problem with a meeting means for the person who asked.
    init(_ problem: MeetingProblem, number: Int, summary: String, reference: String = "") {
        func notPossible(_ reason: String, _ hint: String) -> ScheduleError {
            .notPossible(number: number, summary: summary, reason: reason, hint: hint)
        }
        switch problem {
        case .unknownZone(let name):
            self = .unknownZone(name: name, suggestions: [])
        case .noSuchOccurrence(let start):
            self = .noSuchOccurrence(reference: reference, date: start.iso8601, nearest: [])
        case .occurrenceRequired:
            self = .occurrenceRequired(reference: reference, nearest: [])
        case .statusChange(let from, let to):
            self = notPossible(
                "it is \(from.rawValue), and cannot become \(to.rawValue)", "see: convene show \(number)")
        case .notPossible(let act, let standing, let period) where act.participle == standing.rawValue:
            self = notPossible(
                "\(period.subject) is \(standing.rawValue) already", "see: convene show \(number)\(period.tag)")
        case .notPossible(let act, let standing, let period):
            self = notPossible(
                "\(period.subject) is \(standing == .open ? "without a date" : standing.rawValue), and cannot be "
                    + act.participle,
                "see: convene show \(number)\(period.tag)")
        case .noDateYet:
            self = notPossible("it has no date yet", "give it one: convene fix \(number) DATE")
        case .mergedWithItself:
            self = notPossible("it cannot be merged with itself", "name two rounds: convene merge \(number)#oct nov")
        case .noRounds:
            self = notPossible("it is not held in rounds", "plan rounds with: convene add … --rounds monthly")
        case .isRounds:
            self = notPossible("its dates are agreed one by one", "name a round: convene fix \(number)#oct DATE")
        case .notBegun(let period):
            self = notPossible("\(period.subject) has not begun", "mark it as held once it has")
        case .held:
            self = notPossible("it was held, and the past stays as it was", "convene undo takes a slip back")
        case .isOver:
            self = notPossible(
                "it is over, and the past stays as it was", "plan what is to come: convene add … --repeat …")
        case .endBeforeStart:
            self = notPossible(
                "its end is not after its start", "give the later time as the end, or a length with --for")
        case .tooLong(let days):
            self = notPossible("it would last more than \(days) days", "plan the parts of it")
        case .dayIsInRule:
            self = notPossible("its rule names the day itself", "give another rule: convene edit \(number) --repeat …")
        case .hourIsInRule:
            self = notPossible(
                "its rule names more than one hour", "give another rule: convene edit \(number) --repeat …")
        case .ruleOfDate(let date):
            self = notPossible(
                "a rule is that of the whole series, not of one date",
                "change it from that date on: convene edit \(number) --repeat … --from \(date.date.iso8601)")
        case .windowRecurs:
            self = notPossible("a window cannot recur", "give a day, or an hour, with the rule")
        case .beforeDateThatStays(let last):
            self = notPossible(
                "its date on \(last.date.iso8601) stays, and the new ones would not begin after it",
                "name a later day, or move that date by itself first")
        case .seriesIsOver:
            self = notPossible("nothing of it is still to come", "plan a new meeting")
        case .outsideWindow(let first, let last, let period):
            let window = "its window, \(PartialDate.day(first).words) – \(PartialDate.day(last).words)"
            let round = period.map { "\($0.words(knowing: 0)), whose round is meant" }
            let other = period == nil ? "" : ", or name the round: convene fix \(number)#… DATE"
            self = notPossible("the date lies outside \(round ?? window)", "--outside-window if that is meant\(other)")
        case .dayRequired:
            self = notPossible("an hour needs a day", "say both, such as 'fri 14:00'")
        case .neverOccurs:
            self = notPossible("the rule has no date at all", "see: convene preview")
        case .tooManyExceptions(let limit):
            self = .tooMuch(what: "dates that a series lacks", limit: limit)
        case .summaryMissing:
            self = .notUnderstood(
                field: "summary", text: "", position: 0, length: 0, reason: "a meeting needs a name", suggestions: [])
        case .textTooLong(let field, let limit):
            self = .tooMuch(what: "characters in \(field)", limit: limit)
        case .textWithNull(let field):
            self = .notUnderstood(
                field: field, text: "", position: 0, length: 0, reason: "a text cannot hold U+0000", suggestions: [])
        }
    }

    init(_ error: StoreError) {
        switch error {
        case .full:
            self = .storageFailed(reason: "the disk is full", hint: "make room, and try again; nothing was lost")
        case .readOnly:
            self = .storageFailed(
                reason: "the database cannot be written", hint: "check the rights of its file and directory")
        case .inputOutput(let reason):
            self = .storageFailed(
                reason: "the disk failed (\(reason))", hint: "the daemon ends and checks its database at its next start"
            )
        case .replaced(let path):
            self = .storageFailed(
                reason: "the database was deleted or replaced while it was in use",
                hint: "the daemon ends; put the right file in \(path), and start it again")
        case .closed:
            self = .storageFailed(reason: "the daemon is stopping", hint: "try again when it is back")
        default:
            self = .storageFailed(reason: "\(error)", hint: "see the daemon's log: journalctl -t convened-log")
        }
    }

    /// Any error of the domain, of which no more is known here.
    static func translating(_ error: any Error) -> any Error {
        switch error {
        case let error as PhraseError: ScheduleError(error, field: "text")
        case let error as MeetingProblem: ScheduleError(error, number: 0, summary: "")
        case let error as StoreError: ScheduleError(error)
        default: error
        }
    }
}

extension PeriodName? {
    /// `it`, or of a round `its October 2019`.
    fileprivate var subject: String { map { "its \($0.words(knowing: 0))" } ?? "it" }

    /// `#2019-10`
    fileprivate var tag: String { map { "#\($0.short(knowing: 0))" } ?? "" }
}

/// Runs `body`; a problem that it meets is told of that meeting.
func about<Result>(_ meeting: CoreMeeting, reference: String = "", _ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let problem as MeetingProblem {
        throw ScheduleError(problem, number: meeting.number, summary: meeting.summary, reference: reference)
    }
}

/// Runs `body`; a phrase that it cannot read is told of that field.
func reading<Result>(_ field: String, _ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as PhraseError {
        throw ScheduleError(error, field: field)
    }
}
