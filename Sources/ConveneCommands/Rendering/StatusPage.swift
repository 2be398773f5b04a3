import ConveneAPI
import PlainText
import ZonedTime

/// How the daemon is.
struct StatusPage {
    private static let indent = "   "
    private static let labelColumns = 12

    let columns: Int
    /// The year that goes without saying.
    let year: Int

    func lines(_ status: GetStatus.Reply) -> [Line] {
        let isJournalWell = status.journalReadable && status.journalProblem == nil
        let isWell = isJournalWell && status.warnings.isEmpty && status.pending == 0
        var heading = Line("convened \(status.version)", .strong)
        heading.append(", process \(status.pid)" + (status.rehearsal == nil ? "" : ", rehearsing"))
        let verdict = isWell ? "well" : "worth a look"
        heading.pad(to: columns - verdict.columns)
        heading.append(verdict, isWell ? .plain : .warning)
        var lines = [heading]
        if let rehearsal = status.rehearsal { lines += row("Rehearsal", "the clock stands at \(rehearsal)") }
        let meetings = status.meetings == 1 ? "1 meeting" : "\(status.meetings) meetings"
        lines += row("Database", "\(status.database) (\(meetings))")
        lines += row("Zone data", "\(status.zoneData); the machine is in \(status.machineZone)")
        lines += row("Journal", journal(status))
        lines += row("Said", status.delivered == 1 ? "1 notification" : "\(status.delivered) notifications")
        lines += row("Next", next(status))
        if status.pending > 0 {
            lines += row("Waiting", "\(status.pending) to be said" + (status.pendingReason.map { ": \($0)" } ?? ""))
        }
        return lines + status.warnings.flatMap(warning)
    }

    private func journal(_ status: GetStatus.Reply) -> String {
        if status.journalReadable {
            return status.journalProblem ?? "is read back: what is counted as said was seen there"
        }
        return "cannot be read back" + (status.journalProblem.map { " (\($0))" } ?? "")
            + ": what was sent is counted as said"
    }

    private func next(_ status: GetStatus.Reply) -> String {
        guard let here = status.nextDueHere ?? status.nextDueAt else { return "nothing" }
        return Reading(here)?.short(knowing: year) ?? here
    }

    private func row(_ label: String, _ text: String) -> [Line] {
        text.harmless.wrapped(to: columns - StatusPage.indent.count - StatusPage.labelColumns).enumerated().map {
            Line(StatusPage.indent + ($0 == 0 ? label : "").padded(to: StatusPage.labelColumns) + $1)
        }
    }

    private func warning(_ text: String) -> [Line] {
        text.harmless.wrapped(to: columns - StatusPage.indent.count).enumerated().map { index, part in
            var line = Line(index == 0 ? " ! " : StatusPage.indent, .warning)
            line.append(part)
            return line
        }
    }
}
