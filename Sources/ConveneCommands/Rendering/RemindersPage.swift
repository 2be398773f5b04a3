import ConveneAPI
import ZonedTime

/// What reminds of a meeting: the wish, when that is here, and there where the clocks differ.
struct RemindersPage {
    let columns: Int

    func lines(_ shown: Show.Reply) -> [Line] {
        let meeting = shown.meeting
        var sheet = Sheet(
            number: meeting.number, summary: meeting.summary,
            status: (shown.occurrence?.status ?? meeting.status).rawValue, columns: columns)
        let silent = meeting.alarms.filter { alarm in !shown.reminders.contains { $0.alarm.id == alarm.id } }
        let words = (meeting.alarms + shown.reminders.map(\.alarm)).map(\.text.harmless.columns).max() ?? 0
        for reminder in shown.reminders {
            var line = Line(reminder.alarm.text.harmless.padded(to: words) + "   ")
            line.append(long(reminder.here))
            if reminder.here != reminder.there { line.append("   \(long(reminder.there)) there", .faint) }
            sheet.add(line)
        }
        for alarm in silent {
            var line = Line(alarm.text.harmless.padded(to: words) + "   ")
            line.append("none to come", .faint)
            sheet.add(line)
        }
        if meeting.alarms.isEmpty && shown.reminders.isEmpty { sheet.add("No reminders") }
        return sheet.lines
    }

    private func long(_ text: String) -> String {
        guard let reading = Reading(text), let time = reading.time else { return text }
        return "\(reading.date.long) \(time.text)"
    }
}
