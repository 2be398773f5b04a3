import ConveneAPI
import PlainText
import Varlink

/// What went wrong, for standard error: a sentence, what was typed, and what to do.
struct ErrorPage {
    private static let indent = "    "

    let columns: Int

    func lines(_ error: CommandError) -> [Line] {
        switch error {
        case .refused(let reply, let isWrite):
            guard let error = ScheduleError(reply) else { return refusal(reply) }
            return refusal(error, outcome: isWrite ? "; nothing was changed" : "")
        case .noDaemon(let socket, let reason):
            return noDaemon(socket, reason)
        case .connectionLost(let reason, let isWrite):
            return sentence("the daemon hung up before it answered (\(reason))")
                + (isWrite ? hint("Whether the change was made: convene log -n 1") : [])
        case .notAnAnswer(let method, let reason):
            return sentence("the daemon's answer to \(method) makes no sense: \(reason)")
                + hint("Daemon and program may be of different versions: convene status, convene --version")
        case .usage(let text, let advice), .failed(let text, let advice), .ended(let text, let advice):
            return sentence(text) + (advice.map(hint) ?? [])
        }
    }

    // MARK: - What the daemon refused

    private func refusal(_ error: ScheduleError, outcome: String) -> [Line] {
        switch error {
        case .noSuchMeeting(let reference, let suggestions):
            return sentence("there is no meeting '\(reference)'\(outcome)")
                + hint(Suggestions.question(suggestions) ?? "What there is: convene list")
        case .ambiguousReference(let reference, let candidates):
            return sentence("'\(reference)' may be one of several\(outcome)") + rows(candidates)
                + hint("Say which by its number.")
        case .noSuchOccurrence(let reference, let date, let nearest):
            if nearest.contains(where: { $0.contains("#") }) {
                return sentence("\(name(reference.prefix { $0 != "#" }.description)) has no round '\(date)'\(outcome)")
                    + hint("What is owed: \(nearest.joined(separator: ", "))")
            }
            return sentence("\(name(reference)) has no date \(day(date))\(outcome)") + self.nearest(nearest, reference)
        case .occurrenceRequired(let reference, let nearest):
            return sentence("\(name(reference)) is a series: say which date is meant, or --all\(outcome)")
                + self.nearest(nearest, reference)
        case .notUnderstood(_, let text, let position, let length, let reason, let suggestions):
            return sentence(reason + outcome) + quotation(text, position, length, Suggestions.question(suggestions))
        case .invalidRecurrenceRule(let text, let position, let reason):
            return sentence(reason + outcome) + quotation(text, position, 1, nil)
        case .unknownZone(let name, let suggestions):
            return sentence("no time zone and no known city is called '\(name)'\(outcome)")
                + hint(Suggestions.question(suggestions) ?? "Zones are named like Asia/Tokyo.")
        case .notPossible(let number, let summary, let reason, let advice):
            // The rehearsal itself has no number, nor has a test.
            let subject = number == 0 ? summary : "\(number) \(summary)"
            return sentence("\(subject): \(reason)\(outcome)") + hint(advice)
        case .staleRevision(let expected, let found):
            return sentence("the meeting has changed since: revision \(found), not \(expected)\(outcome)")
                + hint("Look at it again (convene show), then repeat with --revision \(found).")
        case .nothingToUndo(let reason):
            return sentence("there is nothing to undo: \(reason)")
        case .undoConflict(_, let number, let reason):
            return sentence("\(reason)\(outcome)") + hint("What came later: convene log \(number)")
        case .notRehearsing:
            return sentence("this is the real clock: only a rehearsal's can be moved")
                + hint("To begin one: convened --rehearse 2019-09-11T00:00Z")
        case .tooMuch(let what, let limit):
            let isBatch = what.hasSuffix("in one transaction")
            return sentence("\(what): at most \(limit)\(outcome)")
                + (isBatch ? hint("Commit in parts: convene add --batch --chunk \(limit)") : [])
        case .storageFailed(let reason, let advice):
            return sentence("\(reason)\(outcome)") + hint(advice)
        }
    }

    /// Errors of Varlink itself, and those that a later daemon may have: shown by name, with what they carry.
    private func refusal(_ reply: ErrorReply) -> [Line] {
        let older = "Daemon and program may be of different versions: convene status, convene --version"
        switch (reply.name, reply.parameters) {
        case ("org.varlink.service.MethodNotFound", let parameters),
            ("org.varlink.service.MethodNotImplemented", let parameters):
            return sentence("the daemon cannot do \(text(parameters["method"]))") + hint(older)
        case ("org.varlink.service.InterfaceNotFound", let parameters):
            return sentence("what answers there is no convened: it has no \(text(parameters["interface"]))")
        case ("org.varlink.service.InvalidParameter", let parameters):
            return sentence("the daemon does not take the parameter '\(text(parameters["parameter"]))'") + hint(older)
        case ("org.varlink.service.PermissionDenied", _):
            return sentence("the daemon does not let you do that")
        default:
            let parameters = (try? JSONText(encoding: reply.parameters).description) ?? ""
            return sentence("the daemon refused: \(reply.name)") + (parameters == "{}" ? [] : hint(parameters))
        }
    }

    private func noDaemon(_ socket: SocketPath, _ reason: String) -> [Line] {
        let places = socket.passedOver.isEmpty ? [socket.path] : socket.passedOver
        return sentence("no daemon answers at \(places.joined(separator: " or ")): \(reason)")
            + [
                Line(ErrorPage.indent + "To start it:  systemctl --user start convened.socket"),
                Line(ErrorPage.indent + "or by hand:   convened --socket \(socket.path)"),
            ]
    }

    // MARK: - Parts

    private func sentence(_ text: String) -> [Line] {
        let rows = text.harmless.wrapped(to: columns - 9)
        return rows.enumerated().map { index, row in
            var line = Line(index == 0 ? "convene: " : "         ", index == 0 ? .wrong : .plain)
            line.append(row)
            return line
        }
    }

    private func hint(_ text: String) -> [Line] {
        if text.isEmpty { return [] }
        return text.harmless.wrapped(to: columns - 4).map { Line(ErrorPage.indent + $0) }
    }

    private func quotation(_ text: String, _ position: Int, _ length: Int, _ question: String?) -> [Line] {
        Quotation(text: text, position: position, length: length).lines(
            indent: ErrorPage.indent, columns: columns, remark: question)
    }

    private func rows(_ candidates: [Candidate]) -> [Line] {
        let numbers = candidates.map { String($0.number).count }.max() ?? 0
        let dates = candidates.map { $0.next.flatMap { Timing($0).there }.map { $0.days.long } ?? "" }
        let dateColumns = dates.map(\.columns).max() ?? 0
        let statusColumns = candidates.map(\.status.rawValue.columns).max() ?? 0
        return zip(candidates, dates).map { candidate, date in
            var line = Line(ErrorPage.indent + String(candidate.number).padded(to: numbers) + "  ")
            let room = columns - line.columns - dateColumns - statusColumns - 4
            line.append(candidate.summary.harmless.shortened(to: room).padded(to: room) + "  ")
            line.append(date.padded(to: dateColumns) + "  " + candidate.status.rawValue.alignedRight(in: statusColumns))
            return line
        }
    }

    /// The dates that may have been meant, as they can be typed.
    private func nearest(_ nearest: [String], _ reference: String) -> [Line] {
        let reference = String(reference.prefix { $0 != "@" })
        let items = nearest.map { text in
            Reading(text).map { "\($0.date.long) (\(reference)@\(text.prefix(10)))" } ?? "\(reference)@\(text)"
        }
        return items.isEmpty ? [] : hint("The nearest: \(items.joined(separator: ", "))")
    }

    /// What a reference names, without the date that it may carry.
    private func name(_ reference: String) -> String {
        "'\(reference.prefix { $0 != "@" })'"
    }

    private func day(_ text: String) -> String {
        Reading(text)?.date.long ?? "'\(text)'"
    }

    private func text(_ value: JSONValue?) -> String {
        if case .string(let text) = value { return text }
        return "that"
    }
}

/// What somebody may have meant.
enum Suggestions {
    /// `did you mean '30 sep' or '1 oct'?`, or `nil` where nothing comes to mind.
    static func question(_ suggestions: [String]) -> String? {
        guard let last = suggestions.last else { return nil }
        let quoted = suggestions.dropLast().map { "'\($0)'" }
        return "did you mean \(quoted.isEmpty ? "" : quoted.joined(separator: ", ") + " or ")'\(last)'?"
    }
}

extension ErrorPage {
    /// What went wrong in one sentence, for a program that reads it.
    static func sentence(_ error: CommandError) -> String {
        let page = ErrorPage(columns: .max / 2).lines(error)
        let text = page.first?.text ?? ""
        return text.hasPrefix("convene: ") ? String(text.dropFirst(9)) : text
    }
}
