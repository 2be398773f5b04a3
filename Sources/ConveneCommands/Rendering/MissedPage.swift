import ConveneAPI
import PlainText
import ZonedTime

/// What was missed and nobody took note of.
struct MissedPage {
    let columns: Int
    /// The year that goes without saying.
    let year: Int

    func lines(_ reply: GetMissed.Reply) -> [Line] {
        if reply.missed.isEmpty { return ["Nothing was missed."] }
        let rows = dates(reply.missed)
        let dueColumns = rows.map(\.due.columns).max() ?? 0
        let numberColumns = rows.map(\.number.columns).max() ?? 0
        var lines = rows.map { row in
            var line = Line("\(row.due.padded(to: dueColumns))  \(row.number.padded(to: numberColumns))  ")
            line.append(row.words.harmless.shortened(to: columns - line.columns), .strong)
            return line
        }
        if reply.count > reply.missed.count {
            lines.append(Line("and \(reply.count - reply.missed.count) more: -n \(reply.count)", .faint))
        }
        return lines + Line("To take note: convene ack NUMBER, or convene ack --missed", .faint).fitted(to: columns)
    }

    private struct Row {
        let due: String
        let number: String
        let words: String
    }

    /// A line a date, however many reminders of it were missed; what was due last comes first.
    private func dates(_ missed: [Missed]) -> [Row] {
        var rows: [Row] = []
        var known: Set<String> = []
        for item in missed.sorted(by: { $0.notification.here > $1.notification.here }) {
            let said = item.notification
            let number = said.number.map(String.init) ?? ""
            let key = number.isEmpty ? said.id : "\(number)@\(said.recurrenceId ?? "")"
            guard known.insert(key).inserted else { continue }
            let due = Reading(said.here)?.short(knowing: year) ?? said.here
            let words = said.message.hasPrefix("Missed: ") ? String(said.message.dropFirst(8)) : said.message
            rows.append(Row(due: due, number: number, words: words))
        }
        return rows
    }
}
