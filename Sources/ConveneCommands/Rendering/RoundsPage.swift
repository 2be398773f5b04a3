import ConveneAPI
import ZonedTime

/// The track record of talks in rounds: a line each, and what it comes to.
struct RoundsPage {
    let columns: Int

    func lines(_ reply: GetRounds.Reply) -> [Line] {
        let meeting = reply.meeting
        var sheet = Sheet(
            number: meeting.number, summary: meeting.summary, status: MeetingName.cadence(meeting), columns: columns)
        let rows = reply.rounds.compactMap { occurrence in occurrence.round.map { row(occurrence, $0, reply) } }
        let widths = (0..<3).map { column in rows.map { $0[column].columns }.max() ?? 0 }
        for row in rows {
            let cells = zip(row, widths).map { $0.padded(to: $1) } + [row[3]]
            sheet.add(Line(cells.joined(separator: "   ")))
        }
        for note in reply.notes {
            sheet.add(label: "Note", "\(Reading(note.date)?.date.long ?? note.date): \(note.text)")
        }
        sheet.add(total(reply))
        return sheet.lines
    }

    private func row(_ occurrence: Occurrence, _ round: Round, _ reply: GetRounds.Reply) -> [String] {
        let span = ClockSpan(occurrence.there)
        let when: String
        var what = round.standing.rawValue
        switch round.standing {
        case .open: (when, what) = ("no date yet", "")
        case .postponed: when = "in \(round.into ?? "another period")"
        case .skipped, .cancelled: when = "—"
        case .merged: (when, what) = ("with \(round.into ?? "another")", "merged")
        default: when = span?.days.long ?? occurrence.there.start
        }
        if let reason = round.reason { what += ": \(reason)" }
        if occurrence.recurrenceId == reply.first { what += ", first meeting of the heads" }
        return [round.name.capitalizedFirst, when, round.host ?? "", what]
    }

    /// `Held 1 of 2. Last met 41 days ago. Next host: Seoul.`
    private func total(_ reply: GetRounds.Reply) -> String {
        let due = reply.rounds.filter {
            $0.round.map { [.held, .postponed, .skipped, .cancelled].contains($0.standing) } ?? false
        }
        var text = "Held \(reply.held) of \(max(reply.held, due.count))."
        if let days = reply.lastMetDaysAgo {
            text += days == 0 ? " Last met today." : " Last met \(days) \(days == 1 ? "day" : "days") ago."
        }
        if let host = reply.nextHost { text += " Next host: \(host)." }
        return text
    }
}
