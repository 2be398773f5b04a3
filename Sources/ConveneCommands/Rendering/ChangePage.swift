import ConveneAPI
import ZonedTime

/// What a write did, printed back in full, in the order in which one would say it aloud:
/// what, when there, when here, what follows from it, what is still open.
struct ChangePage {
    let columns: Int

    func lines(_ change: Change) -> [Line] {
        let meeting = change.meeting
        let occurrence = change.occurrence
        var sheet = Sheet(
            number: meeting.number, summary: occurrence?.summary ?? meeting.summary,
            status: (occurrence?.status ?? meeting.status).rawValue, columns: columns)
        sheet.add(when: occurrence, before: change.before, of: meeting)
        sheet.add(next: change.next, after: occurrence)
        sheet.add(reminders: change.reminders, of: meeting, around: occurrence)
        sheet.add(place: occurrence?.place ?? meeting.place, beside: occurrence?.there.city ?? meeting.city)
        if let note = occurrence?.note ?? meeting.note { sheet.add(label: "Note", note) }
        sheet.add(stillOpenOf: occurrence?.form ?? meeting.form, meeting.status)
        for remark in change.remarks { sheet.add(remark, .faint) }
        if let clockChange = occurrence.flatMap({ Timing($0).clockChange }) { sheet.warn(clockChange) }
        for warning in change.warnings { sheet.warn(warning) }
        return sheet.lines
    }
}

/// The lines that the pages of one meeting have in common.
extension Sheet {
    /// The sentence of a series, and when the occurrence takes place.
    mutating func add(when occurrence: Occurrence?, before: Occurrence? = nil, of meeting: Meeting) {
        let sentence = meeting.sentence.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        // Of an occurrence that differs from its series, the date is the news.
        let isOwn = occurrence?.changed ?? false
        if let sentence, !isOwn { add(sentence) }
        if let occurrence {
            for line in Timing(occurrence).lines(movedFrom: before.map { Timing($0) }) { add(line) }
        } else if sentence == nil {
            add("No date yet")
        }
        if let sentence, isOwn { add(label: "Series", sentence) }
    }

    /// The next occurrences of a series: the day there, and the time where it is another one.
    mutating func add(next: [Occurrence], after shown: Occurrence?) {
        let following = next.filter { $0.there != shown?.there }
        guard let first = shown ?? following.first else { return }
        var known = Timing(first)
        var items: [String] = []
        for occurrence in following {
            let timing = Timing(occurrence)
            guard let there = timing.there else { continue }
            var item = there.days.count == 1 || timing.form == .timed ? there.start.date.short : there.days.short
            if there.start.date.year != known.there?.start.date.year { item += " \(there.start.date.year)" }
            if let hours = there.hours, hours != known.there?.hours || items.isEmpty && shown == nil {
                item += ", \(hours)"
            }
            if !timing.clocksAgree, let hours = timing.here?.hours, hours != known.here?.hours {
                item += " (\(hours) here)"
            }
            if occurrence.status != first.status { item += " \(occurrence.status.rawValue)" }
            items.append(item)
            known = timing
        }
        add(label: "Next", items: items)
    }

    /// When the reader will be reminded, on the clock here.
    mutating func add(reminders: [Reminder], of meeting: Meeting, around occurrence: Occurrence?) {
        let year = occurrence.flatMap { Reading($0.here.start)?.date.year }
        let items = reminders.map { reminder in
            guard let here = Reading(reminder.here) else { return reminder.here }
            return here.short(knowing: year ?? here.date.year)
        }
        let reminds = [.proposed, .possible, .confirmed].contains(occurrence?.status ?? meeting.status)
        if items.isEmpty, meeting.alarms.isEmpty, reminds {
            add(label: "Reminder", "none")
        } else {
            add(label: items.count == 1 ? "Reminder" : "Reminders", items: items)
        }
    }

    /// A room or an address; a city alone has been said.
    mutating func add(place: String?, beside city: String?) {
        if let place, !place.isEmpty, place != city { add(label: "Place", place) }
    }

    mutating func add(stillOpenOf form: Form, _ status: Status) {
        guard [.proposed, .possible, .confirmed].contains(status) else { return }
        switch form {
        case .hourOpen: add(label: "Still open", "the hour")
        case .window: add(label: "Still open", "the date")
        case .timed, .wholeDays: break
        }
    }
}
