import ConveneAPI
import PlainText
import ZonedTime

/// One meeting, whole: what it is, when it is, what reminds of it, and what has become of it so far.
struct ShowPage {
    let columns: Int
    /// The user id of the reader, who is called 'you'.
    let reader: Int
    /// The year that goes without saying.
    let year: Int

    func lines(_ shown: Show.Reply) -> [Line] {
        let meeting = shown.meeting
        let round = shown.occurrence?.round
        var sheet = Sheet(
            number: MeetingName.number(meeting.number, round), summary: MeetingName.summary(meeting.summary, round),
            status: MeetingName.standing(shown.occurrence?.status ?? meeting.status, round), columns: columns)
        let sideline = shown.ties?.links.first { $0.kind == .sidelines }
        sheet.add(
            when: shown.occurrence, of: meeting, seats: shown.ties?.seats,
            behind: sideline.map { ", on the sidelines of \($0.number)" } ?? "")
        sheet.add(declined: shown.ties)
        sheet.add(headsOf: shown.ties, since: false)
        sheet.add(linksOf: shown.ties, shown.occurrence?.status ?? meeting.status)
        sheet.add(answersOf: shown.ties)
        if meeting.rounds != nil {
            sheet.add(label: "Rounds", MeetingName.cadence(meeting))
            sheet.add(rounds: shown.ties?.rounds ?? [])
        }
        sheet.add(next: shown.next, after: shown.occurrence)
        add(changed: shown.changed, to: &sheet)
        add(reminders: shown, to: &sheet)
        if !meeting.alarms.isEmpty { sheet.add(label: "Alarms", items: meeting.alarms.map(\.text.harmless)) }
        sheet.add(place: shown.occurrence?.place ?? meeting.place, beside: meeting.city)
        if let note = shown.occurrence?.note ?? meeting.note { sheet.add(label: "Note", note) }
        sheet.add(notesOf: shown.ties)
        if round == nil { sheet.add(stillOpenOf: shown.occurrence?.form ?? meeting.form, meeting.status) }
        if let rule = meeting.rule { sheet.add(label: "Rule", rule) }
        sheet.add(label: "UID", meeting.uid)
        sheet.add(label: "Revision", String(meeting.revision))
        if let clockChange = shown.occurrence.flatMap({ Timing($0).clockChange }) { sheet.warn(clockChange) }
        let log = LogPage(columns: columns - sheet.indent, reader: reader, year: year).lines(shown.log, named: false)
        if !log.isEmpty { sheet.add("") }
        for line in log { sheet.add(line) }
        return sheet.lines
    }

    /// What reminds of the occurrence shown; where nothing does, of the next date, or round that is owed.
    private func add(reminders shown: Show.Reply, to sheet: inout Sheet) {
        let own = shown.reminders.filter { $0.recurrenceId == shown.occurrence?.recurrenceId }
        let next = ((shown.ties?.rounds ?? []) + shown.next).first { date in
            shown.reminders.contains { $0.recurrenceId == date.recurrenceId }
        }
        if own.isEmpty, let next {
            let its = shown.reminders.filter { $0.recurrenceId == next.recurrenceId }
            sheet.add(reminders: its, of: shown.meeting, around: next)
        } else {
            sheet.add(reminders: own, of: shown.meeting, around: shown.occurrence)
        }
    }

    /// Occurrences that differ from their series: the original date, and what became of it.
    private func add(changed: [Occurrence], to sheet: inout Sheet) {
        let rows = changed.map { occurrence in
            let original = occurrence.recurrenceId.flatMap { Reading($0) }
            let named = original.map { $0.date.year == year ? $0.date.short : $0.date.long }
            let there = ClockSpan(occurrence.there)
            if let round = occurrence.round, round.standing == .skipped || round.standing == .merged {
                return "\(round.name.capitalizedFirst): \(round.standing.rawValue)"
            }
            var now = there.map { $0.phrase(occurrence.form) } ?? occurrence.there.start
            // What stands where it was differs by its status alone, or by its words.
            let isInPlace = original != nil && original == there?.start
            if occurrence.status == .cancelled || isInPlace && occurrence.status == .held {
                now = occurrence.status.rawValue
            }
            return "\(occurrence.round?.name.capitalizedFirst ?? named ?? occurrence.recurrenceId ?? ""): \(now)"
        }
        sheet.add(label: "Changed", rows: rows)
    }
}
