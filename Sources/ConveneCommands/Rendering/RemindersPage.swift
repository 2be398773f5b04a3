import ConveneAPI
import PlainText
import ZonedTime

/// What reminds of a meeting: the wish, when that is here, and there where the clocks differ. Where that does not fit
/// in one line, the times stand below the wish.
struct RemindersPage {
    private struct Row {
        let words: String
        let when: String
        let behind: String
    }

    let columns: Int

    func lines(_ shown: Show.Reply) -> [Line] {
        let meeting = shown.meeting
        let round = shown.occurrence?.round
        var sheet = Sheet(
            number: MeetingName.number(meeting.number, round), summary: MeetingName.summary(meeting.summary, round),
            status: MeetingName.standing(shown.occurrence?.status ?? meeting.status, round), columns: columns)
        let silent = meeting.alarms.filter { alarm in !shown.reminders.contains { $0.alarm.id == alarm.id } }
        let rows =
            shown.reminders.map { reminder -> Row in
                let there = reminder.here == reminder.there ? "" : "   \(long(reminder.there)) there"
                return Row(
                    words: roundName(reminder, shown) + reminder.alarm.text.harmless, when: long(reminder.here),
                    behind: there)
            } + silent.map { Row(words: $0.text.harmless, when: "", behind: "none to come") }
        let words = rows.map(\.words.columns).max() ?? 0
        let isWide = rows.contains { words + 3 + $0.when.columns + $0.behind.columns > columns - sheet.indent }
        for row in rows {
            var line = Line(isWide ? "   " : row.words.padded(to: words) + "   ")
            line.append(row.when)
            line.append(row.behind, .faint)
            if isWide { sheet.add(row.words) }
            sheet.add(line)
        }
        if meeting.alarms.isEmpty && shown.reminders.isEmpty { sheet.add("No reminders") }
        return sheet.lines
    }

    /// `November: `, where it is another round than the one at the head of the page.
    private func roundName(_ reminder: Reminder, _ shown: Show.Reply) -> String {
        guard reminder.recurrenceId != shown.occurrence?.recurrenceId else { return "" }
        let round = shown.ties?.rounds.first { $0.recurrenceId == reminder.recurrenceId }?.round
        return round.map { "\($0.name.capitalizedFirst): " } ?? ""
    }

    private func long(_ text: String) -> String {
        guard let reading = Reading(text), let time = reading.time else { return text }
        return "\(reading.date.long) \(time.text)"
    }
}
