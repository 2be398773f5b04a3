import ConveneAPI
import PlainText
import ZonedTime

/// The log of changes, the newest first: position, when here, what, and who.
struct LogPage {
    let columns: Int
    /// The user id of the reader, who is called 'you'.
    let reader: Int
    /// The year that goes without saying.
    let year: Int

    /// - Parameter named: Each line names its meeting.
    func lines(_ records: [LogRecord], named: Bool = true) -> [Line] {
        let positions = records.map { "#\($0.position)".count }.max() ?? 0
        let times = records.map(time)
        let timeColumns = times.map(\.columns).max() ?? 0
        let numbers = records.map { number($0).columns }.max() ?? 0
        return zip(records, times).map { record, time in
            var line = Line("#\(record.position)".padded(to: positions) + "  ", .faint)
            line.append(time.padded(to: timeColumns) + "  ")
            if named { line.append(number(record).padded(to: numbers) + "  ") }
            let by = record.byUid == reader ? "you" : record.byName.harmless.shortened(to: 16)
            let room = columns - line.columns - by.columns - 2
            line.append(what(record, named: named).harmless.shortened(to: room), record.undone ? .faint : .plain)
            line.pad(to: columns - by.columns)
            line.append(by, .faint)
            return line
        }
    }

    private func time(_ record: LogRecord) -> String {
        guard let here = Reading(record.here), let time = here.time else { return record.here.harmless }
        let day = here.date.year == year ? here.date.short : here.date.long
        return "\(day) \(time.text.prefix(5))"
    }

    private func number(_ record: LogRecord) -> String {
        record.number == 0 ? "" : MeetingName.number(record.number, tag: record.round)
    }

    private func what(_ record: LogRecord, named: Bool) -> String {
        let what = record.what.isEmpty ? (record.verb == "add" ? "new" : record.verb) : record.what
        let subject = named ? "\(record.summary): " : record.round.map { "#\($0) " } ?? ""
        return subject + what + (record.undone ? " (undone)" : "")
    }
}
